-- Question: which pay figures does each advert state?
-- Grain: one row per figure, in the order of posting_key: the base pay, and for one advert in five a bonus beside it.
-- Columns: those of the release's table salaries. Reads the finished postings.
WITH figures AS (
    SELECT *, unnest(CASE WHEN hash(posting_key) % 5 = 0 THEN [0, 1] ELSE [0] END) AS position
    FROM postings WHERE has_pay
)
SELECT posting_key, position, position = 0 AS is_main,
    CASE position WHEN 0 THEN pay_min ELSE 5000 END AS min,
    CASE position WHEN 0 THEN pay_max ELSE 5000 END AS max,
    CASE position WHEN 0 THEN pay_annual_min ELSE 5000 END AS annual_min,
    CASE position WHEN 0 THEN pay_annual_max ELSE 5000 END AS annual_max,
    pay_currency AS currency,
    CASE position WHEN 0 THEN pay_period ELSE 'year' END AS period,
    CASE position WHEN 0 THEN 'base' ELSE 'bonus' END AS kind,
    CASE position WHEN 0 THEN pay_bound ELSE 'point' END AS bound,
    NULL AS flag, CASE position WHEN 0 THEN 'range' ELSE 'bonus' END AS rule,
    CASE WHEN origin = 'archive' THEN NULL
        WHEN position = 0 THEN pay_currency || ' ' || round(coalesce(pay_min, pay_max))::BIGINT
        ELSE 'a bonus of 5,000' END AS quote
FROM figures
