"""The panel of the demand measures: sources observed as they come, not adverts picked by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.measures.coverage import Coverage, cover
from data.measures.reasons import Withheld
from data.measures.selection import Condition, Selection

if TYPE_CHECKING:
    from data.release import Release


def in_panel(release: Release, alias: str = "p") -> Condition:
    """The condition that a posting counts for demand: neither imported from a file nor from a picked sample.

    A sample of prompt-engineer adverts has no denominator, and the months it was picked in are its
    collector's choice: in a series it would look like growth.
    """
    sql, samples = _no_samples(release, alias)
    return f"{alias}.origin <> 'import' AND {sql}", samples


def _no_samples(release: Release, alias: str) -> Condition:
    samples = [card["id"] for card in release.manifest["sources"] if card.get("kind") == "import"]
    if not samples:
        return "TRUE", []
    return f"{alias}.source NOT IN ({', '.join('?' * len(samples))})", list(samples)


def sources_where(release: Release, selection: Selection, alias: str) -> Condition:
    """The condition over alias, a table of sources, that a source is selected and within the panel."""
    sql, values = Selection(source=selection.source, role="all").where(alias)
    panel, samples = _no_samples(release, alias)
    return f"{sql} AND {panel}", [*values, *samples]


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


TOGETHER = (
    "The intervals take openings as independent: where an employer puts up several at once, they are too narrow.",
    "Les intervalles tiennent les postes pour indépendants : si un employeur en publie plusieurs à la fois, ils sont trop "
    "étroits.",
)
"""What must be said beside intervals of counts and shares of openings (docs/validation.md)."""
