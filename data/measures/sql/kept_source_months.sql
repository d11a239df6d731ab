-- Question: in which months was each source observed, and were all its boards?
-- Grain: one row per source and month with an observation: an advert of that month, or for sources whose
--   presence we check (listing) a covered check in it. Adverts imported from files are none.
-- Columns: source, month, is_whole (no board of the month was left without a covered check, and not all of
--   them are snapshots of the web archive: those show the few boards that happened to be captured).
WITH months AS (
    SELECT source, month, board, lifecycle FROM main.postings
    WHERE month IS NOT NULL AND origin <> 'import' GROUP BY ALL
),
checks AS (
    SELECT source, board, date_trunc('month', day)::DATE AS month,
        bool_or(outcome IN ('complete', 'unchanged')) AS is_covered,
        bool_and(starts_with(coalesce(reason, ''), 'snapshot of the web archive')) AS is_past
    FROM main.coverage GROUP BY ALL
),
boards AS (SELECT source, board, bool_or(is_covered) AS is_covered FROM checks GROUP BY ALL),
listed AS (
    SELECT DISTINCT m.source FROM months m SEMI JOIN checks c ON c.source = m.source
    WHERE m.lifecycle = 'listing'
)
SELECT m.source, m.month, bool_and(coalesce(b.is_covered, TRUE)) AS is_whole
FROM months m LEFT JOIN boards b ON b.source = m.source AND b.board = m.board
WHERE m.source NOT IN (SELECT source FROM listed)
GROUP BY ALL
UNION ALL
SELECT c.source, c.month, bool_and(c.is_covered OR c.is_past) AND NOT bool_and(c.is_past)
FROM checks c SEMI JOIN listed l ON l.source = c.source
GROUP BY ALL HAVING bool_or(c.is_covered)
