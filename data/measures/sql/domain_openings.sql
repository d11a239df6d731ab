-- Question: in which domains are the selected openings?
-- Grain: one row per domain; an opening stands in that of its latest advert with a clear one (null where none has).
-- Columns: domain, n_openings, n_employers (known), n_role, n_asks (openings with an advert for a prompt engineer, and
--   others with one that asks for prompting).
WITH openings AS (
    SELECT
        p.opening_key,
        arg_max(p.domain, (p.dated_on, p.posting_key)) FILTER (WHERE p.domain IS NOT NULL) AS domain,
        min(p.employer_key) AS employer,
        bool_or(p.prompt_relation IN ('title', 'core')) AS is_role,
        bool_or(p.prompt_relation IN ('required', 'preferred')) AS asks
    FROM postings p WHERE {selected}
    GROUP BY p.opening_key
)
SELECT
    domain,
    count(*) AS n_openings,
    count(DISTINCT employer) AS n_employers,
    count(*) FILTER (WHERE is_role) AS n_role,
    count(*) FILTER (WHERE asks AND NOT is_role) AS n_asks
FROM openings
GROUP BY domain
ORDER BY n_openings DESC, domain
