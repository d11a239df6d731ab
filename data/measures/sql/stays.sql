-- Question: when was each opening (or advert, role, employer) up on each board, and on any board?
-- Grain: one row per stay: a time without a break in which a unit is up on one board (board_id), or on any (0).
-- Columns: board_id (from 1; 0: any board), start_day, end_day (days since 1970; the end is the first day without
--   it, null while it is up), first_board_id (the board on which the stay began).
-- Snapshots of the web archive are left out.
WITH spans AS (
    SELECT {key} AS unit_key, p.source, p.board, s.first_seen AS start_day,
        coalesce(s.gone_by, DATE '9999-12-31') AS end_day
    FROM spells s JOIN postings p ON p.posting_key = s.posting_key
    WHERE p.lifecycle = 'listing' AND p.origin <> 'snapshot' AND {key} IS NOT NULL AND {selected}
),
boards AS (
    SELECT source, board, row_number() OVER (ORDER BY source, board) AS board_id
    FROM (SELECT DISTINCT source, board FROM spans)
),
placed AS (
    SELECT unit_key, b.board_id, start_day, end_day FROM spans JOIN boards b USING (source, board)
),
-- Most units have one span, which is a stay as it is: only the others need be put in order.
several AS (SELECT unit_key FROM spans GROUP BY unit_key HAVING count(*) > 1),
laid AS (
    SELECT unit_key, board_id, board_id AS home, start_day, end_day FROM placed SEMI JOIN several USING (unit_key)
    UNION ALL
    SELECT unit_key, 0, board_id, start_day, end_day FROM placed SEMI JOIN several USING (unit_key)
),
-- Spans of the same days become one row: two windows may put rows that tie in two orders.
doubled AS (
    SELECT unit_key, board_id, start_day, end_day, min(home) AS home FROM laid GROUP BY ALL
),
ordered AS (
    SELECT *, max(end_day) OVER (
        PARTITION BY unit_key, board_id ORDER BY start_day, end_day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS up_until
    FROM doubled
),
islands AS (
    SELECT *, count(*) FILTER (WHERE up_until IS NULL OR start_day > up_until) OVER (
        PARTITION BY unit_key, board_id ORDER BY start_day, end_day ROWS UNBOUNDED PRECEDING
    ) AS island
    FROM ordered
),
single AS (SELECT board_id, start_day, end_day FROM placed ANTI JOIN several USING (unit_key)),
stays AS (
    SELECT board_id, min(start_day) AS start_day, max(end_day) AS end_day,
        first(home ORDER BY start_day, end_day, home) AS first_board_id
    FROM islands GROUP BY unit_key, board_id, island
    UNION ALL
    SELECT unnest([board_id, 0]), start_day, end_day, board_id FROM single
)
SELECT board_id, first_board_id,
    start_day - DATE '1970-01-01' AS start_day,
    nullif(end_day, DATE '9999-12-31') - DATE '1970-01-01' AS end_day
FROM stays
