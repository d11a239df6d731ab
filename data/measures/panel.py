"""The panel of the demand measures: sources observed as they come, not adverts picked by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.measures.coverage import Coverage, Withheld, cover
from data.measures.selection import Condition, Selection

if TYPE_CHECKING:
    from data.release import Release


def in_panel(release: Release, alias: str = "p") -> Condition:
    """The condition that a posting counts for demand: neither imported from a file nor from a picked sample.

    A sample of prompt-engineer adverts has no denominator, and the months it was picked in are its
    collector's choice: in a series it would look like growth.
    """
    samples = [card["id"] for card in release.manifest["sources"] if card.get("kind") == "import"]
    sql = f"{alias}.origin <> 'import'"
    if not samples:
        return sql, []
    return f"{sql} AND {alias}.source NOT IN ({', '.join('?' * len(samples))})", list(samples)


def panel_where(release: Release, selection: Selection) -> Condition:
    """The condition over alias p of a selection within the panel."""
    (sql, values), (panel, panel_values) = selection.where("p"), in_panel(release)
    return f"{sql} AND {panel}", [*values, *panel_values]


def cover_panel(release: Release, selection: Selection, *, method: str) -> Coverage:
    """The coverage of a selection within the panel; withheld where it holds picked adverts only."""
    coverage = cover(release, selection, method=method, only=in_panel(release))
    if coverage.n_postings:
        return coverage
    whole = cover(release, selection, method=method)
    return replace(whole, withheld=Withheld.SAMPLE) if whole.n_postings else coverage
