-- Question: on which days were a source's boards read, and on which not?
-- Grain: one row per source and day with a check.
-- Columns: source, day, boards_covered, boards_failed, n_seen, reason (the most frequent one; of several as frequent
--   the first in the alphabet).
WITH days AS (
    SELECT source, day,
        count(*) FILTER (WHERE outcome IN ('complete', 'unchanged')) AS boards_covered,
        count(*) FILTER (WHERE outcome NOT IN ('complete', 'unchanged')) AS boards_failed,
        sum(n_seen)::BIGINT AS n_seen
    FROM main.coverage GROUP BY ALL
),
reasons AS (
    SELECT source, day, reason, count(*) AS n FROM main.coverage WHERE reason IS NOT NULL GROUP BY ALL
),
commonest AS (
    SELECT source, day, reason FROM reasons
    QUALIFY row_number() OVER (PARTITION BY source, day ORDER BY n DESC, reason) = 1
)
SELECT d.*, r.reason FROM days d LEFT JOIN commonest r USING (source, day)
