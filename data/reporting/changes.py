"""Reports about releases: what changed since the kept release before, and how numbers were revised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from data.frames import Column
from data.measures import change_columns, changes
from data.measures.coverage import Measure, cover
from data.measures.reasons import Withheld
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.release import Release, open_release, release_names
from data.reporting.report import Report

FOLLOWED = "demand-yearly"


@contextmanager
def earlier(release: Release, *, most: int) -> Iterator[list[Release]]:
    """The `most` latest kept releases made before `release`, oldest first; closed again at the end."""
    folder = release.path.parent
    names = [name for name in release_names(folder) if name < release.name][-most:]
    opened = [open_release(folder, name) for name in names]
    try:
        yield opened
    finally:
        for one in opened:
            one.close()


def _since(
    compared: Callable[[Release, Release, Selection], Measure], columns: tuple[Column, ...]
) -> Callable[[Release, Selection], Measure]:
    """`compared` against the kept release before; no rows, with the reason, where there is none."""

    def measure(release: Release, selection: Selection) -> Measure:
        with earlier(release, most=1) as before:
            if before:
                return compared(before[0], release, selection)
        coverage = replace(cover(release, selection, method="changes"), withheld=Withheld.NO_EARLIER)
        return Measure(f"changes.{compared.__name__}", from_rows(columns, []), coverage)

    return measure


def _revisions(release: Release, selection: Selection) -> Measure:
    with earlier(release, most=11) as before:
        return changes.revisions([*before, release], FOLLOWED, selection)


REPORTS: dict[str, Report] = {
    "changes": Report(
        (
            "What changed the numbers since the release before",
            "Ce qui a changé les nombres depuis la publication précédente",
        ),
        change_columns.CHANGES,
        _since(changes.compare, change_columns.CHANGES),
    ),
    "changed-facts": Report(
        (
            "Facts of adverts that differ from the release before",
            "Faits des annonces qui diffèrent de la publication précédente",
        ),
        change_columns.FACTS,
        _since(changes.facts_changed, change_columns.FACTS),
    ),
    "revisions": Report(
        ("Openings by year as each release gave them", "Postes par an selon chaque publication"),
        change_columns.REVISIONS,
        _revisions,
    ),
}
