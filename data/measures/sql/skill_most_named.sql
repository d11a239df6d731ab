-- Question: which skills do most of the selected adverts name?
-- Grain: one row per skill, most named first.
-- Columns: skill_id.
SELECT s.skill_id
FROM skills s JOIN postings p ON p.posting_key = s.posting_key
WHERE {selected} AND p.prompt_relation IS NOT NULL
GROUP BY s.skill_id
ORDER BY count(*) DESC, s.skill_id
