-- Question: which soft skills do the selected openings ask for?
-- Grain: one row per soft skill.
-- Columns: soft, n_openings, n_employers (known), n_all (openings selected).
WITH chosen AS MATERIALIZED (
    SELECT p.posting_key, p.opening_key, p.employer_key FROM postings p
    WHERE {selected} AND p.prompt_relation IS NOT NULL
)
SELECT s.soft, count(DISTINCT c.opening_key) AS n_openings, count(DISTINCT c.employer_key) AS n_employers,
    (SELECT count(DISTINCT opening_key) FROM chosen) AS n_all
FROM soft s JOIN chosen c USING (posting_key)
GROUP BY s.soft
ORDER BY n_openings DESC, s.soft
