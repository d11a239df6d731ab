-- Question: in what share of each year's openings is each skill named?
-- Grain: one row per year that has openings and per asked skill.
-- Columns: year, skill_id, label_en, label_fr, n_openings, n_employers (known, naming it), n_all (openings of the year).
WITH chosen AS MATERIALIZED (
    SELECT p.posting_key, p.opening_key, p.employer_key, year(p.month) AS year FROM postings p
    WHERE p.month IS NOT NULL AND {selected} AND p.prompt_relation IS NOT NULL
),
years AS (SELECT year, count(DISTINCT opening_key) AS n_all FROM chosen GROUP BY ALL),
asked AS (
    SELECT a.skill_id, coalesce(l.label_en, a.skill_id) AS label_en, coalesce(l.label_fr, a.skill_id) AS label_fr
    FROM (SELECT unnest(?::VARCHAR[]) AS skill_id) a LEFT JOIN skill_names l ON l.skill_id = a.skill_id
),
named AS (
    SELECT c.year, s.skill_id, count(DISTINCT c.opening_key) AS n_openings,
        count(DISTINCT c.employer_key) AS n_employers
    FROM skills s SEMI JOIN asked a ON a.skill_id = s.skill_id JOIN chosen c USING (posting_key)
    GROUP BY ALL
)
SELECT y.year, a.skill_id, a.label_en, a.label_fr,
    coalesce(n.n_openings, 0) AS n_openings, coalesce(n.n_employers, 0) AS n_employers, y.n_all
FROM years y CROSS JOIN asked a LEFT JOIN named n ON n.year = y.year AND n.skill_id = a.skill_id
ORDER BY y.year, a.skill_id
