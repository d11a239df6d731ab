-- Question: which adverts state the figures, and where can they be read?
-- Grain: one row per opening that states a figure in the asked unit.
-- Columns: posting_key, opening_key, title, company, dated_on, lower, upper, url.
SELECT f.posting_key, p.opening_key, p.title, p.company, f.dated_on, f.lower, f.upper, p.url
FROM ({figures}) f JOIN postings p ON p.posting_key = f.posting_key
WHERE coalesce(f.lower, f.upper) IS NOT NULL
ORDER BY f.lower, f.upper, f.posting_key
