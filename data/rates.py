"""US dollars per unit of a currency on a day: the only tables that convert pay.

`reference/euro_rates.csv.gz` holds the European Central Bank's euro foreign exchange reference rates as published
(units per euro, one row a trading day; data/gather_rates.py made it). `reference/pegs.csv` holds currencies tied
to the dollar by law, at their official parity. A currency or day that neither holds is not converted.
"""

from __future__ import annotations

import csv
import gzip
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

from data.errors import ReferenceDataError

REFERENCE = Path(__file__).parent / "reference"
EURO_RATES = REFERENCE / "euro_rates.csv.gz"
PEGS = REFERENCE / "pegs.csv"

# Weekends and holidays: no two trading days of the table are further apart than five days.
CLOSED = timedelta(days=7)
# After the table's end its last rate serves this long. Ninety days move a main currency by 2 to 4 % on average, as
# much as the distance from a yearly mean; `Rate.on` says of which day it is.
AFTER_END = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Rate:
    """US dollars per unit of a currency, and the day the rate is of."""

    usd: float
    on: date


@dataclass(frozen=True, slots=True)
class _Series:
    days: tuple[date, ...]
    usd: tuple[float, ...]


@lru_cache(maxsize=100_000)
def rate_on(currency: str, day: date) -> Rate | None:
    """The rate of the last trading day up to `day`; None for an unknown currency or a day not covered.

    Not covered: before the table, over 7 days after a currency's last quotation in it (RUB from March 2022), over
    92 days after the table's end. Raises ReferenceDataError where a table cannot be read.
    """
    if currency == "USD":
        return Rate(1.0, day)
    peg = pegs().get(currency)
    if peg is not None:
        return Rate(peg.usd, day) if day >= peg.on else None
    series = euro_rates().get(currency)
    place = bisect_right(series.days, day) if series else 0
    if series is None or not place:
        return None
    on = series.days[place - 1]
    is_last = on == euro_rates()["EUR"].days[-1]
    return Rate(series.usd[place - 1], on) if day - on <= (AFTER_END if is_last else CLOSED) else None


@cache
def pegs(path: Path = PEGS) -> dict[str, Rate]:
    """Official parities by ISO 4217 code, each with the day since which it holds. Raises ReferenceDataError."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        return {r["currency"]: Rate(1 / float(r["per_usd"]), date.fromisoformat(r["since"])) for r in rows}
    except (KeyError, ValueError, ZeroDivisionError) as error:
        raise ReferenceDataError(f"{path.name}: {error!r}; correct the row.") from error


@cache
def euro_rates(path: Path = EURO_RATES) -> dict[str, _Series]:
    """Every currency's days and dollars per unit, by cross rate over the euro. Raises ReferenceDataError."""
    found: dict[str, tuple[list[date], list[float]]] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row.pop("day"))
            for currency, usd in _crossed(path, day, row):
                days, values = found.setdefault(currency, ([], []))
                days.append(day)
                values.append(usd)
    series = {currency: _Series(tuple(days), tuple(usd)) for currency, (days, usd) in found.items()}
    if any(list(one.days) != sorted(set(one.days)) for one in series.values()):
        raise ReferenceDataError(f"{path.name}: its days must ascend, each once.")
    return series


def _crossed(path: Path, day: date, row: dict[str, str]) -> list[tuple[str, float]]:
    """(currency, US dollars per unit) of one day, from units per euro."""
    try:
        per_euro = {currency: float(text) for currency, text in row.items() if text}
        usd = per_euro.pop("USD")
        return [("EUR", usd), *((currency, usd / units) for currency, units in per_euro.items())]
    except (KeyError, ValueError, ZeroDivisionError) as error:
        raise ReferenceDataError(f"{path.name}: {day}: {error!r}; make the table again.") from error
