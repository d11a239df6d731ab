-- Question: how many adverts, openings and employers does each period hold, beside all adverts of the panel?
-- Grain: one row per period (month, quarter or year of the posting date) that has an advert of the panel.
-- Columns: month (first day of the period), n_all (adverts of the panel that were read), n_postings,
--   n_openings, n_employers, n_new (openings with an advert that is no repost), n_backfilled (openings dated
--   in a month before the first check of their board: only those still open then are known).
WITH totals AS (
    SELECT date_trunc('{grain}', p.month)::DATE AS month,
        coalesce(sum(p.n_postings) FILTER (WHERE p.prompt_relation IS NOT NULL), 0)::BIGINT AS n_all
    FROM kept.panel p WHERE p.month IS NOT NULL AND {panel} GROUP BY 1
),
counts AS (
    SELECT
        date_trunc('{grain}', p.month)::DATE AS month,
        count(*) AS n_postings,
        count(DISTINCT p.opening_key) AS n_openings,
        count(DISTINCT p.employer_key) AS n_employers,
        count(DISTINCT p.opening_key) FILTER (WHERE NOT p.is_repost) AS n_new,
        count(DISTINCT p.opening_key) FILTER (WHERE p.month < c.first_month) AS n_backfilled
    FROM postings p
    LEFT JOIN kept.board_checks c ON p.lifecycle = 'listing' AND c.source = p.source AND c.board = p.board
    WHERE p.month IS NOT NULL AND {selected}
    GROUP BY 1
)
SELECT t.month, t.n_all,
    coalesce(c.n_postings, 0) AS n_postings,
    coalesce(c.n_openings, 0) AS n_openings,
    coalesce(c.n_employers, 0) AS n_employers,
    coalesce(c.n_new, 0) AS n_new,
    coalesce(c.n_backfilled, 0) AS n_backfilled
FROM totals t LEFT JOIN counts c USING (month)
ORDER BY t.month
