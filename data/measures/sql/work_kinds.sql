-- Question: which kinds of work do the selected openings offer?
-- Grain: one row per kind; an opening stands in that of its latest advert that says (null where none does).
-- Columns: work_kind, n_openings, n_employers (known).
WITH openings AS (
    SELECT
        p.opening_key,
        arg_max(p.work_kind, (p.dated_on, p.posting_key)) FILTER (WHERE p.work_kind <> 'unclear') AS work_kind,
        min(p.employer_key) AS employer
    FROM postings p WHERE {selected}
    GROUP BY p.opening_key
)
SELECT work_kind, count(*) AS n_openings, count(DISTINCT employer) AS n_employers
FROM openings
GROUP BY work_kind
ORDER BY n_openings DESC, work_kind
