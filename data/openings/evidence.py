"""What an explanation of an opening needs: the postings from the release, their sketches from the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from data.errors import PromptjobsError
from data.openings.chains import Advert
from data.openings.decided import end_of
from data.release import Release
from data.resolve import Placed

if TYPE_CHECKING:
    from sqlalchemy import Engine

MOST = 2_000
"""Postings of one employer that are looked at: those nearest in time."""
_COLUMNS = (
    "posting_key", "opening_key", "opening_reason", "is_repost", "employer_key", "title", "seniority", "url",
    "place", "dated_on", "last_seen", "lifecycle", "source", "board",
)  # fmt: skip
_CHUNK = 500


class UnknownOpeningError(PromptjobsError):
    """No posting of the release answers to an id, or several do."""


def find_posting(release: Release, name: str) -> dict[str, Any]:
    """The posting (or the first of the opening) that `name` is the key of, or the one key that ends in it.

    Raises UnknownOpeningError.
    """
    rows = _rows(
        release, "posting_key = ? OR ends_with(posting_key, ?) ORDER BY posting_key LIMIT 6", [name, name]
    )
    exact = [row for row in rows if row["posting_key"] == name]
    found = exact or rows
    if len(found) == 1:
        return found[0]
    if not found:
        raise UnknownOpeningError(f"No posting of release {release.name} has the id {name}.")
    keys = ", ".join(row["posting_key"] for row in found[:5])
    raise UnknownOpeningError(
        f"{name} ends several ids ({keys}{', …' * (len(found) > 5)}): give more of one."
    )


def surroundings(release: Release, posting: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The posting's opening and the other postings of its employers, as rows of the release."""
    inside = _rows(release, "opening_key = ? ORDER BY dated_on, posting_key", [posting["opening_key"]])
    employers = sorted({row["employer_key"] for row in inside} - {None})
    near = (
        "list_contains(?, employer_key) AND opening_key <> ? ORDER BY abs(dated_on - ?), posting_key LIMIT ?"
    )
    others = _rows(release, near, [employers, posting["opening_key"], posting["dated_on"], MOST])
    return [*inside, *others]


def _rows(release: Release, where: str, params: Sequence[object]) -> list[dict[str, Any]]:
    import pandas as pd

    frame = release.query(f"SELECT {', '.join(_COLUMNS)} FROM postings WHERE {where}", params)
    plain = frame.astype(object).where(frame.notna(), None)
    return [
        {name: value.date() if isinstance(value, pd.Timestamp) else value for name, value in row.items()}
        for row in plain.to_dict("records")
    ]


def adverts(engine: Engine, rows: Sequence[Mapping[str, Any]]) -> list[Advert]:
    """The rows as adverts. Those the record does not hold (the starter archive's) have no sketch."""
    kept = _kept(engine, [row["posting_key"] for row in rows])
    return [_advert(row, *kept.get(row["posting_key"], (row["url"], None, b""))) for row in rows]


def _advert(row: Mapping[str, Any], url: str | None, requisition: str | None, sketch: bytes) -> Advert:
    return Advert(
        posting_key=row["posting_key"],
        start=row["dated_on"],
        end=end_of(row),
        employer_key=row["employer_key"],
        title=row["title"],
        seniority=row["seniority"],
        url=url or "",
        requisition_id=requisition,
        sketch=sketch,
        place=row["place"],
    )


def placements(rows: Sequence[Mapping[str, Any]]) -> dict[str, Placed]:
    """Where the release puts the postings."""
    return {
        row["posting_key"]: Placed(
            row["posting_key"], row["opening_key"], row["opening_reason"], bool(row["is_repost"])
        )
        for row in rows
    }


def _kept(engine: Engine, keys: Sequence[str]) -> dict[str, tuple[str, str | None, bytes]]:
    """(url, requisition id, sketch) by posting key, from the latest document of each posting."""
    from sqlalchemy import select, tuple_

    from data import tables as t

    p, s, c, f = t.postings.c, t.sightings.c, t.checks.c, t.facts.c
    query = (
        select(p.source, p.external_id, p.url, f.requisition_id, f.sketch)
        .join(t.sightings, s.posting_id == p.posting_id)
        .join(t.checks, c.check_id == s.check_id)
        .join(t.facts, f.document_id == s.document_id)
        .order_by(c.at, c.check_id)
    )
    found: dict[str, tuple[str, str | None, bytes]] = {}
    with engine.connect() as db:
        for start in range(0, len(keys), _CHUNK):
            wanted = [tuple(key.split(":", 1)) for key in keys[start : start + _CHUNK]]
            for source, external_id, *rest in db.execute(
                query.where(tuple_(p.source, p.external_id).in_(wanted))
            ):
                found[f"{source}:{external_id}"] = (rest[0], rest[1], rest[2])
    return found
