-- Question: which openings are selected, and which known employer is behind each?
-- Grain: one row per opening, in order of opening_key.
-- Columns: employer (number from 0, known employers; -1 where unknown).
WITH chosen AS (
    SELECT p.opening_key, min(p.employer_key) AS employer_key
    FROM postings p WHERE {selected} AND p.prompt_relation IS NOT NULL GROUP BY p.opening_key
)
SELECT CASE WHEN employer_key IS NULL THEN -1
    ELSE dense_rank() OVER (ORDER BY employer_key NULLS LAST) - 1 END::INTEGER AS employer
FROM chosen ORDER BY opening_key
