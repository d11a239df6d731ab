-- Question: which boards were observed through the same windows of time, and how many adverts did they bring?
-- Grain: one row per cohort (boards with the same first and last whole window), and one per cohort and window.
-- Columns: first_window, last_window, win (null in the cohort's own row), n_boards (null in the rows by window),
--   n_all (adverts dated in the window that were read; null in the cohort's own row).
-- A board of a listing source is observed from its first to its last complete check, a flow source from its first
-- month to its last that is over. The spans are those of spans.sql.
WITH spans AS ({spans}),
cohorts AS (SELECT first_window, last_window, count(*) AS n_boards FROM spans GROUP BY ALL),
adverts AS (
    SELECT s.first_window, s.last_window, {window} AS win, count(p.prompt_relation) AS n_all
    FROM main.postings p
    JOIN spans s ON s.source = p.source AND s.board = CASE p.lifecycle WHEN 'listing' THEN p.board ELSE '' END
    WHERE p.dated_on IS NOT NULL AND {panel} AND {window} BETWEEN s.first_window AND s.last_window
    GROUP BY ALL
)
SELECT first_window, last_window, win, NULL::BIGINT AS n_boards, n_all FROM adverts
UNION ALL
SELECT first_window, last_window, NULL, n_boards, NULL FROM cohorts
ORDER BY ALL
