-- Question: which openings and employers does the whole market hold, in a form small enough to be kept for any size?
-- Grain: one row per posting, in no order that matters.
-- Columns: kind (of kept.panel), opening, employer (null where unknown), has_pay. The keys are 64-bit hashes: among
--   six million openings two are taken for one once in a million releases, and a count is then one too small.
SELECT
    hash(month, source, lifecycle, origin, countries, remote, work_kind, prompt_relation) AS kind,
    hash(opening_key) AS opening,
    CASE WHEN employer_key IS NOT NULL THEN hash(employer_key) END AS employer,
    has_pay
FROM main.postings
