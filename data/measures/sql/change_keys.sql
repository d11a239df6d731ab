-- Question: which postings does a release select?
-- Grain: one row per posting.
-- Columns: posting_key.
SELECT p.posting_key FROM postings p WHERE {selected}
