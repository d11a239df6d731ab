-- Question: how did the invented daily runs end?
-- Grain: one row per source and day.
-- Columns: those of the journal's table runs.
SELECT 'run-' || source || '-' || d AS run_id, source, 'scrape' AS kind,
    getvariable('first_day')::TIMESTAMP + to_days(d::INTEGER) + INTERVAL 6 HOUR AS started_at,
    getvariable('first_day')::TIMESTAMP + to_days(d::INTEGER) + INTERVAL 7 HOUR AS finished_at,
    CASE WHEN u(d, 100) < 0.99 THEN 'finished' ELSE 'failed' END AS status,
    CASE WHEN u(d, 100) >= 0.99 THEN 'HTTP 503' END AS reason,
    n AS n_boards, n - n // 50 AS n_covered, n // 50 AS n_failed, 100 * n AS n_seen, n AS n_new, 0 AS n_rejected
FROM (SELECT source, count(*) AS n FROM boards GROUP BY source),
    range(getvariable('last_day') - getvariable('first_day') + 1) t(d)
ORDER BY 1
