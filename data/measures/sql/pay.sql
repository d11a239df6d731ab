-- Question: how many openings of one market state pay, and which bounds do they state?
-- Grain: one row per year of the adverts (or one in all).
-- Columns: year, n_openings, n_paid, lower, upper (ascending lists of the stated bounds), lower_groups, upper_groups
--   (beside each bound a number that stands for its employer, where unknown for its opening), n_employers (known,
--   with a figure), lower_employers, lower_top, upper_employers, upper_top (known employers behind each bound, and the
--   openings of the one with most).
WITH openings AS MATERIALIZED (SELECT *, {year} AS year FROM ({figures})),
employers AS (
    SELECT year, employer, count(lower) AS n_lower, count(upper) AS n_upper
    FROM openings WHERE employer IS NOT NULL AND coalesce(lower, upper) IS NOT NULL GROUP BY ALL
),
tops AS (
    SELECT year, count(*) AS n_employers,
        count(*) FILTER (WHERE n_lower > 0) AS lower_employers, max(n_lower) AS lower_top,
        count(*) FILTER (WHERE n_upper > 0) AS upper_employers, max(n_upper) AS upper_top
    FROM employers GROUP BY ALL
),
-- MD5, so that a seed gives the same draws whatever the engine's own hash is.
sides AS (
    SELECT *, CASE WHEN coalesce(lower, upper) IS NOT NULL
        THEN md5_number_lower(coalesce('e' || employer, 'p' || posting_key)) END AS side
    FROM openings
),
years AS (
    SELECT year, count(*) AS n_openings, count(*) FILTER (WHERE is_paid) AS n_paid,
        coalesce(list(lower ORDER BY lower, posting_key) FILTER (WHERE lower IS NOT NULL), []) AS lower,
        coalesce(list(upper ORDER BY upper, posting_key) FILTER (WHERE upper IS NOT NULL), []) AS upper,
        coalesce(list(side ORDER BY lower, posting_key) FILTER (WHERE lower IS NOT NULL), []) AS lower_groups,
        coalesce(list(side ORDER BY upper, posting_key) FILTER (WHERE upper IS NOT NULL), []) AS upper_groups
    FROM sides GROUP BY year
)
SELECT y.*,
    coalesce(t.n_employers, 0) AS n_employers,
    coalesce(t.lower_employers, 0) AS lower_employers, coalesce(t.lower_top, 0) AS lower_top,
    coalesce(t.upper_employers, 0) AS upper_employers, coalesce(t.upper_top, 0) AS upper_top
FROM years y LEFT JOIN tops t ON t.year IS NOT DISTINCT FROM y.year
ORDER BY y.year
