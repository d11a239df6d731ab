-- Question: on which days was each board that ever listed the selected postings read completely?
-- Grain: one row per board and day on which it was.
-- Columns: board_id (as in stays.sql), day (days since 1970).
WITH boards AS (
    SELECT source, board, row_number() OVER (ORDER BY source, board) AS board_id
    FROM (
        SELECT DISTINCT p.source, p.board FROM spells s JOIN postings p ON p.posting_key = s.posting_key
        WHERE p.lifecycle = 'listing' AND p.origin <> 'snapshot' AND {key} IS NOT NULL AND {selected}
    )
)
SELECT b.board_id, c.day - DATE '1970-01-01' AS day
FROM coverage c JOIN boards b USING (source, board)
WHERE c.outcome IN ('complete', 'unchanged')
    AND NOT starts_with(coalesce(c.reason, ''), 'snapshot of the web archive')
