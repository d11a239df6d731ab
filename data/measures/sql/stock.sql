-- Question: how many openings were open on each day, and how many came and went?
-- Grain: one row per day from the first to the last check of the selected listing sources.
-- Columns: day, n_new, n_first_check (of them found by the first check of their board: not new on the market),
--   n_closed, boards_covered, boards_failed. n_open is the running sum of n_new - n_closed.
-- A spell counts from the first covered day on which it was listed to the first one from its gone_by on (a
-- board may go while no other is read); overlapping or touching spells of the postings of one opening are one.
-- Spells of the same days become one row first: two windows may put rows that tie in two orders.
-- Snapshots of the web archive are left out: they show single boards on single days, and boards that were never
-- asked again would stay open for ever.
WITH listed AS (
    SELECT DISTINCT p.source FROM kept.panel p WHERE p.lifecycle = 'listing' AND {source}
),
days AS (
    SELECT c.day, sum(c.boards_covered)::BIGINT AS boards_covered, sum(c.boards_failed)::BIGINT AS boards_failed
    FROM kept.check_days c SEMI JOIN listed l ON l.source = c.source
    WHERE NOT c.is_past
    GROUP BY c.day
),
covered AS (SELECT day FROM days WHERE boards_covered > 0),
spans AS (
    SELECT p.opening_key, c.day AS start_day, coalesce(g.day, DATE '9999-12-31') AS end_day,
        bool_and(coalesce(s.first_seen <= f.first_covered, FALSE)) AS is_first_check
    FROM spells s
    JOIN postings p ON p.posting_key = s.posting_key AND p.lifecycle = 'listing' AND {selected}
        AND p.origin <> 'snapshot'
    ASOF JOIN covered c ON c.day >= s.first_seen
    ASOF LEFT JOIN covered g ON g.day >= s.gone_by
    LEFT JOIN kept.board_checks f ON f.source = p.source AND f.board = p.board
    WHERE g.day IS NULL OR g.day > c.day
    GROUP BY ALL
),
ordered AS (
    SELECT *, max(end_day) OVER (
        PARTITION BY opening_key ORDER BY start_day, end_day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS open_until
    FROM spans
),
islands AS (
    SELECT *, count(*) FILTER (WHERE open_until IS NULL OR start_day > open_until) OVER (
        PARTITION BY opening_key ORDER BY start_day, end_day ROWS UNBOUNDED PRECEDING
    ) AS island
    FROM ordered
),
stays AS (
    SELECT opening_key, min(start_day) AS start_day, max(end_day) AS end_day,
        bool_and(is_first_check) FILTER (WHERE open_until IS NULL OR start_day > open_until) AS is_first_check
    FROM islands GROUP BY opening_key, island
),
born AS (
    SELECT start_day AS day, count(*) AS n_new, count(*) FILTER (WHERE is_first_check) AS n_first_check
    FROM stays GROUP BY ALL
),
gone AS (SELECT end_day AS day, count(*) AS n_closed FROM stays GROUP BY ALL),
calendar AS (
    SELECT unnest(generate_series(min(day), max(day), INTERVAL 1 DAY))::DATE AS day FROM days
)
SELECT
    a.day,
    coalesce(n.n_new, 0) AS n_new,
    coalesce(n.n_first_check, 0) AS n_first_check,
    coalesce(g.n_closed, 0) AS n_closed,
    coalesce(d.boards_covered, 0) AS boards_covered,
    coalesce(d.boards_failed, 0) AS boards_failed
FROM calendar a
LEFT JOIN days d USING (day)
LEFT JOIN born n USING (day)
LEFT JOIN gone g USING (day)
ORDER BY a.day
