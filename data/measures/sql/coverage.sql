-- Question: how much does a selection of postings rest on?
-- Grain: one row.
-- Columns: n_postings, n_openings, n_employers (known ones), n_paid (openings that state pay),
--   since, until (first and last month), sources (ids, sorted).
SELECT
    count(*) AS n_postings,
    count(DISTINCT p.opening_key) AS n_openings,
    count(DISTINCT p.employer_key) AS n_employers,
    count(DISTINCT p.opening_key) FILTER (WHERE p.has_pay) AS n_paid,
    min(p.month) AS since,
    max(p.month) AS until,
    list_sort(list(DISTINCT p.source)) AS sources
FROM postings p
WHERE {selected} AND {only}
