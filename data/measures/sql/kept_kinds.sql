-- Question: which kinds of adverts are there, as far as filters tell them apart?
-- Grain: one row per combination of the filters' columns that occurs, months and the role apart.
-- Columns: kind (the combination as a number: a hash, the same whenever it is worked out), source, lifecycle, origin, countries, remote, work_kind (as in postings). A condition of
--   Selection.where without months and role holds here as it does over postings.
SELECT hash(source, lifecycle, origin, countries, remote, work_kind) AS kind, *
FROM (SELECT DISTINCT source, lifecycle, origin, countries, remote, work_kind FROM main.postings)
