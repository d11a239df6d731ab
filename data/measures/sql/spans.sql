-- Question: from which whole window of time to which was each board observed?
-- Grain: one row per board of a listing source (board '' and the whole source for a flow source).
-- Columns: source, board, first_window, last_window (numbers of windows; none is whole where first > last).
-- A window is whole where the board was read on its first day or before, and again after its end. The bounds come as
-- SQL over first_day and last_day. Snapshots of the web archive are left out.
SELECT source, board, {first_window} AS first_window, {last_window} AS last_window
FROM (
    SELECT c.source, c.board, min(c.day) AS first_day, max(c.day) AS last_day
    FROM coverage c
    WHERE c.outcome IN ('complete', 'unchanged')
        AND NOT starts_with(coalesce(c.reason, ''), 'snapshot of the web archive')
        AND c.source IN (SELECT p.source FROM main.postings p WHERE p.lifecycle = 'listing' AND {source})
    GROUP BY ALL
    UNION ALL
    SELECT p.source, '', min(p.month), least(max(p.month) + INTERVAL 1 MONTH, ?)::DATE
    FROM main.postings p
    WHERE p.lifecycle = 'flow' AND {source}
    GROUP BY ALL
)
WHERE {first_window} <= {last_window}
