"""US dollars per unit of a currency, by year: the only table that converts pay.

`reference/rates.csv` holds the arithmetic mean over a year's trading days of the daily cross rate, from
the European Central Bank's euro foreign exchange reference rates (basis `ecb_mean`, with the number of
days and the last of them); the running year rests on the days up to `last_day` (`ecb_mean_incomplete`).
Currencies tied to the dollar by law stand at their official parity (`official_peg`). A currency or year
that is not in the table is not converted.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from data.errors import ReferenceDataError

RATES = Path(__file__).parent / "reference" / "rates.csv"


@lru_cache(maxsize=4)
def load_rates(path: Path = RATES) -> dict[tuple[str, int], float]:
    """US dollars per unit by (ISO 4217 code, year). Raises ReferenceDataError naming the line."""
    rates: dict[tuple[str, int], float] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["currency"], int(row["year"]))
            value = float(row["usd_per_unit"])
            if value <= 0 or key in rates:
                raise ReferenceDataError(f"{path.name}: {key} is doubled or not above 0; correct the row.")
            rates[key] = value
    return rates
