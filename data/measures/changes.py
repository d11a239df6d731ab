"""Releases compared: what changed a number from one release to the next, and how often it was revised."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from data.measures.change_columns import CHANGES, FACTS
from data.measures.change_states import APART, WHYS, States, load_states
from data.measures.change_states import FACTS as STATED
from data.measures.coverage import Coverage, Figure, Measure, cover, made_on
from data.measures.revisions import revisions
from data.measures.selection import Selection
from data.measures.shape import from_rows

if TYPE_CHECKING:
    import pandas as pd

    from data.release import Release

__all__ = ["compare", "facts_changed", "names", "revisions"]
NOTE = (
    "Each cause is counted after those above it: another order would give some openings to another cause.",
    "Chaque cause est comptée après celles du dessus : un autre ordre attribuerait certains postes à une autre cause.",
)


def compare(before: Release, after: Release, selection: Selection) -> Measure:
    """Why a selection's numbers of adverts, openings and employers differ between two releases (columns CHANGES).

    The rows from `before` to `after` add up exactly, in each of the three units. Adverts are taken out and put in
    cause by cause, with the openings of `before`; then the openings of `after` take their place (split, merged:
    every opening that lies in k of the others counts k - 1 times); then come the new adverts. The coverage is
    that of `after`, its figure the change in openings.
    """
    states = load_states(before, after, selection)
    rows = list(_rows(states, before, after))
    coverage = _cover(after, selection)
    change = rows[-1]["openings"] - rows[0]["openings"]
    measure = replace(coverage, figure=Figure(change, "opening"), note=NOTE)
    return Measure("changes.compare", from_rows(CHANGES, rows), measure)


def facts_changed(before: Release, after: Release, selection: Selection) -> Measure:
    """Which facts of the adverts that both releases hold and either selects are others now, and why (columns FACTS)."""
    states = load_states(before, after, selection)
    first, last = states.before.loc[states.both], states.after.loc[states.both]
    chosen = first["is_selected"] | last["is_selected"]
    rows = [_fact_row(fact, chosen, first, last, states.why) for fact in (*STATED, *APART)]
    return Measure("changes.facts_changed", from_rows(FACTS, rows), _cover(after, selection))


@cache
def names(kind: str) -> dict[str, tuple[str, str]]:
    """(English, French) name of every cause or fact (`kind`), in their order."""
    text = (resources.files("data") / "reference" / "change_names.csv").read_text(encoding="utf-8")
    return {
        row["id"]: (row["en"], row["fr"]) for row in csv.DictReader(text.splitlines()) if row["kind"] == kind
    }


def _cover(release: Release, selection: Selection) -> Coverage:
    return cover(release, selection, method="changes")


def _fact_row(
    fact: str, chosen: pd.Series, first: pd.DataFrame, last: pd.DataFrame, why: pd.Series
) -> dict[str, Any]:
    differs = chosen & (first[f"fact_{fact}"] != last[f"fact_{fact}"])
    english, french = names("fact")[fact]
    row = {"fact": fact, "label_en": english, "label_fr": french}
    by_why = {f"n_{one}": int((differs & (why == one)).sum()) for one in WHYS}
    return row | {"n_both": int(chosen.sum()), "n_postings": int(differs.sum()), **by_why}


def _rows(states: States, before: Release, after: Release) -> Iterator[dict[str, Any]]:
    """The rows of CHANGES, each counted on what those before it left."""
    start = states.before.index[states.before["is_selected"]]
    yield _level("before", start, states.before, before)
    kept = start
    for cause, keys in _known(states):
        left = kept.difference(keys) if cause.startswith(("left", "withdrawn")) else kept.union(keys)
        yield _step(cause, keys, kept, left, states.before, _versions(cause, before, after))
        kept = left
    yield from _matched(kept, states, _versions("matching", before, after))
    for cause, keys in _added(states, before):
        more = kept.union(keys)
        sources = ", ".join(sorted(set(states.after.loc[keys, "source"]))) or None
        yield _step(cause, keys, kept, more, states.after, sources if cause == "new_source" else None)
        kept = more
    yield _level("after", kept, states.after, after)


def _known(states: States) -> Iterator[tuple[str, pd.Index]]:
    """The causes about adverts that `before` has, with the keys of the adverts."""
    both, why = states.both, states.why
    was, is_now = states.before.loc[both, "is_selected"], states.after.loc[both, "is_selected"]
    selected = states.before.index[states.before["is_selected"]]
    yield "withdrawn", selected.difference(both)
    for one in ("edited", "rules", "other"):
        # A selection of all roles takes unread adverts too: those it loses by their reading left by the rules.
        by_one = why.isin(("read", "rules")) if one == "rules" else why == one
        yield f"left_{one}", both[was & ~is_now & by_one]
    for one in WHYS:
        yield f"joined_{one}", both[~was & is_now & (why == one)]


def _added(states: States, before: Release) -> Iterator[tuple[str, pd.Index]]:
    """The causes about adverts that `before` does not have, with their keys."""
    import pandas as pd

    added = states.after.drop(states.both)
    added = added[added["is_selected"]]
    cards = before.manifest["sources"]  # also of sources that gave nothing yet
    is_known = added["source"].isin([card["id"] for card in cards if card["n_postings"]])
    is_late = added["dated_on"] < pd.Timestamp(made_on(before))
    yield "late", added.index[is_known & is_late]
    yield "new", added.index[is_known & ~is_late]
    yield "new_source", added.index[~is_known]


def _matched(kept: pd.Index, states: States, detail: str | None) -> Iterator[dict[str, Any]]:
    """The same adverts in the openings, and with the employers' names, of `after`."""
    import pandas as pd

    first, last = states.before.loc[kept], states.after.loc[kept]
    pairs = pd.DataFrame({"before": first["opening_key"], "after": last["opening_key"]})
    distinct = pairs.drop_duplicates()
    n_before, n_after = distinct["before"].nunique(), distinct["after"].nunique()
    spread = pairs.groupby("before")["after"].transform("nunique") > 1
    joined = pairs.groupby("after")["before"].transform("nunique") > 1
    named = _employers(last) - _employers(first)
    renamed = first["employer_key"].fillna("") != last["employer_key"].fillna("")
    for cause, concerned, openings, employers in (
        ("split", spread, len(distinct) - n_before, 0),
        ("merged", joined, n_after - len(distinct), 0),
        ("renamed", renamed, 0, named),
    ):
        n = int(concerned.sum())
        yield _row(cause, n, 0, openings, employers, detail if n else None)


