-- Question: who advertises the selected openings?
-- Grain: one row per known employer.
-- Columns: employer_key, company (its latest spelling), n_openings, n_postings, first_month, last_month,
--   n_paid (openings that state pay), countries, sources (sorted lists).
SELECT
    p.employer_key,
    arg_max(p.company, p.dated_on) AS company,
    count(DISTINCT p.opening_key) AS n_openings,
    count(*) AS n_postings,
    min(p.month) AS first_month,
    max(p.month) AS last_month,
    count(DISTINCT p.opening_key) FILTER (WHERE p.has_pay) AS n_paid,
    coalesce(list_sort(list_distinct(flatten(list(p.countries)))), []) AS countries,
    list_sort(list(DISTINCT p.source)) AS sources
FROM postings p
WHERE p.employer_key IS NOT NULL AND {selected}
GROUP BY p.employer_key
ORDER BY n_openings DESC, n_postings DESC, p.employer_key
