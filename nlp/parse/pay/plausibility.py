"""Plausibility: flags figures that nobody is paid, with the rule that objects. Nothing is repaired."""

from data.annualise import annual
from nlp.parse.pay.currency import scale_of

YEAR_LOW, YEAR_HIGH = 600.0, 3_000_000.0
HOUR_LOW = 0.5
MAX_RATIO = 15.0
# US dollars per period that nobody is paid: a year's pay said to be a month's, a month's said to be a day's.
HIGHEST = {"month": 24_000.0, "week": 15_000.0, "day": 5_000.0, "hour": 1_000.0}


def flag(
    low: float | None, high: float | None, period: str | None, code: str | None, kind: str
) -> str | None:
    """Return the name of the rule that objects, or None. Amounts in `code` per `period`; bounds are US dollars a year."""
    if kind not in ("base", "ote"):
        return None
    if low and high and high > MAX_RATIO * low:
        return f"bounds more than {MAX_RATIO:.0f} to 1 apart"
    per_usd = scale_of(code).per_usd
    top = high if high is not None else low
    if top is not None and period in HIGHEST and top / per_usd > HIGHEST[period]:
        return f"above {HIGHEST[period]:.0f} USD per {period}"
    year_high, year_low = annual(high, period), annual(low if low else high, period)
    if year_high is not None and year_high / per_usd > YEAR_HIGH:
        return f"above {YEAR_HIGH:.0f} USD a year"
    floor = HOUR_LOW * 2080 if period == "hour" else YEAR_LOW
    if year_low is not None and year_low / per_usd < floor:
        return f"below {floor:.0f} USD a year"
    return None
