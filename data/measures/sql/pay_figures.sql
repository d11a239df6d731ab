-- Question: what does each opening of one market state as pay?
-- Grain: one row per opening, by its latest advert that states pay, else by its latest advert.
-- Columns: posting_key, dated_on, employer, is_paid, lower, upper (in the asked currency per year, or per hour for
--   gigs; null where not stated so).
SELECT unnest(arg_max(
    {
        'posting_key': p.posting_key, 'dated_on': p.dated_on, 'employer': p.employer_key, 'is_paid': p.has_pay,
        'lower': CASE WHEN p.has_pay THEN {lower} END, 'upper': CASE WHEN p.has_pay THEN {upper} END
    },
    (p.has_pay, p.dated_on, p.posting_key)
))
FROM postings p
WHERE {selected} AND {market}
GROUP BY p.opening_key
