-- Question: how many adverts, openings and employers does each period hold, beside all adverts of the panel?
-- Grain: one row per period (month, quarter or year of the posting date) that has an advert of the panel.
-- Columns: month (first day of the period), n_all (adverts of the panel that were read), n_postings,
--   n_openings, n_employers, n_new (openings with an advert that is no repost), n_backfilled (openings dated
--   in a month before the first check of their board: only those still open then are known).
WITH first_checks AS (
    SELECT source, board, date_trunc('month', min(day)) AS first_month FROM coverage GROUP BY ALL
),
panel AS (
    SELECT p.*, ({role}) AS is_selected FROM postings p WHERE p.month IS NOT NULL AND {panel}
)
SELECT
    date_trunc('{grain}', p.month)::DATE AS month,
    count(*) FILTER (WHERE p.prompt_relation IS NOT NULL) AS n_all,
    count(*) FILTER (WHERE p.is_selected) AS n_postings,
    count(DISTINCT p.opening_key) FILTER (WHERE p.is_selected) AS n_openings,
    count(DISTINCT p.employer_key) FILTER (WHERE p.is_selected) AS n_employers,
    count(DISTINCT p.opening_key) FILTER (WHERE p.is_selected AND NOT p.is_repost) AS n_new,
    count(DISTINCT p.opening_key) FILTER (
        WHERE p.is_selected AND p.lifecycle = 'listing' AND p.month < c.first_month
    ) AS n_backfilled
FROM panel p LEFT JOIN first_checks c ON c.source = p.source AND c.board = p.board
GROUP BY 1
ORDER BY 1
