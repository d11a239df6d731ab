-- Question: how do adverts of each relation to prompting move, beside all adverts of the panel?
-- Grain: one row per period and relation but `none` that occurs in it; a period without any has one with neither.
-- Columns: month (first day of the period), relation, n_openings, n_all (adverts of the panel read in the period).
-- Scope: postings that name prompting.
WITH totals AS (
    SELECT date_trunc('{grain}', p.month)::DATE AS month, sum(p.n_postings)::BIGINT AS n_all
    FROM kept.panel p
    WHERE p.month IS NOT NULL AND p.prompt_relation IS NOT NULL AND {panel}
    GROUP BY 1
),
counts AS (
    SELECT date_trunc('{grain}', p.month)::DATE AS month, p.prompt_relation AS relation,
        count(DISTINCT p.opening_key) AS n_openings
    FROM postings p
    WHERE p.month IS NOT NULL AND {panel}
    GROUP BY ALL
)
SELECT t.month, c.relation, coalesce(c.n_openings, 0) AS n_openings, t.n_all
FROM totals t LEFT JOIN counts c USING (month)
ORDER BY ALL
