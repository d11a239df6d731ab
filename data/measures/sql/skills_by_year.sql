-- Question: in what share of each year's openings is each skill named?
-- Grain: one row per year that has openings and per asked skill (parameter: their ids; null takes the eight that
--   most of the selected adverts name).
-- Columns: year, skill_id, label_en, label_fr, n_openings, n_employers (known, naming it), n_all (openings of the year).
WITH chosen AS MATERIALIZED (
    SELECT p.posting_key, p.opening_key, p.employer_key, year(p.month) AS year FROM postings p
    WHERE {selected} AND p.prompt_relation IS NOT NULL
),
years AS (SELECT year, count(DISTINCT opening_key) AS n_all FROM chosen WHERE year IS NOT NULL GROUP BY ALL),
named AS MATERIALIZED (
    SELECT s.skill_id, c.year, c.opening_key, c.employer_key FROM skills s JOIN chosen c USING (posting_key)
),
most_named AS (SELECT skill_id FROM named GROUP BY skill_id ORDER BY count(*) DESC, skill_id LIMIT 8),
asked AS (
    SELECT a.skill_id, coalesce(l.label_en, a.skill_id) AS label_en, coalesce(l.label_fr, a.skill_id) AS label_fr
    FROM (SELECT unnest(coalesce(?::VARCHAR[], (SELECT list(skill_id) FROM most_named))) AS skill_id) a
    LEFT JOIN skill_names l ON l.skill_id = a.skill_id
),
counts AS (
    SELECT n.year, n.skill_id, count(DISTINCT n.opening_key) AS n_openings,
        count(DISTINCT n.employer_key) AS n_employers
    FROM named n SEMI JOIN asked a ON a.skill_id = n.skill_id
    GROUP BY ALL
)
SELECT y.year, a.skill_id, a.label_en, a.label_fr,
    coalesce(n.n_openings, 0) AS n_openings, coalesce(n.n_employers, 0) AS n_employers, y.n_all
FROM years y CROSS JOIN asked a LEFT JOIN counts n ON n.year = y.year AND n.skill_id = a.skill_id
ORDER BY y.year, a.skill_id
