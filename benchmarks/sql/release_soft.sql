-- Question: which soft skills does each advert ask for?
-- Grain: one row per posting and soft skill, in the order of posting_key.
-- Columns: those of the release's table soft.
WITH asked AS (
    SELECT i, posting_key, unnest(range(5)) AS j FROM base
)
SELECT posting_key, ['communication', 'creativity', 'leadership', 'problem_solving', 'teamwork'][1 + j] AS soft
FROM asked WHERE u(i * 5 + j, 54) < 0.22
