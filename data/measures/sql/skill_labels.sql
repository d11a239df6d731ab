-- Question: what are the asked skills called?
-- Grain: one row per asked skill, in any order.
-- Columns: skill_id, label_en, label_fr (the id where the release has no name).
SELECT a.skill_id, coalesce(l.label_en, a.skill_id) AS label_en, coalesce(l.label_fr, a.skill_id) AS label_fr
FROM (SELECT unnest(?::VARCHAR[]) AS skill_id) a LEFT JOIN skill_names l ON l.skill_id = a.skill_id
