-- Question: what does each opening of one market state as pay, and which skills does it name?
-- Grain: one row per opening that states a figure in the asked unit.
-- Columns: employer (null where unknown), opening_key, year, country, relation, seniority (of the advert that states
--   the pay), lower, upper, skills (ids that any selected advert of the opening names, no repeats).
WITH figures AS MATERIALIZED ({figures}),
paid AS MATERIALIZED (
    SELECT p.opening_key, f.employer, year(f.dated_on) AS year, p.country, p.prompt_relation AS relation, p.seniority,
        f.lower, f.upper
    FROM figures f JOIN postings p ON p.posting_key = f.posting_key
    WHERE coalesce(f.lower, f.upper) IS NOT NULL
),
named AS (
    SELECT p.opening_key, list(DISTINCT s.skill_id) AS skills
    FROM postings p JOIN skills s ON s.posting_key = p.posting_key
    WHERE {selected} GROUP BY p.opening_key
)
SELECT paid.*, coalesce(n.skills, []) AS skills
FROM paid LEFT JOIN named n USING (opening_key)
ORDER BY paid.opening_key
