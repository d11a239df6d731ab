"""What an import did, counted and in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from data.schema import Reject

SHOWN = 5
"""Reasons that are told at the end."""
_WORDS = 10_000


class Words(Counter[str]):
    """Words that were not known; a file in which nearly every word is new does not fill the memory."""

    def __setitem__(self, word: str, n: int) -> None:
        if word in self or len(self) < _WORDS:
            super().__setitem__(word, n)


@dataclass(slots=True)
class Imported:
    """What an import did, or would do: records read, postings new and reworded, records set aside by reason.

    `reasons`: field → number, first reason, first record; `unknown`: words that became None; `done_before`: the
    day and name of a file of the same content, where nothing was left to do.
    """

    n_records: int = 0
    n_new: int = 0
    n_changed: int = 0
    n_rejected: int = 0
    reasons: dict[str, tuple[int, str, int]] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Words)
    runs: list[str] = field(default_factory=list)
    done_before: str | None = None
    is_rehearsal: bool = False

    def count(self, number: int, reject: Reject) -> None:
        """Count record `number`, which was set aside."""
        n, reason, first = self.reasons.get(reject.field, (0, reject.reason, number))
        self.n_rejected, self.reasons[reject.field] = self.n_rejected + 1, (n + 1, reason, first)

    @property
    def some_words(self) -> dict[str, int]:
        """The commonest words that were not known."""
        return dict(self.unknown.most_common(50))

    def add(self, stats: Mapping[str, Any]) -> None:
        """Count a part that an earlier attempt has finished."""
        for name in ("n_records", "n_new", "n_rejected"):
            setattr(self, name, getattr(self, name) + stats[name])

    @property
    def sentences(self) -> list[str]:
        """The outcome in sentences: what came in, then the commonest reasons and unknown words."""
        if self.done_before:
            return [f"This content was imported before ({self.done_before}): nothing to do."]
        told = f"Read {self.n_records:,} records: {self.n_new:,} new postings, {self.n_changed:,} reworded"
        if self.is_rehearsal:
            told = f"Read {self.n_records:,} records and wrote none: {self.n_new:,} would be taken"
        reasons = sorted(self.reasons.values(), key=lambda reason: -reason[0])[:SHOWN]
        words = [f"{word} ({n:,} times)" for word, n in self.unknown.most_common(SHOWN)]
        return [
            f"{told}, {self.n_rejected:,} set aside.",
            *(f"  {n:,} because of {reason} (the first: record {first})" for n, reason, first in reasons),
            *([f"  Not known and left empty: {', '.join(words)}."] if words else []),
        ]

    def as_dict(self) -> dict[str, Any]:
        """The outcome as plain data."""
        reasons = [
            {"field": name, "n": n, "reason": reason, "first_record": first}
            for name, (n, reason, first) in sorted(self.reasons.items(), key=lambda item: -item[1][0])
        ]
        return asdict(self) | {"reasons": reasons, "unknown": dict(self.unknown)}
