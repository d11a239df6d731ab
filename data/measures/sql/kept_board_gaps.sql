-- Question: on which days between its first and its last day (kept_board_spans.sql) was a board not read completely?
-- Grain: one row per board and run of such days.
-- Columns: source, board, since, until (first and last day of the run). Snapshots of the web archive count for nothing.
SELECT source, board, day + 1 AS since, next_day - 1 AS until
FROM (
    SELECT source, board, day, lead(day) OVER (PARTITION BY source, board ORDER BY day) AS next_day
    FROM (
        SELECT DISTINCT c.source, c.board, c.day
        FROM main.coverage c
        LEFT JOIN (
            SELECT source, board, min(day) AS day FROM main.coverage
            WHERE outcome IN ('complete', 'unchanged')
                AND NOT starts_with(coalesce(reason, ''), 'snapshot of the web archive')
            GROUP BY ALL
        ) f ON f.source = c.source AND f.board = c.board
        WHERE (c.outcome IN ('complete', 'unchanged') OR (c.outcome = 'empty' AND c.day < f.day))
            AND NOT starts_with(coalesce(c.reason, ''), 'snapshot of the web archive')
    )
)
WHERE next_day > day + 1
