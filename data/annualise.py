"""Annualisation: what a year holds of each pay period. The only place where these factors are kept."""

PER_YEAR: dict[str, float] = {"year": 1.0, "month": 12.0, "week": 52.0, "day": 260.0, "hour": 2080.0}


# How many monthly salaries a year may hold; other numbers are slips ("sur 0 mois", "sur 6 mois").
MONTHS = (12.0, 16.0)


def annual(amount: float | None, period: str | None, *, months: float | None = None) -> float | None:
    """Return `amount` (per `period`) per year, in the same currency; None where it has no yearly value.

    `months` is the number of monthly salaries a year where the advert names one (13, 14). Projects and units of
    piecework have no yearly value: how many of them fill a year is unknown.
    """
    if amount is None or period not in PER_YEAR:
        return None
    has_months = period == "month" and months is not None and MONTHS[0] <= months <= MONTHS[1]
    return round(amount * (months if has_months and months is not None else PER_YEAR[period]), 2)
