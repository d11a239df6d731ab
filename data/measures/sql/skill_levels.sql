-- Question: at which level do the selected openings name each skill?
-- Grain: one row per skill, of the most named ones.
-- Columns: skill_id, label_en, label_fr, n_openings, n_3, n_2, n_1 (openings at strength 3 required, 2 preferred,
--   1 mentioned, each at its strongest), e_3, e_2, e_1 (known employers of these), n_all (openings selected).
WITH chosen AS MATERIALIZED (
    SELECT p.posting_key, p.opening_key, p.employer_key FROM postings p
    WHERE {selected} AND p.prompt_relation IS NOT NULL
),
named AS MATERIALIZED (
    SELECT s.skill_id, c.opening_key, min(c.employer_key) AS employer_key,
        max(CASE s.level WHEN 'required' THEN 3 WHEN 'preferred' THEN 2 ELSE 1 END) AS strength
    FROM skills s JOIN chosen c USING (posting_key)
    GROUP BY ALL
)
SELECT
    n.skill_id,
    coalesce(any_value(l.label_en), n.skill_id) AS label_en,
    coalesce(any_value(l.label_fr), n.skill_id) AS label_fr,
    count(*) AS n_openings,
    count(*) FILTER (WHERE n.strength = 3) AS n_3,
    count(*) FILTER (WHERE n.strength = 2) AS n_2,
    count(*) FILTER (WHERE n.strength = 1) AS n_1,
    count(DISTINCT n.employer_key) FILTER (WHERE n.strength = 3) AS e_3,
    count(DISTINCT n.employer_key) FILTER (WHERE n.strength = 2) AS e_2,
    count(DISTINCT n.employer_key) FILTER (WHERE n.strength = 1) AS e_1,
    (SELECT count(DISTINCT opening_key) FROM chosen) AS n_all
FROM named n LEFT JOIN skill_names l ON l.skill_id = n.skill_id
GROUP BY n.skill_id
ORDER BY n_openings DESC, n.skill_id
LIMIT ?
