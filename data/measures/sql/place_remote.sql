-- Question: where is the work of the selected openings done: at home, at an office, both?
-- Grain: one row per period of the adverts and kind; an opening stands in each of its periods once, with what the latest
--   advert there says that says anything (null where none does).
-- Columns: period (first day of the month, quarter or year; null for all time), remote, n_openings, n_employers (known).
WITH openings AS (
    SELECT {period} AS period, p.opening_key, min(p.employer_key) AS employer,
        arg_max(p.remote, (p.dated_on, p.posting_key)) FILTER (WHERE p.remote <> 'unspecified') AS remote
    FROM postings p WHERE {dated} AND {selected}
    GROUP BY ALL
)
SELECT period, remote, count(*) AS n_openings, count(DISTINCT employer) AS n_employers
FROM openings
GROUP BY ALL
ORDER BY ALL
