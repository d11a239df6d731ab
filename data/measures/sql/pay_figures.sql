-- Question: what does each opening of one market state as pay?
-- Grain: one row per opening, by its latest advert that states pay, else by its latest advert.
-- Columns: posting_key, dated_on, employer, is_paid, lower, upper (in the asked currency per year, or per hour for
--   gigs; null where not stated so); of the same advert: relation, country, place, city, work_kind, stated_period,
--   stated_currency, native_lower, native_upper (per year in stated_currency, per hour for gigs), stated_lower,
--   stated_upper (as stated).
SELECT
    p.posting_key, p.dated_on, p.employer_key AS employer, p.has_pay AS is_paid,
    CASE WHEN p.has_pay THEN {lower} END AS lower,
    CASE WHEN p.has_pay THEN {upper} END AS upper,
    p.prompt_relation AS relation, p.country, p.place, p.city, p.work_kind,
    p.pay_period AS stated_period, p.pay_currency AS stated_currency,
    {native_lower} AS native_lower, {native_upper} AS native_upper,
    p.pay_min AS stated_lower, p.pay_max AS stated_upper
FROM postings p
WHERE {selected} AND {market}
QUALIFY row_number() OVER (
    PARTITION BY p.opening_key ORDER BY p.has_pay DESC, p.dated_on DESC NULLS LAST, p.posting_key DESC
) = 1
