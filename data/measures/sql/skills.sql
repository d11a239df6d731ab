-- Question: which skills do the selected openings name, and how strongly?
-- Grain: one row per skill; an opening counts once, at the strongest level of its adverts.
-- Columns: skill_id, label_en, label_fr, kind, n_openings, n_required, n_preferred, n_mentioned,
--   n_level, n_level_employers (openings and known employers at the asked levels), n_all (openings selected).
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
    any_value(l.kind) AS kind,
    count(*) AS n_openings,
    count(*) FILTER (WHERE n.strength = 3) AS n_required,
    count(*) FILTER (WHERE n.strength = 2) AS n_preferred,
    count(*) FILTER (WHERE n.strength = 1) AS n_mentioned,
    count(*) FILTER (WHERE n.strength IN ({levels})) AS n_level,
    count(DISTINCT n.employer_key) FILTER (WHERE n.strength IN ({levels})) AS n_level_employers,
    (SELECT count(DISTINCT opening_key) FROM chosen) AS n_all
FROM named n LEFT JOIN skill_names l ON l.skill_id = n.skill_id
GROUP BY n.skill_id
HAVING n_level > 0
ORDER BY n_level DESC, n.skill_id
