-- Question: how did all postings move, in invented figures of the shape of Indeed's?
-- Grain: one row per series, country and day (weekly index, monthly share).
-- Columns: those of the release's table benchmarks.
SELECT 'indeed_postings_index' AS series, country, day::DATE AS day, 80 + 60 * u(epoch(day)::BIGINT, 80) AS value
FROM (SELECT unnest(['AU', 'CA', 'DE', 'FR', 'GB', 'US']) AS country),
    (SELECT unnest(range(DATE '2020-02-07', DATE '2026-06-30', INTERVAL 7 DAY)) AS day)
UNION ALL
SELECT 'indeed_ai_share', country, day::DATE, 1 + 5 * u(epoch(day)::BIGINT, 81)
FROM (SELECT unnest(['CA', 'DE', 'FR', 'GB', 'US']) AS country),
    (SELECT unnest(range(DATE '2019-01-01', DATE '2026-06-30', INTERVAL 1 MONTH)) AS day)
ORDER BY ALL