def _step(
    cause: str, keys: pd.Index, kept: pd.Index, then: pd.Index, states: pd.DataFrame, detail: str | None
) -> dict[str, Any]:
    """The row of a cause that turns the adverts `kept` into `then`."""
    if not len(keys):
        return _row(cause, 0, 0, 0, 0, None)
    old, new = states.loc[kept], states.loc[then]
    openings = new["opening_key"].nunique() - old["opening_key"].nunique()
    return _row(cause, len(keys), len(then) - len(kept), openings, _employers(new) - _employers(old), detail)


def _level(cause: str, keys: pd.Index, states: pd.DataFrame, release: Release) -> dict[str, Any]:
    rows = states.loc[keys]
    made_at, rules, method = (release.manifest[n] for n in ("made_at", "rules_version", "method_version"))
    detail = f"{made_at}; rules_version {rules}; method_version {method}"
    return _row(cause, len(keys), len(keys), rows["opening_key"].nunique(), _employers(rows), detail)


def _row(
    cause: str, n: int, postings: int, openings: int, employers: int, detail: str | None
) -> dict[str, Any]:
    english, french = names("cause")[cause]
    row = {"cause": cause, "label_en": english, "label_fr": french, "n": n, "postings": postings}
    return row | {"openings": openings, "employers": employers, "detail": detail}


def _employers(rows: pd.DataFrame) -> int:
    return int(rows["employer_key"].nunique())


def _versions(cause: str, before: Release, after: Release) -> str | None:
    """The versions that differ and could be the cause."""
    name = "rules_version" if cause.endswith("_rules") else "method_version"
    old, new = before.manifest[name], after.manifest[name]
    return f"{name} {old} -> {new}" if old != new and not cause.endswith(("_read", "_edited")) else None
