-- Question: when were the selected postings listed, and how did each of their spells end?
-- Grain: one row per spell of a selected posting of a source whose listings we check.
-- Columns: opening, posting, employer (0 where unknown), board: hashes of their keys, which are quicker to group than
--   words; first_seen, last_seen, gone_by, stated_on: days since 1970 (gone_by 2000000 while open; stated_on -2000000
--   where the source states no day of publication); ending: 0 open, 1 vanished, 2 emptied, 3 board_gone.
-- Postings that only an archive of the web has shown are left out, as in the stock.
SELECT
    hash(p.opening_key) AS opening,
    hash(p.posting_key) AS posting,
    CASE WHEN p.employer_key IS NULL THEN 0 ELSE hash(p.employer_key) END AS employer,
    hash(p.source, p.board) AS board,
    s.first_seen - DATE '1970-01-01' AS first_seen,
    s.last_seen - DATE '1970-01-01' AS last_seen,
    coalesce(s.gone_by - DATE '1970-01-01', 2000000) AS gone_by,
    CASE WHEN p.posted_basis = 'stated' AND p.posted_on IS NOT NULL
        THEN p.posted_on - DATE '1970-01-01' ELSE -2000000 END AS stated_on,
    CASE WHEN s.gone_by IS NULL THEN 0 WHEN s.exit = 'emptied' THEN 2 WHEN s.exit = 'board_gone' THEN 3
        ELSE 1 END AS ending
FROM spells s
JOIN postings p ON p.posting_key = s.posting_key
WHERE p.lifecycle = 'listing' AND p.origin <> 'snapshot' AND {selected}
