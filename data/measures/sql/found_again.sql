-- Question: what does a release say of some adverts, whatever it makes of them?
-- Grain: one row per advert of the list that the release holds.
-- Columns: posting_key, unit_key, is_selected (the selection holds it), is_up (it was up on the day).
SELECT p.posting_key, {key} AS unit_key, ({selected}) AS is_selected,
    p.lifecycle = 'listing' AND p.origin <> 'snapshot' AND EXISTS (
        FROM main.spells s
        WHERE s.posting_key = p.posting_key AND s.first_seen <= ? AND (s.gone_by IS NULL OR s.gone_by > ?)
    ) AS is_up
FROM main.postings p
WHERE p.posting_key IN (SELECT unnest(?::VARCHAR[]))
