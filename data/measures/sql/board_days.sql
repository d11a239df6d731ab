-- Question: from when to when, and with which gaps, was each board that ever listed the selected postings read?
-- Grain: one row per board (the time from its first to its last complete check) and one per gap in it.
-- Columns: board_id (as in stays.sql), is_gap, since, until (days since 1970, both inclusive).
WITH boards AS (
    SELECT source, board, row_number() OVER (ORDER BY source, board) AS board_id
    FROM (
        SELECT DISTINCT p.source, p.board FROM spells s JOIN postings p ON p.posting_key = s.posting_key
        WHERE p.lifecycle = 'listing' AND p.origin <> 'snapshot' AND {key} IS NOT NULL AND {selected}
    )
),
times AS (
    SELECT source, board, FALSE AS is_gap, first_day AS since, last_day AS until FROM kept.board_spans
    UNION ALL
    SELECT source, board, TRUE, since, until FROM kept.board_gaps
)
SELECT b.board_id, t.is_gap, t.since - DATE '1970-01-01' AS since, t.until - DATE '1970-01-01' AS until
FROM times t JOIN boards b USING (source, board)
