-- Question: how did each source's latest day of checks and its latest run end?
-- Grain: one row per source that was ever checked or run.
-- Columns: source, last_day (of a check), boards_covered, boards_failed (on last_day), last_run_at,
--   last_run_status, last_run_reason, n_runs, n_rejected (records set aside, all runs).
WITH checks AS (
    SELECT source, day AS last_day, boards_covered, boards_failed FROM kept.strip
    QUALIFY day = max(day) OVER (PARTITION BY source)
),
journal AS (
    SELECT source, max(started_at) AS last_run_at, arg_max(status, started_at) AS last_run_status,
        arg_max(coalesce(reason, ''), started_at) AS last_run_reason, count(*) AS n_runs,
        sum(n_rejected)::BIGINT AS n_rejected
    FROM runs GROUP BY ALL
)
SELECT coalesce(c.source, j.source) AS source, c.last_day, c.boards_covered, c.boards_failed,
    j.last_run_at, j.last_run_status, nullif(j.last_run_reason, '') AS last_run_reason, j.n_runs, j.n_rejected
FROM checks c FULL JOIN journal j ON j.source = c.source
ORDER BY 1
