-- Question: which openings (or adverts, roles, employers) came and went between two days, and on which boards?
-- Grain: one row per component that occurs.
-- Columns: component (market, boards_added, boards_lost, unchanged), n_gained (up on the second day), n_lost (up on the
--   first); unchanged has the same units in both. The two days are parameters in front of the selection's.
-- A board is matched where it was read by the first day and again after it, by the second. A unit that came belongs to
-- the market where any matched board listed it on the second day, one that went where any did on the first, unless
-- its end is that of the board itself (board_gone). Snapshots of the web archive are left out.
WITH days AS (SELECT ?::DATE AS first_day, ?::DATE AS second_day),
boards AS (
    SELECT b.source, b.board,
        b.first_day <= d.first_day AND b.last_day > d.first_day AND NOT EXISTS (
            SELECT 1 FROM kept.board_gaps g
            WHERE g.source = b.source AND g.board = b.board
                AND g.since <= d.first_day + 1 AND g.until >= d.second_day
        ) AS is_matched
    FROM kept.board_spans b CROSS JOIN days d
    WHERE b.lifecycle = 'listing'
),
up AS (
    SELECT {key} AS unit_key,
        coalesce(b.is_matched, FALSE) AS is_matched,
        s.first_seen <= d.first_day AND coalesce(s.gone_by > d.first_day, TRUE) AS is_first,
        s.first_seen <= d.second_day AND coalesce(s.gone_by > d.second_day, TRUE) AS is_second,
        coalesce(s.exit = 'board_gone' AND s.gone_by <= d.second_day, FALSE) AS is_board_gone
    FROM spells s
    JOIN postings p ON p.posting_key = s.posting_key
    CROSS JOIN days d
    LEFT JOIN boards b ON b.source = p.source AND b.board = p.board
    WHERE p.lifecycle = 'listing' AND p.origin <> 'snapshot' AND {key} IS NOT NULL AND {selected}
),
units AS (
    SELECT unit_key,
        bool_or(is_first) AS is_first, bool_or(is_second) AS is_second,
        bool_or(is_first AND is_matched AND NOT is_board_gone) AS is_market_first,
        bool_or(is_second AND is_matched) AS is_market_second
    FROM up GROUP BY unit_key
)
SELECT
    CASE
        WHEN is_first AND is_second THEN 'unchanged'
        WHEN is_second THEN CASE WHEN is_market_second THEN 'market' ELSE 'boards_added' END
        ELSE CASE WHEN is_market_first THEN 'market' ELSE 'boards_lost' END
    END AS component,
    count(*) FILTER (WHERE is_second) AS n_gained,
    count(*) FILTER (WHERE is_first) AS n_lost
FROM units
WHERE is_first OR is_second
GROUP BY ALL
