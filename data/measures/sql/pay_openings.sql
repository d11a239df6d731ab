-- Question: what does each opening of one market state as pay?
-- Grain: one row per opening: its latest advert that states pay, else its latest advert.
-- Columns: posting_key, opening_key, employer_key, title, company, url, dated_on, has_pay, lower, upper
--   (in the asked currency per year, or per hour for gigs; null where not stated so).
WITH market AS (
    SELECT p.* FROM postings p WHERE {selected} AND p.work_kind IN ({market})
)
SELECT
    p.posting_key, p.opening_key, p.employer_key, p.title, p.company, p.url, p.dated_on, p.has_pay,
    CASE WHEN p.has_pay THEN {lower} END AS lower,
    CASE WHEN p.has_pay THEN {upper} END AS upper
FROM market p
QUALIFY row_number() OVER (
    PARTITION BY p.opening_key ORDER BY p.has_pay DESC, p.dated_on DESC NULLS LAST, p.posting_key
) = 1
