-- Question: how many openings meet each criterion of a claim (parameters: its low, its high)?
-- Grain: one row.
-- Columns: n_openings; for each criterion (see claims.CRITERIA) its _figures (openings whose figures can tell),
--   _reach (of them, those that meet it) and _employers (known, of those that can tell).
WITH claim AS (SELECT ?::DOUBLE AS low, ?::DOUBLE AS high),
tests AS MATERIALIZED (
    SELECT f.employer,
        f.upper >= c.low AS upper_reaches_low,
        f.lower >= c.low AS lower_reaches_low,
        f.upper >= c.high AS upper_reaches_high,
        CASE WHEN f.lower IS NOT NULL AND f.upper IS NOT NULL THEN f.lower >= c.low AND f.upper <= c.high END
            AS range_inside
    FROM claim c CROSS JOIN ({figures}) f
)
SELECT
    count(*) AS n_openings,
    count(upper_reaches_low) AS upper_reaches_low_figures,
    count(*) FILTER (WHERE upper_reaches_low) AS upper_reaches_low_reach,
    count(DISTINCT employer) FILTER (WHERE upper_reaches_low IS NOT NULL) AS upper_reaches_low_employers,
    count(lower_reaches_low) AS lower_reaches_low_figures,
    count(*) FILTER (WHERE lower_reaches_low) AS lower_reaches_low_reach,
    count(DISTINCT employer) FILTER (WHERE lower_reaches_low IS NOT NULL) AS lower_reaches_low_employers,
    count(upper_reaches_high) AS upper_reaches_high_figures,
    count(*) FILTER (WHERE upper_reaches_high) AS upper_reaches_high_reach,
    count(DISTINCT employer) FILTER (WHERE upper_reaches_high IS NOT NULL) AS upper_reaches_high_employers,
    count(range_inside) AS range_inside_figures,
    count(*) FILTER (WHERE range_inside) AS range_inside_reach,
    count(DISTINCT employer) FILTER (WHERE range_inside IS NOT NULL) AS range_inside_employers
FROM tests
