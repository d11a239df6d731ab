-- Question: which openings of one market state a figure in the asked unit, and in what setting?
-- Grain: one row per opening with a lower or an upper bound, in the order of their keys.
-- Columns: posting_key, year, employer (null where unknown), lower, upper, relation, country, stated_period,
--   stated_currency, native_lower, native_upper.
SELECT
    posting_key, year(dated_on) AS year, employer, lower, upper, relation, country, stated_period, stated_currency,
    native_lower, native_upper
FROM ({figures})
WHERE coalesce(lower, upper) IS NOT NULL
ORDER BY posting_key
