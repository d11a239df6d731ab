"""The pay claims of claims.yml, read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from data.errors import ReferenceDataError


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: yearly pay from `low` to `high` in `currency`; label and source are (English, French)."""

    id: str
    low: int
    high: int
    currency: str
    year: int
    label: tuple[str, str]
    source: tuple[str, str]


@cache
def load_claims() -> tuple[Claim, ...]:
    """Every claim, in the file's order. Raises ReferenceDataError where a field is missing or senseless."""
    import yaml

    text = (resources.files("data") / "reference" / "claims.yml").read_text(encoding="utf-8")
    try:
        return tuple(_claim(row) for row in yaml.safe_load(text))
    except (KeyError, TypeError, ValueError) as error:
        raise ReferenceDataError(
            f"claims.yml: {error!r}; every claim needs the fields of the first."
        ) from error


def _claim(row: dict[str, object]) -> Claim:
    low, high, year = row["low"], row["high"], row["year"]
    if not (isinstance(low, int) and isinstance(high, int) and isinstance(year, int) and low <= high):
        raise ValueError(f"claim {row['id']!r}: low, high and year are whole numbers with low <= high")
    return Claim(
        id=str(row["id"]),
        low=low,
        high=high,
        currency=str(row["currency"]),
        year=year,
        label=_both(row["label"]),
        source=_both(row["source"]),
    )


def _both(value: object) -> tuple[str, str]:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no text in en and fr")
    return str(value["en"]), str(value["fr"])
