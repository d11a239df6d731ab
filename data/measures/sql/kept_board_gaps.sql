-- Question: on which days between its first and its last complete check was a board not read completely?
-- Grain: one row per board and run of such days.
-- Columns: source, board, since, until (first and last day of the run). Snapshots of the web archive count for nothing.
SELECT source, board, day + 1 AS since, next_day - 1 AS until
FROM (
    SELECT source, board, day, lead(day) OVER (PARTITION BY source, board ORDER BY day) AS next_day
    FROM (
        SELECT DISTINCT c.source, c.board, c.day
        FROM main.coverage c
        WHERE c.outcome IN ('complete', 'unchanged')
            AND NOT starts_with(coalesce(c.reason, ''), 'snapshot of the web archive')
    )
)
WHERE next_day > day + 1
