-- Question: which boards were observed through the same windows of time, and how many adverts did they bring?
-- Grain: one row per cohort (boards with the same first and last whole window), and one per cohort and window.
-- Columns: first_window, last_window, win (null in the cohort's own row), n_boards (null in the rows by window),
--   n_all (adverts dated in the window that were read; null in the cohort's own row).
-- A board of a listing source is observed from its first to its last complete check, a flow source from its first
-- month to its last that is over (spans.sql).
WITH spans AS ({spans}),
adverts AS (
    SELECT {first_window} AS first_window, {last_window} AS last_window, {window} AS win, sum(b.n_all)::BIGINT AS n_all
    FROM (
        SELECT a.*, p.lifecycle FROM kept.adverts a JOIN kept.kinds p ON p.kind = a.kind
        WHERE a.first_day IS NOT NULL AND {panel}
    ) b
    WHERE {window} BETWEEN {first_window} AND {last_window}
    GROUP BY ALL
)
SELECT first_window, last_window, win, NULL::BIGINT AS n_boards, n_all FROM adverts
UNION ALL
SELECT first_window, last_window, NULL, count(*), NULL FROM spans GROUP BY ALL
ORDER BY ALL
