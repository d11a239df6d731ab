-- Question: what do invented people say they earn?
-- Grain: one row per person and year.
-- Columns: those of the release's table reported_pay.
SELECT 2020 + r % 6 AS year, CASE WHEN r % 100 = 0 THEN 'Prompt Engineer' ELSE 'Data Scientist' END AS title,
    ['EN', 'MI', 'SE', 'EX'][1 + r % 4] AS experience, 'FT' AS employment, 'US' AS country, 'USD' AS currency,
    50000 + floor(150000 * u(r, 90)) AS salary, 50000 + floor(150000 * u(r, 90)) AS salary_usd
FROM range(20000) t(r)
