-- Question: what does each advert of the synthetic market say?
-- Grain: one row per posting, in the order of posting_key.
-- Columns: those of the release's table postings. About a third state pay; titles, places and employers repeat as in
--   real adverts, so that the columns have real widths.
WITH placed AS (
    SELECT *, unnest([
        {'country': 'US', 'city': 'San Francisco', 'currency': 'USD', 'rate': 1.0},
        {'country': 'US', 'city': 'New York', 'currency': 'USD', 'rate': 1.0},
        {'country': 'GB', 'city': 'London', 'currency': 'GBP', 'rate': 1.28},
        {'country': 'FR', 'city': 'Paris', 'currency': 'EUR', 'rate': 1.1},
        {'country': 'DE', 'city': 'Berlin', 'currency': 'EUR', 'rate': 1.1},
        {'country': 'IN', 'city': 'Bengaluru', 'currency': 'INR', 'rate': 0.012},
        {'country': 'CA', 'city': 'Toronto', 'currency': 'CAD', 'rate': 0.74},
        {'country': 'NL', 'city': 'Amsterdam', 'currency': 'EUR', 'rate': 1.1},
        {'country': 'ES', 'city': 'Madrid', 'currency': 'EUR', 'rate': 1.1},
        {'country': 'PL', 'city': 'Warsaw', 'currency': 'PLN', 'rate': 0.25},
        {'country': 'AU', 'city': 'Sydney', 'currency': 'AUD', 'rate': 0.66},
        {'country': NULL, 'city': NULL, 'currency': NULL, 'rate': NULL}
    ][c]) FROM base
),
stated AS (
    SELECT *,
        u(o, 20) < 0.33 AND currency IS NOT NULL AS has_pay,
        CASE WHEN starts_with(kind, 'gig') THEN 'hour' WHEN u(o, 21) < 0.86 THEN 'year'
            WHEN u(o, 21) < 0.95 THEN 'hour' ELSE 'month' END AS period,
        CASE WHEN u(o, 22) < 0.75 THEN 'range' WHEN u(o, 22) < 0.9 THEN 'point'
            WHEN u(o, 22) < 0.96 THEN 'floor' ELSE 'ceiling' END AS bound,
        round(45000 * exp(0.9 * u(o, 23) + 0.6 * u(e, 24)), -3) AS usd,
        1 + 0.1 * floor(1 + 4 * u(o, 25)) AS spread
    FROM placed
),
paid AS (
    SELECT *, [8, 12, 2080, 1][list_position(['week', 'month', 'hour', 'year'], period)] AS per_year,
        CASE WHEN has_pay AND bound <> 'ceiling' THEN usd END AS usd_min,
        CASE WHEN has_pay AND bound = 'point' THEN usd WHEN has_pay AND bound <> 'floor' THEN usd * spread END
            AS usd_max
    FROM stated
)
SELECT
    posting_key, opening_key,
    CASE WHEN k = 0 THEN 'first' WHEN u(i, 30) < 0.5 THEN 'text' ELSE 'requisition' END AS opening_reason,
    k > 0 AND lifecycle = 'listing' AND u(i, 30) < 0.5 AS is_repost,
    CASE WHEN u(o, 31) >= 0.04 THEN 'employer number ' || e END AS employer_key,
    origin, source, board, lifecycle,
    'https://' || source || '.example.org/adverts/' || i AS url,
    CASE relation
        WHEN 'title' THEN ['Prompt Engineer', 'Senior Prompt Engineer', 'AI Prompt Designer'][1 + o % 3]
        ELSE ['Senior ', 'Junior ', 'Lead ', '', '', 'Staff '][1 + (o % 6)]
            || ['Software', 'Data', 'Sales', 'Marketing', 'Finance', 'Support', 'Machine Learning', 'Product',
                'Security', 'Platform', 'Legal', 'Care'][1 + (o // 6 % 12)]
            || [' Engineer', ' Manager', ' Analyst', ' Specialist', ' Associate'][1 + (o // 72 % 5)]
    END AS title,
    CASE WHEN u(o, 31) >= 0.04 THEN 'Employer Number ' || e || [' Inc.', '', ' GmbH', ' Ltd'][1 + (i % 4)] END
        AS company,
    CASE WHEN u(i, 32) < 0.95 THEN dated_on END AS posted_on,
    CASE WHEN u(i, 32) >= 0.95 THEN NULL WHEN source = 'hackernews' THEN 'thread' WHEN source = 'sample'
        THEN 'snapshot' ELSE 'stated' END AS posted_basis,
    first_seen, coalesce(second_last, last_seen) AS last_seen,
    CASE WHEN second_first IS NULL THEN gone_by ELSE second_gone END AS gone_by,
    CASE WHEN first_seen IS NOT NULL THEN 1 + (u(i, 33) < 0.1)::BIGINT END AS n_versions,
    CASE WHEN first_seen IS NOT NULL AND u(i, 33) < 0.1 THEN last_seen END AS changed_on,
    dated_on, date_trunc('month', dated_on)::DATE AS month,
    city, country,
    CASE WHEN country IS NULL THEN [] WHEN u(i, 34) < 0.08 AND country <> 'DE' THEN [country, 'DE']
        ELSE [country] END AS countries,
    city AS place,
    CASE WHEN u(o, 35) < 0.3 THEN 'remote' WHEN u(o, 35) < 0.5 THEN 'hybrid' WHEN u(o, 35) < 0.75 THEN 'onsite'
        ELSE 'unspecified' END AS remote,
    CASE country WHEN 'FR' THEN 'fr' WHEN 'DE' THEN 'de' ELSE 'en' END AS lang,
    relation AS prompt_relation, kind AS work_kind,
    ['intern', 'junior', 'mid', 'senior', 'lead', 'unspecified', 'unspecified'][1 + (o % 7)] AS seniority,
    ['required', 'preferred', 'not_mentioned'][1 + floor(3 * u(o, 36))::INTEGER] AS coding,
    ['required', 'preferred', 'not_mentioned'][1 + floor(3 * u(o, 37))::INTEGER] AS ml,
    CASE WHEN u(o, 38) < 0.5 THEN floor(1 + 8 * u(o, 39)) END AS years_min,
    ['none_stated', 'none_stated', 'bachelor', 'master', 'phd'][1 + floor(5 * u(o, 40))::INTEGER] AS degree,
    CASE WHEN u(o, 40) >= 0.4 THEN ['required', 'preferred'][1 + (o % 2)] END AS degree_level,
    [NULL, 'software', 'health care', 'law', 'finance', 'education', 'retail'][1 + floor(7 * u(e, 41))::INTEGER]
        AS domain,
    has_pay,
    usd_min / rate / per_year AS pay_min, usd_max / rate / per_year AS pay_max,
    CASE WHEN has_pay THEN currency END AS pay_currency, CASE WHEN has_pay THEN period END AS pay_period,
    CASE WHEN has_pay THEN bound END AS pay_bound,
    usd_min / rate AS pay_annual_min, usd_max / rate AS pay_annual_max,
    usd_min AS pay_usd_min, usd_max AS pay_usd_max,
    CASE WHEN has_pay THEN rate END AS pay_rate, CASE WHEN has_pay THEN dated_on END AS pay_rate_on,
    CASE WHEN u(o, 31) >= 0.04 THEN 'role ' || o // 2 ELSE 'role of ' || posting_key END AS role_key,
    'synthetic-1' AS rules_version
FROM paid
