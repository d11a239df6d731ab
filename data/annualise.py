"""Annualisation: what a year holds of each pay period. The only place where these factors are kept."""

PER_YEAR: dict[str, float] = {"year": 1.0, "month": 12.0, "week": 52.0, "day": 260.0, "hour": 2080.0}


def annual(amount: float | None, period: str | None) -> float | None:
    """Return `amount` (per `period`) per year, in the same currency; None where it has no yearly value.

    Projects and units of piecework have none: how many of them fill a year is unknown.
    """
    if amount is None or period not in PER_YEAR:
        return None
    return round(amount * PER_YEAR[period], 2)
