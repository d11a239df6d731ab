-- Question: in which countries are the selected openings?
-- Grain: one row per country; an opening stands in every country its adverts name, with a null one where they name none.
-- Columns: country, n_openings, n_shared (of them in several countries), n_employers (known).
WITH openings AS (
    SELECT p.opening_key, min(p.employer_key) AS employer, list_distinct(flatten(list(p.countries))) AS countries
    FROM postings p WHERE {selected}
    GROUP BY p.opening_key
),
placed AS (
    SELECT employer, len(countries) > 1 AS is_shared,
        unnest(CASE WHEN len(countries) > 0 THEN countries ELSE [NULL] END) AS country
    FROM openings
)
SELECT country, count(*) AS n_openings, count(*) FILTER (WHERE is_shared) AS n_shared,
    count(DISTINCT employer) AS n_employers
FROM placed
GROUP BY country
