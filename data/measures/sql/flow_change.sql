-- Question: how does the flow of one month differ from that of another, at sources without listings?
-- Grain: one row per component that occurs.
-- Columns: component (market, boards_added, boards_lost: sources here; unchanged), n_gained (advertised in the second
--   month), n_lost (in the first); unchanged has the same units in both. The months are the first parameters.
-- A source is matched where it has adverts, of whatever role, in both months. A unit belongs to the market where any
-- matched source advertised it in its month.
WITH days AS (SELECT ?::DATE AS first_month, ?::DATE AS second_month),
sources AS (
    SELECT p.source, bool_or(p.month = d.first_month) AND bool_or(p.month = d.second_month) AS is_matched
    FROM main.postings p CROSS JOIN days d
    WHERE p.lifecycle = 'flow' AND {source} AND p.month IN (d.first_month, d.second_month)
    GROUP BY p.source
),
units AS (
    SELECT {key} AS unit_key,
        bool_or(p.month = d.first_month) AS is_first,
        bool_or(p.month = d.second_month) AS is_second,
        bool_or(s.is_matched) AS is_market
    FROM postings p CROSS JOIN days d JOIN sources s ON s.source = p.source
    WHERE p.lifecycle = 'flow' AND p.month IN (d.first_month, d.second_month) AND {key} IS NOT NULL AND {selected}
    GROUP BY unit_key
)
SELECT
    CASE
        WHEN is_first AND is_second THEN 'unchanged'
        WHEN is_market THEN 'market'
        WHEN is_second THEN 'boards_added'
        ELSE 'boards_lost'
    END AS component,
    count(*) FILTER (WHERE is_second) AS n_gained,
    count(*) FILTER (WHERE is_first) AS n_lost
FROM units
WHERE is_first OR is_second
GROUP BY ALL
