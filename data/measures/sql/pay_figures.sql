-- Question: what does each opening of one market state as pay?
-- Grain: one row per opening, by its latest advert that states pay, else by its latest advert.
-- Columns: posting_key, dated_on, employer, is_paid, lower, upper (in the asked currency per year, or per hour for
--   gigs; null where not stated so).
SELECT
    p.posting_key, p.dated_on, p.employer_key AS employer, p.has_pay AS is_paid,
    CASE WHEN p.has_pay THEN {lower} END AS lower,
    CASE WHEN p.has_pay THEN {upper} END AS upper
FROM postings p
WHERE {selected} AND {market}
QUALIFY row_number() OVER (
    PARTITION BY p.opening_key ORDER BY p.has_pay DESC, p.dated_on DESC NULLS LAST, p.posting_key DESC
) = 1
