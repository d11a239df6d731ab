"""The user's decisions laid over what the rules found: exact, in the order they were made, and undone by leaving them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from data.openings.own import SPLIT, Decision
from data.resolve import FIRST, USER, Placed, Up, place

if TYPE_CHECKING:
    import pyarrow as pa

LISTING = "listing"
_READ = ("posting_key", "opening_key", "opening_reason", "dated_on", "last_seen", "lifecycle")
_WRITTEN = ("opening_key", "opening_reason", "is_repost")


@dataclass(slots=True)
class _Partition:
    """Openings as sets of posting keys; only those that decisions touch are looked at."""

    opening_of: dict[str, str]
    members: dict[str, set[str]]

    def follow(self, decision: Decision) -> None:
        if decision.kind == SPLIT:
            self._split(decision.posting)
        elif decision.other is not None:
            self._join(decision.posting, decision.other)

    def _split(self, posting: str) -> None:
        old = self.opening_of[posting]
        self.members[old].discard(posting)
        # Its own name may still be the name of those it left.
        self.opening_of[posting] = alone = f"{posting} alone"
        self.members[alone] = {posting}

    def _join(self, one: str, two: str) -> None:
        a, b = self.opening_of[one], self.opening_of[two]
        if a != b:
            moved = self.members.pop(b)
            self.members[a] |= moved
            self.opening_of |= dict.fromkeys(moved, a)


def follow(rows: Mapping[str, Mapping[str, Any]], chosen: Sequence[Decision]) -> list[Placed]:
    """Placements of the openings `chosen` touches. `rows` (by posting key) hold all of _READ of these openings.

    A decision about a posting that is not in `rows` waits until it is.
    """
    members: dict[str, set[str]] = {}
    for key, row in rows.items():
        members.setdefault(row["opening_key"], set()).add(key)
    parts = _Partition({key: row["opening_key"] for key, row in rows.items()}, members)
    for decision in chosen:
        if decision.about - {None} <= rows.keys():
            parts.follow(decision)
    return [one for keys in parts.members.values() if keys for one in _placed(rows, keys)]


def _placed(rows: Mapping[str, Mapping[str, Any]], keys: set[str]) -> list[Placed]:
    ordered = sorted((_up(rows[key]) for key in keys), key=lambda up: (up.start, up.posting_key))
    first = ordered[0].posting_key
    found = place(ordered, [first] * len(ordered), {})
    return [
        Placed(one.posting_key, first, _reason(rows[one.posting_key], first), one.is_repost) for one in found
    ]


def _reason(row: Mapping[str, Any], first: str) -> str:
    if row["posting_key"] == first:
        return FIRST
    reason: str = row["opening_reason"]
    return USER if reason == FIRST else reason


def _up(row: Mapping[str, Any]) -> Up:
    return Up(row["posting_key"], row["dated_on"], end_of(row))


def end_of(row: Mapping[str, Any]) -> date:
    """The last day a posting of a release is known to have been up."""
    start: date = row["dated_on"]
    seen: date | None = row["last_seen"]
    return max(start, seen) if row["lifecycle"] == LISTING and seen is not None else start


def with_decisions(postings: pa.Table, chosen: Sequence[Decision]) -> pa.Table:
    """The postings of a release (data.frames.POSTINGS), placed as the user decided."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not chosen:
        return postings
    named = pa.array(sorted({key for d in chosen for key in (d.posting, d.other) if key}), pa.string())
    openings = postings.filter(pc.is_in(postings["posting_key"], value_set=named))["opening_key"]
    touched = pc.is_in(postings["opening_key"], value_set=pc.unique(openings))
    rows = {row["posting_key"]: row for row in postings.filter(touched).select(_READ).to_pylist()}
    placed = {one.posting_key: one for one in follow(rows, chosen)}
    changed = [placed[key] for key in rows]
    values = ([p.opening_key for p in changed], [p.reason for p in changed], [p.is_repost for p in changed])
    for name, column in zip(_WRITTEN, values, strict=True):
        at = postings.schema.names.index(name)
        kind = postings.schema.field(name).type
        written = pc.replace_with_mask(
            postings[name].combine_chunks(), touched.combine_chunks(), pa.array(column, kind)
        )
        postings = postings.set_column(at, postings.schema.field(name), written)
    return postings
