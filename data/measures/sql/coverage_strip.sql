-- Question: on which days were a source's boards read, and on which not?
-- Grain: one row per source and day with a check.
-- Columns: source, day, boards_covered, boards_failed, n_seen, reason (see kept_strip.sql).
SELECT c.source, c.day, c.boards_covered, c.boards_failed, c.n_seen, c.reason
FROM kept.strip c
WHERE {source}
ORDER BY ALL
