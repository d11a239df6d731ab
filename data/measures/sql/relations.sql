-- Question: how do adverts of each relation to prompting move, beside all adverts of the panel?
-- Grain: one row per period and relation that occurs in it.
-- Columns: month (first day of the period), relation, n_openings, n_all (adverts of the panel read in the period).
WITH counts AS (
    SELECT
        date_trunc('{grain}', p.month)::DATE AS month,
        p.prompt_relation AS relation,
        count(DISTINCT p.opening_key) AS n_openings,
        count(*) AS n_postings
    FROM postings p
    WHERE p.month IS NOT NULL AND p.prompt_relation IS NOT NULL AND {panel}
    GROUP BY ALL
)
SELECT month, relation, n_openings, sum(n_postings) OVER (PARTITION BY month)::BIGINT AS n_all
FROM counts
ORDER BY ALL
