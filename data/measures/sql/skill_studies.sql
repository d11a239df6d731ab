-- Question: how many of the selected openings have what a study counted?
-- Grain: one row per asked item.
-- Parameters: the selection; the source of the study's own sample; the items and, in the same order, what is counted
--   for each (kind:id, several rows for an item that counts any of several).
-- Columns: item, n_openings, n_employers (known), n_all (openings selected), n_shared (of them with an advert of the
--   study's own sample).
WITH chosen AS MATERIALIZED (
    SELECT p.posting_key, p.opening_key, p.employer_key, p.remote, p.has_pay, p.source FROM postings p
    WHERE {selected} AND p.prompt_relation IS NOT NULL
),
shared AS (SELECT count(DISTINCT opening_key) AS n FROM chosen WHERE source = ?),
asked AS (SELECT unnest(?::VARCHAR[]) AS item, unnest(?::VARCHAR[]) AS counted),
facts AS (
    SELECT 'skill:' || s.skill_id AS counted, c.opening_key, c.employer_key
    FROM skills s JOIN chosen c USING (posting_key)
    UNION ALL
    SELECT 'soft:' || s.soft, c.opening_key, c.employer_key FROM soft s JOIN chosen c USING (posting_key)
    UNION ALL
    SELECT 'remote:' || remote, opening_key, employer_key FROM chosen
    UNION ALL
    SELECT 'pay:stated', opening_key, employer_key FROM chosen WHERE has_pay
)
SELECT a.item, count(DISTINCT f.opening_key) AS n_openings, count(DISTINCT f.employer_key) AS n_employers,
    (SELECT count(DISTINCT opening_key) FROM chosen) AS n_all, (SELECT n FROM shared) AS n_shared
FROM asked a LEFT JOIN facts f ON f.counted = a.counted
GROUP BY a.item
