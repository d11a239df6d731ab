-- Question: how many adverts that were read does each day have, by kind and by the time their board was observed?
-- Grain: one row per kind, observed time and day of the adverts.
-- Columns: kind (as in kept_kinds.sql), first_day, last_day (as in kept_board_spans.sql; null where the board was
--   never observed), dated_on, n_all.
SELECT k.kind, s.first_day, s.last_day, p.dated_on, count(p.prompt_relation) AS n_all
FROM main.postings p
JOIN kept.kinds k
    ON k.source = p.source AND k.lifecycle = p.lifecycle AND k.origin = p.origin
    AND k.countries IS NOT DISTINCT FROM p.countries AND k.remote IS NOT DISTINCT FROM p.remote
    AND k.work_kind IS NOT DISTINCT FROM p.work_kind
LEFT JOIN kept.board_spans s
    ON s.source = p.source AND s.board = CASE p.lifecycle WHEN 'listing' THEN p.board ELSE '' END
WHERE p.dated_on IS NOT NULL
GROUP BY ALL
