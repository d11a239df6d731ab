-- Question: how many roles does each period advertise?
-- Grain: one row per period that has one.
-- Columns: month (first day of the period), n_roles.
SELECT {period} AS month, count(DISTINCT p.role_key) AS n_roles
FROM postings p
WHERE p.month IS NOT NULL AND {selected}
GROUP BY 1
