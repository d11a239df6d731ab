-- Question: which openings name which of the more frequent skills?
-- Grain: one row per selected opening and skill that it names, of the most named skills.
-- Parameters: the selection; openings that must name a skill at least; how many skills at most.
-- Columns: opening (place of the opening in skill_openings.sql, from 0), skill_id.
WITH chosen AS MATERIALIZED (
    SELECT p.posting_key, p.opening_key FROM postings p WHERE {selected} AND p.prompt_relation IS NOT NULL
),
openings AS (
    SELECT opening_key, (row_number() OVER (ORDER BY opening_key) - 1)::INTEGER AS opening
    FROM (SELECT DISTINCT opening_key FROM chosen)
),
named AS MATERIALIZED (
    SELECT DISTINCT o.opening, s.skill_id
    FROM skills s JOIN chosen c USING (posting_key) JOIN openings o USING (opening_key)
),
frequent AS (SELECT skill_id FROM named GROUP BY skill_id HAVING count(*) >= ? ORDER BY count(*) DESC, skill_id LIMIT ?)
SELECT n.opening, n.skill_id FROM named n SEMI JOIN frequent f ON f.skill_id = n.skill_id
