-- Question: from which whole window of time to which was each board observed?
-- Grain: one row per board of a listing source (board '' and the whole source for a flow source).
-- Columns: source, board, first_window, last_window (numbers of windows).
-- A window is whole where the board was read on its first day or before, and again after its end; that of a flow
-- source where its months are over.
SELECT b.source, b.board, {first_window} AS first_window, {last_window} AS last_window
FROM kept.board_spans b
WHERE {source} AND {first_window} <= {last_window}
