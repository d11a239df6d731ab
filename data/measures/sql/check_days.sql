-- Question: how many boards of the selected listing sources were read on each day, and how many were not?
-- Grain: one row per day with a check.
-- Columns: day (days since 1970), boards_covered, boards_failed. Snapshots of the web archive are left out.
WITH listing AS (
    SELECT DISTINCT p.source FROM main.postings p WHERE p.lifecycle = 'listing' AND {source}
)
SELECT c.day - DATE '1970-01-01' AS day,
    count(*) FILTER (WHERE c.outcome IN ('complete', 'unchanged')) AS boards_covered,
    count(*) FILTER (WHERE c.outcome NOT IN ('complete', 'unchanged')) AS boards_failed
FROM coverage c SEMI JOIN listing l ON l.source = c.source
WHERE NOT starts_with(coalesce(c.reason, ''), 'snapshot of the web archive')
GROUP BY c.day
ORDER BY c.day
