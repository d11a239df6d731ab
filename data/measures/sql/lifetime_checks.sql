-- Question: on which days was each board read completely?
-- Grain: one row per board and day read completely.
-- Columns: board (hash of source and board, as in lifetime_spells), day (days since 1970).
-- Snapshots of the web archive are left out: they show single boards on single days.
SELECT hash(c.source, c.board) AS board, (c.day - DATE '1970-01-01')::INTEGER AS day
FROM coverage c
WHERE c.outcome IN ('complete', 'unchanged') AND NOT starts_with(coalesce(c.reason, ''), 'snapshot of the web archive')
