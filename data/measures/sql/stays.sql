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
    SELECT unit_key, b.board_id, b.board_id AS home, start_day, end_day FROM spans JOIN boards b USING (source, board)
    UNION ALL
    SELECT unit_key, 0, b.board_id, start_day, end_day FROM spans JOIN boards b USING (source, board)
),
ordered AS (
    SELECT *, max(end_day) OVER (
        PARTITION BY unit_key, board_id ORDER BY start_day, end_day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS up_until
    FROM placed
),
islands AS (
    SELECT *, count(*) FILTER (WHERE up_until IS NULL OR start_day > up_until) OVER (
        PARTITION BY unit_key, board_id ORDER BY start_day, end_day ROWS UNBOUNDED PRECEDING
    ) AS island
    FROM ordered
)
SELECT board_id,
    min(start_day) - DATE '1970-01-01' AS start_day,
    nullif(max(end_day), DATE '9999-12-31') - DATE '1970-01-01' AS end_day,
    first(home ORDER BY start_day, end_day, home) AS first_board_id
FROM islands
GROUP BY unit_key, board_id, island
