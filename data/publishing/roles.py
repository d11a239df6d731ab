"""Roles: the openings of one employer with one title and seniority, wherever the places are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.openings.spellings import normalise_title

if TYPE_CHECKING:
    import pyarrow as pa

UNSPECIFIED = "unspecified"
_READ = ("opening_key", "dated_on", "posting_key", "employer_key", "title", "place", "seniority")


def with_roles(postings: pa.Table) -> pa.Table:
    """`postings` (data.frames.POSTINGS) with role_key filled in for every row.

    Every posting of an opening has the role of its first one, so that roles never split openings. An opening whose
    employer or title is unknown is a role by itself, under its own key.
    """
    import pyarrow as pa

    frame = postings.select(list(_READ)).to_pandas()
    firsts = frame.sort_values(["opening_key", "dated_on", "posting_key"], na_position="last")
    firsts = firsts.drop_duplicates("opening_key").astype(object).where(lambda cells: cells.notna(), None)
    roles = {
        row.opening_key: role_key(row.opening_key, row.employer_key, row.title, row.place, row.seniority)
        for row in firsts.itertuples(index=False)
    }
    keys = pa.array([roles[key] for key in frame["opening_key"]], pa.string())
    return postings.set_column(postings.schema.names.index("role_key"), "role_key", keys)


def role_key(
    opening_key: str, employer_key: str | None, title: str | None, place: str | None, seniority: str | None
) -> str:
    """The role of an opening: employer, title without its place, seniority; else the opening's own key.

    >>> role_key("x:1", "acme", "Prompt Engineer (m/f) - Lyon", "Lyon", "senior")
    'acme | prompt engineer | senior'
    """
    plain = normalise_title(title, place)
    if employer_key is None or plain is None:
        return opening_key
    return f"{employer_key} | {plain} | {seniority or UNSPECIFIED}"
