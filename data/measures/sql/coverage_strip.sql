-- Question: on which days were a source's boards read, and on which not?
-- Grain: one row per source and day with a check.
-- Columns: source, day, boards_covered, boards_failed, n_seen, reason (the most frequent one of the failed).
SELECT c.source, c.day,
    count(*) FILTER (WHERE c.outcome IN ('complete', 'unchanged')) AS boards_covered,
    count(*) FILTER (WHERE c.outcome NOT IN ('complete', 'unchanged')) AS boards_failed,
    sum(c.n_seen)::BIGINT AS n_seen,
    mode(c.reason) AS reason
FROM coverage c
WHERE {source}
GROUP BY ALL
ORDER BY ALL
