-- Question: in what share of each period's openings is each asked skill named?
-- Grain: one row per period that has openings and per asked skill.
-- Columns: month (first day of the period), skill_id, n_openings, n_employers (known, naming it at the asked
--   levels), n_all (openings of the period). An opening counts in each period it is advertised in, at the
--   strongest level of its adverts there.
WITH chosen AS MATERIALIZED (
    SELECT p.posting_key, p.opening_key, p.employer_key, date_trunc('{grain}', p.month)::DATE AS month
    FROM postings p WHERE p.month IS NOT NULL AND {selected} AND p.prompt_relation IS NOT NULL
),
totals AS (SELECT month, count(DISTINCT opening_key) AS n_all FROM chosen GROUP BY ALL),
asked AS (SELECT unnest(?::VARCHAR[]) AS skill_id),
named AS (
    SELECT c.month, s.skill_id, c.opening_key, min(c.employer_key) AS employer_key,
        max(CASE s.level WHEN 'required' THEN 3 WHEN 'preferred' THEN 2 ELSE 1 END) AS strength
    FROM skills s SEMI JOIN asked a ON a.skill_id = s.skill_id JOIN chosen c USING (posting_key)
    GROUP BY ALL
),
counts AS (
    SELECT month, skill_id, count(*) AS n_openings, count(DISTINCT employer_key) AS n_employers
    FROM named WHERE strength IN ({levels}) GROUP BY ALL
)
SELECT t.month, a.skill_id, coalesce(n.n_openings, 0) AS n_openings, coalesce(n.n_employers, 0) AS n_employers, t.n_all
FROM totals t CROSS JOIN asked a LEFT JOIN counts n ON n.month = t.month AND n.skill_id = a.skill_id
ORDER BY t.month, a.skill_id
