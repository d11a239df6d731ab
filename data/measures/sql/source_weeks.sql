-- Question: in which weeks was each selected listing source read, and were all its boards?
-- Grain: one row per source and week (Monday) with a complete check.
-- Columns: source, week, is_whole, first_day, last_day (see kept_source_weeks.sql).
SELECT w.*
FROM kept.source_weeks w
WHERE w.source IN (SELECT p.source FROM kept.kinds p WHERE p.lifecycle = 'listing' AND {source})
ORDER BY w.source, w.week
