-- Question: how much does a selection of the whole market rest on? The same as coverage.sql, from what is kept of it.
-- Grain: one row.
-- Columns: as in coverage.sql. {selected} and {only} may name the columns of kept.panel, and no others.
SELECT
    count(*) AS n_postings,
    count(DISTINCT m.opening) AS n_openings,
    count(DISTINCT m.employer) AS n_employers,
    count(DISTINCT m.opening) FILTER (WHERE m.has_pay) AS n_paid,
    min(p.month) AS since,
    max(p.month) AS until,
    list_sort(list(DISTINCT p.source)) AS sources
FROM kept.market m JOIN kept.panel p ON p.kind = m.kind
WHERE {selected} AND {only}
