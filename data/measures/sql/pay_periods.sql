-- Question: in which units do the openings of one market state their pay, and what?
-- Grain: one row per stated period and currency (null where open).
-- Columns: n_paid, n_market (openings of the market), n_disclosed (of them stating pay), lower, upper (ascending lists
--   of the stated bounds), lower_groups, upper_groups (a number for the employer, where unknown for the opening),
--   lower_employers, upper_employers (known), lower_top, upper_top (openings of the employer with most).
WITH stated AS (
    SELECT *, md5_number_lower(coalesce('e' || employer, 'p' || posting_key)) AS side FROM ({figures})
),
market AS (SELECT count(*) AS n_market, count(*) FILTER (WHERE is_paid) AS n_disclosed FROM stated),
tops AS (
    SELECT stated_period, stated_currency,
        count(*) FILTER (WHERE n_lower > 0) AS lower_employers, max(n_lower) AS lower_top,
        count(*) FILTER (WHERE n_upper > 0) AS upper_employers, max(n_upper) AS upper_top
    FROM (
        SELECT stated_period, stated_currency, employer,
            count(stated_lower) AS n_lower, count(stated_upper) AS n_upper
        FROM stated WHERE is_paid AND employer IS NOT NULL GROUP BY ALL
    )
    GROUP BY ALL
),
units AS (
    SELECT stated_period, stated_currency, count(*) AS n_paid,
        coalesce(list(stated_lower ORDER BY stated_lower, posting_key) FILTER (WHERE stated_lower IS NOT NULL), [])
            AS lower,
        coalesce(list(stated_upper ORDER BY stated_upper, posting_key) FILTER (WHERE stated_upper IS NOT NULL), [])
            AS upper,
        coalesce(list(side ORDER BY stated_lower, posting_key) FILTER (WHERE stated_lower IS NOT NULL), [])
            AS lower_groups,
        coalesce(list(side ORDER BY stated_upper, posting_key) FILTER (WHERE stated_upper IS NOT NULL), [])
            AS upper_groups
    FROM stated WHERE is_paid GROUP BY ALL
)
SELECT u.stated_period AS period, u.stated_currency AS currency, u.* EXCLUDE (stated_period, stated_currency), m.*,
    coalesce(t.lower_employers, 0) AS lower_employers, coalesce(t.lower_top, 0) AS lower_top,
    coalesce(t.upper_employers, 0) AS upper_employers, coalesce(t.upper_top, 0) AS upper_top
FROM units u CROSS JOIN market m
LEFT JOIN tops t ON t.stated_period IS NOT DISTINCT FROM u.stated_period
    AND t.stated_currency IS NOT DISTINCT FROM u.stated_currency
ORDER BY u.n_paid DESC, period, currency NULLS LAST
