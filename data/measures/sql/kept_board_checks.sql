-- Question: since when do we check each board?
-- Grain: one row per source and board that was ever checked.
-- Columns: source, board, first_month (of the first check of any kind and outcome), first_covered (day of the first
--   covered check of ours; null where none: snapshots of the web archive are not ours).
SELECT source, board, date_trunc('month', min(day)) AS first_month,
    min(day) FILTER (
        WHERE outcome IN ('complete', 'unchanged')
            AND NOT starts_with(coalesce(reason, ''), 'snapshot of the web archive')
    ) AS first_covered
FROM main.coverage
GROUP BY ALL
