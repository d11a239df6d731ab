-- Question: how did the checks of each day end?
-- Grain: one row per source, day and kind of check (ours, or a snapshot of the web archive).
-- Columns: source, day, is_past (a snapshot), boards_covered, boards_failed.
SELECT source, day, starts_with(coalesce(reason, ''), 'snapshot of the web archive') AS is_past,
    count(*) FILTER (WHERE outcome IN ('complete', 'unchanged')) AS boards_covered,
    count(*) FILTER (WHERE outcome NOT IN ('complete', 'unchanged')) AS boards_failed
FROM main.coverage
GROUP BY ALL
