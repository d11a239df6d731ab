-- Question: which skills does each advert name?
-- Grain: one row per posting and skill, in the order of posting_key; 0 to 16 a posting, eight on average.
-- Variables: skill_ids, labels: the lexicon, as lists.
-- Columns: those of the release's table skills. The lexicon is dealt into sixteen hands; a posting draws at most one
--   skill of each, the first ones of a hand far more often (Zipf).
WITH hands AS (SELECT i, posting_key, origin, unnest(range(16)) AS j FROM base),
drawn AS (
    SELECT *, 1 + j + 16 * (floor(pow(len(getvariable('skill_ids')) // 16, u(i * 16 + j, 51)))::BIGINT - 1) AS rank
    FROM hands WHERE u(i * 16 + j, 50) < u(i, 52)
)
SELECT posting_key, getvariable('skill_ids')[rank] AS skill_id,
    CASE WHEN u(i * 16 + j, 53) < 0.4 THEN 'required' WHEN u(i * 16 + j, 53) < 0.6 THEN 'preferred'
        ELSE 'mentioned' END AS level,
    CASE WHEN origin <> 'archive' THEN getvariable('labels')[rank] END AS surface
FROM drawn
