-- Question: which words prove what the adverts that name prompting say?
-- Grain: one row per posting that names prompting and states pay.
-- Columns: those of the release's table evidence.
SELECT posting_key, 'pay' AS fact, '0' AS item, 120::BIGINT AS start, quote,
    'The pay of this role is ' AS before, ' and a bonus.' AS after, rule
FROM salaries JOIN (SELECT posting_key FROM base WHERE relation <> 'none') USING (posting_key)
WHERE is_main AND quote IS NOT NULL
ORDER BY posting_key
