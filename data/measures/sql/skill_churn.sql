-- Question: how many openings of each period name each skill, and how are they spread over employers?
-- Grain: one row per period and skill named in it (by 5 openings or more in all periods), and one per period with skill_id '' for all its openings.
-- Columns: month (first day of the period), skill_id, n_openings, n_employers (known, naming it), n_clusters,
--   squares (sum over employers of the square of their openings naming it), products (sum of those times all their
--   openings of the period). Each opening without a known employer is a cluster of its own.
WITH chosen AS MATERIALIZED (
    SELECT p.posting_key, p.opening_key, p.employer_key, date_trunc('{grain}', p.month)::DATE AS month
    FROM postings p WHERE p.month IS NOT NULL AND {selected} AND p.prompt_relation IS NOT NULL
),
openings AS MATERIALIZED (
    SELECT month, opening_key, min(employer_key) AS employer_key,
        coalesce('e:' || min(employer_key), 'o:' || opening_key) AS cluster
    FROM chosen GROUP BY month, opening_key
),
sizes AS (
    SELECT month, cluster, any_value(employer_key) AS employer_key, count(*) AS n FROM openings GROUP BY month, cluster
),
pairs AS (
    SELECT DISTINCT c.month, s.skill_id, c.opening_key FROM skills s JOIN chosen c USING (posting_key)
),
named AS (
    SELECT n.month, n.skill_id, o.cluster, count(*) AS k
    FROM pairs n JOIN openings o ON o.month = n.month AND o.opening_key = n.opening_key
    GROUP BY ALL
),
frequent AS (SELECT skill_id FROM named GROUP BY skill_id HAVING sum(k) >= {least})
SELECT month, '' AS skill_id, sum(n)::BIGINT AS n_openings, count(employer_key) AS n_employers,
    count(*) AS n_clusters, sum(n * n)::DOUBLE AS squares, sum(n * n)::DOUBLE AS products
FROM sizes GROUP BY month
UNION ALL
SELECT n.month, n.skill_id, sum(n.k)::BIGINT, count(z.employer_key), count(*), sum(n.k * n.k)::DOUBLE,
    sum(n.k * z.n)::DOUBLE
FROM named n SEMI JOIN frequent f ON f.skill_id = n.skill_id JOIN sizes z ON z.month = n.month AND z.cluster = n.cluster
GROUP BY n.month, n.skill_id
ORDER BY month, skill_id
