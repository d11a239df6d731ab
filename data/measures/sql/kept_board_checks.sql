-- Question: since when do we check each board?
-- Grain: one row per source and board that was ever checked.
-- Columns: source, board, first_month (of the first check of any kind and outcome), first_covered (day of the first
--   covered check of ours, or of the first answer without postings before it, for the board was there to be seen; null
--   where none: snapshots of the web archive are not ours).
SELECT source, board, date_trunc('month', min(day)) AS first_month,
    CASE WHEN bool_or(is_ours AND outcome IN ('complete', 'unchanged'))
        THEN min(day) FILTER (WHERE is_ours AND outcome IN ('complete', 'unchanged', 'empty')) END AS first_covered
FROM (
    SELECT source, board, day, outcome,
        NOT starts_with(coalesce(reason, ''), 'snapshot of the web archive') AS is_ours
    FROM main.coverage
)
GROUP BY ALL
