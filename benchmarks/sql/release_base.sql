-- Question: which adverts does one source of the synthetic market hold, and what decides all else about each?
-- Grain: one row per posting of the source, in the order of posting_key. Parameter: source.
-- Columns: i (number), k (place in its opening), o (opening), e (employer), b (board), source, lifecycle, origin,
--   board, posting_key, opening_key, relation, kind (of work), c (place), dated_on, first_seen, last_seen, gone_by,
--   and of a second spell second_first, second_last, second_gone.
WITH drawn AS (
    SELECT i, (i - first_of(i))::INTEGER AS k, first_of(i) AS i0, opening_of(i) AS o,
        employer_of(opening_of(i)) AS e, board_of(opening_of(i)) AS b, $source AS source
    FROM range(getvariable('n')) t(i)
    WHERE source_of(i) = $source
),
placed AS (
    SELECT *, start_of(b) AS start_day,
        source IN ('greenhouse', 'lever', 'ashby', 'workday') AS is_listing,
        source IN ('greenhouse', 'lever') AND u(i, 5) < 0.004 AS is_snapshot
    FROM drawn
),
dated AS (
    SELECT *,
        CASE
            WHEN source = 'hackernews' THEN DATE '2019-01-01'
                + to_months(floor(90 * sqrt(u(o, 6)))::INTEGER) + to_days(floor(4 * u(i, 7))::INTEGER)
            WHEN source = 'sample' THEN DATE '2025-05-01' + floor(30 * u(i, 6))::INTEGER
            WHEN is_snapshot THEN DATE '2021-01-01' + floor(1270 * u(o, 6))::INTEGER
            WHEN source = 'francetravail' THEN least(getvariable('last_day'),
                DATE '2023-01-01' + (floor(1276 * u(o, 6)) + k * 40)::INTEGER)
            ELSE least(getvariable('last_day'), start_day - 60
                + (floor((getvariable('last_day') - start_day + 60) * u(o, 6)) + k * 40)::INTEGER)
        END::DATE AS dated_on
    FROM placed
),
seen AS (
    SELECT *,
        CASE WHEN source = 'sample' THEN NULL
            WHEN source = 'hackernews' AND dated_on < DATE '2026-06-01' THEN NULL
            WHEN is_listing AND NOT is_snapshot
                THEN least(getvariable('last_day'), greatest(dated_on + (u(i, 8) < 0.3)::INTEGER, start_day))
            ELSE dated_on END AS first_seen,
        1 + floor(-40 * ln(1 - u(i, 9)))::INTEGER AS days
    FROM dated
),
first_spell AS (
    SELECT *, least(getvariable('last_day'), first_seen + days) AS last_seen,
        CASE WHEN is_listing AND first_seen + days < getvariable('last_day')
            THEN least(getvariable('last_day'), first_seen + days + 1 + (u(i, 10) < 0.03)::INTEGER) END AS gone_by
    FROM seen
),
second_spell AS (
    SELECT *, CASE WHEN u(i, 11) < 0.06 AND gone_by + 60 < getvariable('last_day') AND NOT is_snapshot
        THEN gone_by + 8 + floor(50 * u(i, 12))::INTEGER END AS second_first
    FROM first_spell
)
SELECT i, k, o, e, b, source,
    CASE WHEN is_listing THEN 'listing' ELSE 'flow' END AS lifecycle,
    CASE WHEN source = 'sample' THEN 'import' WHEN is_snapshot THEN 'snapshot'
        WHEN first_seen IS NULL THEN 'archive' ELSE 'live' END AS origin,
    CASE WHEN source = 'hackernews' THEN strftime(dated_on, '%Y-%m') WHEN source = 'sample' THEN 'picked'
        WHEN source = 'francetravail' THEN 'search-' || (b % 40) ELSE 'employer-' || b END AS board,
    source || ':' || (40000000 + i)::VARCHAR AS posting_key, key_of(i0) AS opening_key,
    CASE WHEN source = 'sample' THEN 'title'
        WHEN u(o, 13) < 0.0015 THEN 'title' WHEN u(o, 13) < 0.0025 THEN 'core'
        WHEN u(o, 13) < 0.0065 THEN 'required' WHEN u(o, 13) < 0.0085 THEN 'preferred'
        WHEN u(o, 13) < 0.015 THEN 'mention' WHEN u(o, 13) < 0.997 THEN 'none' END AS relation,
    CASE WHEN u(o, 13) < 0.0025 AND u(o, 14) < 0.15 THEN 'gig_ai_training'
        WHEN u(o, 14) < 0.80 THEN 'payroll' WHEN u(o, 14) < 0.88 THEN 'contract'
        WHEN u(o, 14) < 0.885 THEN 'gig_content' WHEN u(o, 14) < 0.90 THEN 'gig_ai_training'
        ELSE 'unclear' END AS kind,
    CASE WHEN source = 'francetravail' THEN 4 ELSE floor(12 * pow(u(i, 15), 1.8))::INTEGER + 1 END AS c,
    dated_on, first_seen, last_seen, gone_by, second_first,
    CASE WHEN second_first IS NOT NULL THEN least(getvariable('last_day'), second_first + 1 + days // 2) END
        AS second_last,
    CASE WHEN second_first + 1 + days // 2 < getvariable('last_day') THEN second_first + 2 + days // 2 END
        AS second_gone
FROM second_spell
