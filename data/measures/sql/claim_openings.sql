-- Question: which criteria of a claim does each opening meet (parameters: its low, its high)?
-- Grain: one row per opening that states a figure in the asked unit.
-- Columns: side (its employer; where unknown, itself); upper_reaches_low, lower_reaches_low, upper_reaches_high,
--   range_inside (see claims.CRITERIA; null where its figures cannot tell).
WITH claim AS (SELECT ?::DOUBLE AS low, ?::DOUBLE AS high)
SELECT
    coalesce('e' || f.employer, 'p' || f.posting_key) AS side,
    f.upper >= c.low AS upper_reaches_low,
    f.lower >= c.low AS lower_reaches_low,
    f.upper >= c.high AS upper_reaches_high,
    CASE WHEN f.lower IS NOT NULL AND f.upper IS NOT NULL THEN f.lower >= c.low AND f.upper <= c.high END AS range_inside
FROM claim c CROSS JOIN ({figures}) f
WHERE coalesce(f.lower, f.upper) IS NOT NULL
ORDER BY f.posting_key
