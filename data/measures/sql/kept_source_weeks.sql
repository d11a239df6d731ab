-- Question: in which weeks was each source read, and were all its boards?
-- Grain: one row per source and week (Monday) with a complete check.
-- Columns: source, week, is_whole (every board that was asked in it was read completely at least once), first_day,
--   last_day (first and last day of a complete check of the source). Snapshots of the web archive are left out.
WITH checks AS (
    SELECT c.source, c.board, date_trunc('week', c.day)::DATE AS week,
        bool_or(c.outcome IN ('complete', 'unchanged')) AS is_covered,
        min(c.day) FILTER (WHERE c.outcome IN ('complete', 'unchanged')) AS first_day,
        max(c.day) FILTER (WHERE c.outcome IN ('complete', 'unchanged')) AS last_day
    FROM main.coverage c
    WHERE NOT starts_with(coalesce(c.reason, ''), 'snapshot of the web archive')
    GROUP BY ALL
)
SELECT source, week, bool_and(is_covered) AS is_whole,
    min(min(first_day)) OVER (PARTITION BY source) AS first_day,
    max(max(last_day)) OVER (PARTITION BY source) AS last_day
FROM checks
GROUP BY source, week HAVING bool_or(is_covered)
