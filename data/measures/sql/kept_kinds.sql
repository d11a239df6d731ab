-- Question: which kinds of adverts are there, as far as filters tell them apart?
-- Grain: one row per combination of the filters' columns that occurs, months and the role apart.
-- Columns: kind (number), source, lifecycle, origin, countries, remote, work_kind (as in postings). A condition of
--   Selection.where without months and role holds here as it does over postings.
SELECT row_number() OVER () AS kind, *
FROM (SELECT DISTINCT source, lifecycle, origin, countries, remote, work_kind FROM main.postings)
