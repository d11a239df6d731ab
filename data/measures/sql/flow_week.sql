-- Question: how many adverts, openings and employers does each week hold, beside all adverts of the panel?
-- Grain: one row per week (Monday, ISO 8601) of the posting date with an advert of the panel, at listing sources only:
--   threads come once a month and have no weeks.
-- Columns: month (the Monday), n_all, n_postings, n_openings, n_employers, n_new, n_backfilled (openings dated before
--   the first complete check of their board: only those still open then are known), as in flow.sql.
WITH totals AS (
    SELECT date_trunc('week', p.dated_on)::DATE AS month, sum(p.n_all)::BIGINT AS n_all
    FROM (
        SELECT k.*, a.dated_on, a.n_all, date_trunc('month', a.dated_on)::DATE AS month
        FROM kept.adverts a JOIN kept.kinds k ON k.kind = a.kind
    ) p
    WHERE p.lifecycle = 'listing' AND {panel}
    GROUP BY 1
),
counts AS (
    SELECT
        date_trunc('week', p.dated_on)::DATE AS month,
        count(*) AS n_postings,
        count(DISTINCT p.opening_key) AS n_openings,
        count(DISTINCT p.employer_key) AS n_employers,
        count(DISTINCT p.opening_key) FILTER (WHERE NOT p.is_repost) AS n_new,
        count(DISTINCT p.opening_key) FILTER (WHERE p.dated_on < c.first_day) AS n_backfilled
    FROM postings p
    LEFT JOIN kept.board_spans c ON c.source = p.source AND c.board = p.board
    WHERE p.lifecycle = 'listing' AND p.dated_on IS NOT NULL AND {selected}
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
