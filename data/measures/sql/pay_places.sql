-- Question: what does each opening of one market state as pay, and where is it?
-- Grain: one row per opening, in the order of their keys.
-- Columns: posting_key, dated_on, employer (null where unknown), is_paid, lower, upper, place, country.
SELECT posting_key, dated_on, employer, is_paid, lower, upper, place, country
FROM ({figures})
ORDER BY posting_key
