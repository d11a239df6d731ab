-- Question: of the openings for which prompting is asked, how many are prompt-engineer jobs, how many others?
-- Grain: one row per period and group that has such an opening.
-- Columns: month (first day of the period), group_key (null where unknown), n_job, n_other, n_employers.
--   An opening counts once in a period: as a job where any of its adverts is one, in the group of its latest advert.
WITH openings AS (
    SELECT
        date_trunc('{grain}', p.month)::DATE AS month,
        p.opening_key,
        last({group} ORDER BY p.dated_on, p.posting_key) FILTER ({group} IS NOT NULL) AS group_key,
        max(p.employer_key) AS employer_key,
        bool_or({job}) AS is_job
    FROM postings p
    WHERE p.month IS NOT NULL AND p.prompt_relation IN ('title', 'core', 'required', 'preferred') AND {panel}
    GROUP BY 1, 2
)
SELECT month, group_key,
    count(*) FILTER (WHERE is_job) AS n_job,
    count(*) FILTER (WHERE NOT is_job) AS n_other,
    count(DISTINCT employer_key) AS n_employers
FROM openings
GROUP BY month, group_key
ORDER BY ALL
