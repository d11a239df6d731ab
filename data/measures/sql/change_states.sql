-- Question: how does a release know the postings that it or the other release selects?
-- Grain: one row per posting among those asked for.
-- Columns: posting_key, is_selected, is_read, opening_key, employer_key, source, dated_on, rules_version, and per fact
--   (and for the wording) a number fact_* that differs where the fact does.
SELECT
    p.posting_key,
    coalesce({selected}, false) AS is_selected,
    p.prompt_relation IS NOT NULL AS is_read,
    p.opening_key, p.employer_key, p.source, p.dated_on, p.rules_version,
    {facts},
    coalesce(k.fact, 0) AS fact_skill,
    coalesce(t.fact, 0) AS fact_soft
FROM (SELECT * FROM postings WHERE {among}) p
LEFT JOIN (
    SELECT posting_key, bit_xor(hash(skill_id, level)) AS fact FROM skills WHERE {among} GROUP BY ALL
) k USING (posting_key)
LEFT JOIN (SELECT posting_key, bit_xor(hash(soft)) AS fact FROM soft WHERE {among} GROUP BY ALL) t USING (posting_key)
