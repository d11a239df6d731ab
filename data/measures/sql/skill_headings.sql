-- Question: what part of all mentions of skills, and of the openings, falls under each heading?
-- Grain: one row per kind (hard, soft) and heading; heading null for the mentions under none.
-- Parameters: the selection; ids of skills and, in the same order, their headings; the same for soft skills.
-- Columns: kind, heading, n_mentions (openings times skills), n_openings, n_employers (known), squares (sum over
--   clusters of their mentions squared), products (of those times all mentions of the cluster), n_all (openings
--   selected), n_clusters, sizes (sum over clusters of all their mentions squared). An opening of no known employer
--   is a cluster of its own.
WITH chosen AS MATERIALIZED (
    SELECT p.posting_key, p.opening_key, p.employer_key FROM postings p
    WHERE {selected} AND p.prompt_relation IS NOT NULL
),
openings AS MATERIALIZED (
    SELECT opening_key, min(employer_key) AS employer_key,
        coalesce('e:' || min(employer_key), 'o:' || opening_key) AS cluster
    FROM chosen GROUP BY opening_key
),
hard AS (SELECT unnest(?::VARCHAR[]) AS id, unnest(?::VARCHAR[]) AS heading),
soft_ids AS (SELECT unnest(?::VARCHAR[]) AS id, unnest(?::VARCHAR[]) AS heading),
mentions AS MATERIALIZED (
    SELECT DISTINCT 'hard' AS kind, h.heading, s.skill_id AS id, c.opening_key
    FROM skills s JOIN chosen c USING (posting_key) LEFT JOIN hard h ON h.id = s.skill_id
    UNION ALL
    SELECT DISTINCT 'soft', h.heading, s.soft, c.opening_key
    FROM soft s JOIN chosen c USING (posting_key) LEFT JOIN soft_ids h ON h.id = s.soft
),
sizes AS (SELECT o.cluster, count(*) AS m FROM mentions n JOIN openings o USING (opening_key) GROUP BY ALL),
by_cluster AS (
    SELECT n.kind, n.heading, o.cluster, any_value(o.employer_key) AS employer_key, count(*) AS k,
        count(DISTINCT n.opening_key) AS n_openings
    FROM mentions n JOIN openings o USING (opening_key) GROUP BY n.kind, n.heading, o.cluster
)
SELECT b.kind, b.heading, sum(b.k)::BIGINT AS n_mentions, sum(b.n_openings)::BIGINT AS n_openings,
    count(b.employer_key) AS n_employers, sum(b.k * b.k)::DOUBLE AS squares, sum(b.k * z.m)::DOUBLE AS products,
    (SELECT count(*) FROM openings) AS n_all, (SELECT count(*) FROM sizes) AS n_clusters,
    (SELECT sum(m * m) FROM sizes)::DOUBLE AS sizes
FROM by_cluster b JOIN sizes z USING (cluster)
GROUP BY b.kind, b.heading
ORDER BY ALL
