-- Question: in which countries are the selected openings?
-- Grain: one row per country; an opening stands in every country its adverts name, with a null one where they name none.
-- Columns: country, n_openings, n_shared (of them in several countries), n_employers (known, of these adverts).
WITH chosen AS MATERIALIZED (
    SELECT p.opening_key, p.employer_key, p.countries FROM postings p WHERE {selected}
),
named AS MATERIALIZED (
    SELECT opening_key, country, min(employer_key) AS employer
    FROM (SELECT opening_key, employer_key, unnest(countries) AS country FROM chosen)
    GROUP BY ALL
),
shared AS (SELECT opening_key FROM named GROUP BY opening_key HAVING count(*) > 1)
SELECT n.country, count(*) AS n_openings, count(s.opening_key) AS n_shared, count(DISTINCT n.employer) AS n_employers
FROM named n LEFT JOIN shared s USING (opening_key)
GROUP BY n.country
UNION ALL
SELECT NULL, count(DISTINCT c.opening_key), 0, count(DISTINCT c.employer_key)
FROM chosen c ANTI JOIN named n USING (opening_key)
