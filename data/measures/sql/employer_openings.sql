-- Question: how many openings does each known employer advertise, in each year and in all?
-- Grain: one row per year of the adverts, and one for all years (is_total).
-- Columns: year, is_total, n_openings, n_unknown (without a known employer), counts (openings of each known employer,
--   most first). An opening of several employers (an agency's and its client's advert) counts for the first by name.
WITH openings AS (
    SELECT year(p.dated_on) AS year, p.opening_key, min(p.employer_key) AS employer, grouping(year(p.dated_on)) AS is_total
    FROM postings p WHERE {selected}
    GROUP BY GROUPING SETS ((p.opening_key), (year(p.dated_on), p.opening_key))
),
employers AS (
    SELECT year, is_total, employer, count(*) AS n FROM openings
    WHERE is_total = 1 OR year IS NOT NULL GROUP BY ALL
)
SELECT
    year,
    is_total = 1 AS is_total,
    sum(n)::BIGINT AS n_openings,
    coalesce(sum(n) FILTER (WHERE employer IS NULL), 0)::BIGINT AS n_unknown,
    coalesce(list(n ORDER BY n DESC) FILTER (WHERE employer IS NOT NULL), []) AS counts
FROM employers
GROUP BY ALL
ORDER BY is_total DESC, year
