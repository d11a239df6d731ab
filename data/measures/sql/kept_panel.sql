-- Question: how many adverts of every kind are there, for the denominators of shares?
-- Grain: one row per combination of the filters' columns that occurs.
-- Columns: month, source, lifecycle, origin, countries, remote, work_kind, prompt_relation (as in postings),
--   n_postings, kind (the combination as a number: a hash, as in kept_market.sql). A condition of Selection.where holds
--   here as it does over postings.
SELECT month, source, lifecycle, origin, countries, remote, work_kind, prompt_relation, count(*) AS n_postings,
    hash(month, source, lifecycle, origin, countries, remote, work_kind, prompt_relation) AS kind
FROM main.postings
GROUP BY ALL
