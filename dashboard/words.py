"""What the viewer says, in English and French: sentences from locales/, numbers and dates in the reader's way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from data import wording
from data.wording import HARD, NOTHING, is_missing

__all__ = ["LANGUAGES", "NOTHING", "Words", "is_missing", "load_locale"]

LANGUAGES: dict[str, str] = {"en": "English", "fr": "Français"}
LOCALES = Path(__file__).parent / "locales"


@cache
def load_locale(lang: str) -> dict[str, str]:
    """Every phrase of one language: dotted key -> phrase with {placeholders}."""
    tree = yaml.safe_load((LOCALES / f"{lang}.yml").read_text(encoding="utf-8"))
    return dict(_flatten(tree, ""))


def _flatten(tree: dict[str, object], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in tree.items():
        if isinstance(value, dict):
            found += _flatten(value, f"{prefix}{key}.")
        else:
            found.append((f"{prefix}{key}", str(value)))
    return found


@dataclass(frozen=True, slots=True)
class Words:
    """The voice of one language. Calling it gives a phrase; a missing key is a KeyError, never a blank."""

    lang: str

    def __call__(self, key: str, /, **values: object) -> str:
        phrase = load_locale(self.lang)[key]
        return phrase.format(**values) if values else phrase

    def has(self, key: str) -> bool:
        return key in load_locale(self.lang)

    def source(self, entry: Mapping[str, Any]) -> str:
        """Name of a source of the manifest, or of a row about one."""
        return str(entry["label_fr" if self.lang == "fr" else "label"])

    def count(self, unit: str, n: float) -> str:
        """`n` with its unit, e.g. "1 opening", "2,310 openings"; French has zero in the singular."""
        single = n < 2 if self.lang == "fr" else n == 1
        return self(f"unit.{unit}.{'one' if single else 'many'}", n=self.number(n))

    def number(self, value: float | None, digits: int = 0) -> str:
        return wording.number(value, self.lang, digits)

    def percent(self, share: float | None, digits: int = 0) -> str:
        return wording.percent(share, self.lang, digits)

    def money(self, value: float | None, currency: str | None = "USD") -> str:
        return wording.money(value, self.lang, currency)

    def month(self, day: date | None) -> str:
        return wording.month(day, self.lang)

    def day(self, day: date | None) -> str:
        if day is None or is_missing(day):
            return NOTHING
        return f"{day.day} {self.month(day)}"

    def span(self, since: date | None, until: date | None) -> str:
        """A period, month to month."""
        if is_missing(since) or is_missing(until):
            return NOTHING
        return self.month(since) if since == until else f"{self.month(since)}{HARD}– {self.month(until)}"

    def period(self, start: date, grain: str) -> str:
        """A period of a series by its first day: "Mar 2024", "Q1 2024" (T1 in French), "2024"."""
        if grain == "year":
            return str(start.year)
        if grain == "quarter":
            return f"{'T' if self.lang == 'fr' else 'Q'}{(start.month + 2) // 3} {start.year}"
        return self.month(start)
