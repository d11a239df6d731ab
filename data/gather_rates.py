"""Writes reference/euro_rates.csv.gz from the file of all reference rates that the European Central Bank publishes.

`python -m data.gather_rates eurofxref-hist.csv` (the bank's file "Time series", unpacked).
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from pathlib import Path

from data.rates import EURO_RATES

FIRST = "2018-01-01"


def gather(source: Path, out: Path = EURO_RATES) -> int:
    """Write the days since FIRST, oldest first, of every currency quoted since; returns how many days."""
    with source.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Date"] >= FIRST]
    quoted = [name for name in rows[0] if name and name != "Date" and any(_rate(row, name) for row in rows)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["day", *quoted])
    for row in sorted(rows, key=lambda row: row["Date"]):
        writer.writerow([row["Date"], *(_rate(row, name) for name in quoted)])
    # Neither name nor time in the header: the same rates give the same bytes.
    out.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))
    return len(rows)


def _rate(row: dict[str, str], name: str) -> str:
    return "" if row[name] in ("", "N/A") else row[name]


if __name__ == "__main__":
    sys.stdout.write(f"{gather(Path(sys.argv[1]))} days\n")
