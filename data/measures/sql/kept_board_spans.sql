-- Question: from which day to which was each board observed?
-- Grain: one row per board of a listing source with a complete check of ours, and one per flow source (board '').
-- Columns: source, board, lifecycle, first_day, last_day (of the complete checks; of a flow source the first day of
--   its first month and of the month after its last). A board that answered without postings before it first listed
--   any was there to be seen: its time begins with the first such answer. Snapshots of the web archive and imports are left out.
SELECT c.source, c.board, 'listing' AS lifecycle, min(c.day) AS first_day,
    max(c.day) FILTER (WHERE c.outcome <> 'empty') AS last_day
FROM main.coverage c
WHERE c.outcome IN ('complete', 'unchanged', 'empty')
    AND NOT starts_with(coalesce(c.reason, ''), 'snapshot of the web archive')
    AND c.source IN (SELECT p.source FROM main.postings p WHERE p.lifecycle = 'listing')
GROUP BY ALL
HAVING count(*) FILTER (WHERE c.outcome <> 'empty') > 0
UNION ALL
SELECT p.source, '', 'flow', min(p.month), (max(p.month) + INTERVAL 1 MONTH)::DATE
FROM main.postings p
WHERE p.lifecycle = 'flow' AND p.origin <> 'import' AND p.month IS NOT NULL
GROUP BY ALL
