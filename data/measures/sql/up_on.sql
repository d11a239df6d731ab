-- Question: which adverts of the selection were up on a day?
-- Grain: one row per advert.
-- Columns: posting_key.
SELECT DISTINCT p.posting_key
FROM spells s JOIN postings p ON p.posting_key = s.posting_key
WHERE p.lifecycle = 'listing' AND p.origin <> 'snapshot' AND {selected}
    AND s.first_seen <= ? AND (s.gone_by IS NULL OR s.gone_by > ?)
