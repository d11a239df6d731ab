-- Question: how many of the selected openings demand programming, or machine learning?
-- Grain: one row per fact (coding, ml) and level that occurs.
-- Columns: fact, level (the strongest of the opening's adverts), n_openings, n_employers (known), n_all (openings
--   of which the fact was read).
WITH openings AS MATERIALIZED (
    SELECT p.opening_key, min(p.employer_key) AS employer_key,
        max(CASE p.coding WHEN 'required' THEN 3 WHEN 'preferred' THEN 2 WHEN 'not_mentioned' THEN 1 END) AS coding,
        max(CASE p.ml WHEN 'required' THEN 3 WHEN 'preferred' THEN 2 WHEN 'not_mentioned' THEN 1 END) AS ml
    FROM postings p WHERE {selected} GROUP BY p.opening_key
),
facts AS (
    SELECT 'coding' AS fact, coding AS strength, employer_key FROM openings
    UNION ALL SELECT 'ml', ml, employer_key FROM openings
)
SELECT fact, CASE strength WHEN 3 THEN 'required' WHEN 2 THEN 'preferred' ELSE 'not_mentioned' END AS level,
    count(*) AS n_openings, count(DISTINCT employer_key) AS n_employers,
    sum(count(*)) OVER (PARTITION BY fact)::BIGINT AS n_all
FROM facts WHERE strength IS NOT NULL
GROUP BY fact, strength
ORDER BY fact, strength DESC
