-- Question: what do the adverts of each opening say of themselves, beside when they were listed?
-- Grain: one row per opening of the selection at sources whose listings we check.
-- Columns: opening (hash of its key, as in lifetime_spells), opening_key, employer_key, title, url (of its latest
--   advert), sources (ids, sorted), n_postings, n_versions (most wordings of one advert), changed_on (of the latest
--   advert), stated_on (earliest day its sources state).
WITH openings AS (
    SELECT
        p.opening_key,
        max(p.employer_key) AS employer_key,
        list_sort(list(DISTINCT p.source)) AS sources,
        count(*) AS n_postings,
        max(p.n_versions) AS n_versions,
        min(p.posted_on) FILTER (WHERE p.posted_basis = 'stated') AS stated_on,
        max((p.last_seen, p.posting_key, p.title, p.url, coalesce(p.changed_on, p.first_seen))) AS latest
    FROM postings p
    WHERE p.lifecycle = 'listing' AND p.origin <> 'snapshot' AND {selected}
    GROUP BY p.opening_key
)
SELECT hash(opening_key) AS opening, * EXCLUDE (latest),
    latest[3] AS title, latest[4] AS url, latest[5] AS changed_on
FROM openings
