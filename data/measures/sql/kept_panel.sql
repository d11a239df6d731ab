-- Question: how many adverts of every kind are there, for the denominators of shares?
-- Grain: one row per combination of the filters' columns that occurs.
-- Columns: month, source, lifecycle, origin, countries, remote, work_kind, prompt_relation (as in postings),
--   n_postings. A condition of Selection.where holds here as it does over postings.
SELECT month, source, lifecycle, origin, countries, remote, work_kind, prompt_relation, count(*) AS n_postings
FROM main.postings
GROUP BY ALL
