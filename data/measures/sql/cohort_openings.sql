-- Question: how many openings of the selection were advertised in each window, by cohort of boards and employer?
-- Grain: one row per cohort, window and employer (null: unknown) that has one.
-- Columns: first_window, last_window, win, employer_key, n (of adverts that were read, as in the panel). An opening counts once in a window, by its first advert.
WITH spans AS ({spans}),
firsts AS (
    SELECT s.first_window, s.last_window, {window} AS win, p.employer_key
    FROM postings p
    JOIN spans s ON s.source = p.source AND s.board = CASE p.lifecycle WHEN 'listing' THEN p.board ELSE '' END
    WHERE p.dated_on IS NOT NULL AND p.prompt_relation IS NOT NULL AND {selected} AND {window} BETWEEN s.first_window AND s.last_window
    QUALIFY row_number() OVER (PARTITION BY p.opening_key, {window} ORDER BY p.dated_on, p.posting_key) = 1
)
SELECT first_window, last_window, win, employer_key, count(*) AS n
FROM firsts
GROUP BY ALL
ORDER BY ALL
