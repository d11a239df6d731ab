-- Question: how many adverts of the panel name each country, of the selection and of all that were read?
-- Grain: one row per country (null: none named) with an advert of the panel.
-- Columns: country, n_postings, n_openings, n_employers (of the selection, in the panel), n_read (all of the panel).
WITH ours AS (
    SELECT unnest(CASE WHEN len(p.countries) > 0 THEN p.countries ELSE [NULL] END) AS country,
        p.opening_key, p.employer_key
    FROM postings p WHERE {selected}
),
counts AS (
    SELECT country, count(*) AS n_postings, count(DISTINCT opening_key) AS n_openings,
        count(DISTINCT employer_key) AS n_employers
    FROM ours GROUP BY country
),
groups AS (
    SELECT p.countries, sum(p.n_postings) AS n FROM kept.panel p
    WHERE p.prompt_relation IS NOT NULL AND {panel} GROUP BY p.countries
),
totals AS (
    SELECT country, sum(n)::BIGINT AS n_read
    FROM (SELECT unnest(CASE WHEN len(countries) > 0 THEN countries ELSE [NULL] END) AS country, n FROM groups)
    GROUP BY country HAVING n_read > 0
)
SELECT t.country, coalesce(c.n_postings, 0) AS n_postings, coalesce(c.n_openings, 0) AS n_openings,
    coalesce(c.n_employers, 0) AS n_employers, t.n_read
FROM totals t LEFT JOIN counts c ON t.country IS NOT DISTINCT FROM c.country
