-- Question: when was each advert of a listing source up?
-- Grain: one row per posting and spell, in the order of posting_key.
-- Columns: those of the release's table spells.
WITH all_spells AS (
    SELECT i, posting_key, unnest([
        {'spell': 1, 'first_seen': first_seen, 'last_seen': last_seen, 'gone_by': gone_by},
        {'spell': 2, 'first_seen': second_first, 'last_seen': second_last, 'gone_by': second_gone}
    ], max_depth := 2)
    FROM base WHERE lifecycle = 'listing'
)
SELECT posting_key, spell, first_seen, last_seen, gone_by,
    CASE WHEN gone_by IS NULL THEN NULL WHEN u(i, 60) < 0.97 THEN 'vanished' ELSE 'emptied' END AS "exit"
FROM all_spells WHERE first_seen IS NOT NULL
