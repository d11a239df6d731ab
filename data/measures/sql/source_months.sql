-- Question: in which months was each source observed, and were all its boards?
-- Grain: one row per source and month with an observation.
-- Columns: source, month, is_whole (see kept_source_months.sql).
SELECT m.source, m.month, m.is_whole
FROM kept.source_months m
WHERE {source}
