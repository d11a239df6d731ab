-- Question: which prompt-engineer openings did we see for the first time on the latest days?
-- Grain: one row per opening that a check of ours listed; the advert of it that was seen first stands for it.
-- Parameters: the relations that make a prompt-engineer role, the number of rows.
-- Columns: key, source, title, company, place, remote, url, first_seen, dated_on, quote (of the main pay),
--   pay_min, pay_max, pay_currency, pay_period (as stated).
WITH adverts AS (
    SELECT *, min(first_seen) OVER (PARTITION BY opening_key) AS opened,
        row_number() OVER (PARTITION BY opening_key ORDER BY first_seen NULLS LAST, posting_key) AS place_in_opening
    FROM postings
)
SELECT a.opening_key AS key, a.source, a.title, a.company, a.place, a.remote, a.url, a.opened AS first_seen,
    a.dated_on, s.quote, a.pay_min, a.pay_max, a.pay_currency, a.pay_period
FROM adverts a LEFT JOIN salaries s ON s.posting_key = a.posting_key AND s.is_main
WHERE a.place_in_opening = 1 AND a.opened IS NOT NULL AND list_contains(?, a.prompt_relation)
    AND (a.lifecycle = 'listing' OR a.dated_on >= a.opened - INTERVAL 45 DAY)
ORDER BY a.opened DESC, a.opening_key
LIMIT ?
