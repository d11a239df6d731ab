-- Question: how many boards of the selected listing sources were read on each day, and how many were not?
-- Grain: one row per day with a check.
-- Columns: day (days since 1970), boards_covered, boards_failed. Snapshots of the web archive are left out.
SELECT c.day - DATE '1970-01-01' AS day,
    sum(c.boards_covered)::BIGINT AS boards_covered,
    sum(c.boards_failed)::BIGINT AS boards_failed
FROM kept.check_days c
WHERE NOT c.is_past AND c.source IN (SELECT p.source FROM kept.kinds p WHERE p.lifecycle = 'listing' AND {source})
GROUP BY c.day
ORDER BY c.day
