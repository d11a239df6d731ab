-- Question: on which days was each board read, and how did it go?
-- Grain: one row per source, board and day of a check: boards of listing sources daily from their first check on,
--   searches daily, the latest thread, and monthly snapshots of a few boards before our first check.
-- Columns: those of the release's table coverage.
WITH checks AS (
    SELECT source, 'employer-' || b AS board, b, unnest(range(start_day, getvariable('last_day') + INTERVAL 1 DAY,
        INTERVAL 1 DAY))::DATE AS day
    FROM boards
    UNION ALL
    SELECT 'francetravail', 'search-' || s, s, (getvariable('first_day') + d::INTEGER)::DATE
    FROM range(40) t(s), range(getvariable('last_day') - getvariable('first_day') + 1) t2(d)
),
ended AS (
    SELECT source, board, day, u(b * 10000 + datediff('day', DATE '2020-01-01', day), 70) AS drawn FROM checks
)
SELECT source, board, day,
    CASE WHEN drawn < 0.94 THEN 'complete' WHEN drawn < 0.97 THEN 'unchanged' WHEN drawn < 0.985 THEN 'failed'
        WHEN drawn < 0.995 THEN 'partial' ELSE 'blocked' END AS outcome,
    CASE WHEN drawn < 0.97 OR drawn BETWEEN 0.985 AND 0.995 THEN floor(200 * drawn)::BIGINT END AS n_seen,
    CASE WHEN drawn >= 0.985 AND drawn < 0.995 THEN 'the page says 80 and lists 60'
        WHEN drawn >= 0.97 THEN 'HTTP 503' END AS reason
FROM ended
UNION ALL
SELECT 'hackernews', '2026-06', DATE '2026-06-01' + d::INTEGER, 'complete', 300, NULL FROM range(30) t(d)
UNION ALL
SELECT source, 'employer-' || b, (DATE '2021-01-15' + to_months(m::INTEGER))::DATE, 'complete', 40,
    'snapshot of the web archive'
FROM boards, range(42) t(m) WHERE source IN ('greenhouse', 'lever') AND b % 25 = 0
ORDER BY 1, 2, 3
