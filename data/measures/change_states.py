"""How two releases know the same adverts: selected or not, in which opening, and with which facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.measures.queries import load_query
from data.measures.selection import Condition, Selection
from data.release import Scope

if TYPE_CHECKING:
    import pandas as pd

    from data.release import Release

# Fact -> the columns of postings that state it; `skill` and `soft` have tables of their own.
FACTS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "employer": ("employer_key", "company"),
    "date": ("posted_on", "dated_on"),
    "place": ("city", "country", "countries", "place"),
    "remote": ("remote",),
    "lang": ("lang",),
    "prompt_relation": ("prompt_relation",),
    "work_kind": ("work_kind",),
    "seniority": ("seniority",),
    "coding": ("coding",),
    "ml": ("ml",),
    "years_min": ("years_min",),
    "degree": ("degree", "degree_level"),
    "domain": ("domain",),
    "pay": ("has_pay", "pay_min", "pay_max", "pay_currency", "pay_period", "pay_bound"),
    "converted": ("pay_annual_min", "pay_annual_max", "pay_usd_min", "pay_usd_max"),
    "opening": ("opening_key",),
}
APART = ("skill", "soft")
_WORDING = ("n_versions", "changed_on")

WHYS = ("read", "edited", "rules", "other")
"""Why a release knows an advert otherwise: it was waiting to be read; its wording, the rules, something else changed."""


@dataclass(frozen=True, slots=True)
class States:
    """The adverts either release selects, one row each by posting_key: as `before` and as `after` knows them.

    `before` and `after` hold those that each release has; `both` are the keys that both have, and `why` says for
    each of these what could have changed it (WHYS).
    """

    before: pd.DataFrame
    after: pd.DataFrame
    both: pd.Index
    why: pd.Series


def load_states(before: Release, after: Release, selection: Selection) -> States:
    """The states of every advert that `selection` takes in either release."""
    known = _columns(before) & _columns(after)
    keys = (
        None if selection.scope is Scope.ALL else sorted(_keys(before, selection) | _keys(after, selection))
    )
    first, last = (_states(release, selection, keys, known) for release in (before, after))
    both = first.index.intersection(last.index).sort_values()
    return States(first, last, both, _why(first.loc[both], last.loc[both]))


def _columns(release: Release) -> set[str]:
    return {column for table, column in release.stored if table == "postings"}


def _keys(release: Release, selection: Selection) -> set[str]:
    where, values = selection.where("p")
    sql = load_query("change_keys").replace("{selected}", where)
    return set(release.query(sql, values, scope=selection.scope)["posting_key"])


def _states(release: Release, selection: Selection, keys: list[str] | None, known: set[str]) -> pd.DataFrame:
    """The rows of change_states.sql by posting_key, in its order."""
    import pandas as pd

    if keys is None:
        return _read(release, selection, ("TRUE", []), known, Scope.ALL).sort_index()
    found = _read(release, selection, _among(keys), known, selection.scope)
    # Few: those the other release reads as naming prompting, and this one has not or reads otherwise.
    missing = sorted(set(keys).difference(found.index))
    if not missing:
        return found.sort_index()
    rest = _read(release, selection, _among(missing), known, Scope.ALL)
    return (pd.concat([found, rest]) if len(rest) else found).sort_index()


def _among(keys: list[str]) -> Condition:
    return "posting_key IN (SELECT unnest(?))", [keys]


def _read(
    release: Release, selection: Selection, among: Condition, known: set[str], scope: Scope
) -> pd.DataFrame:
    where, values = selection.where("p")
    sql = load_query("change_states").replace("{selected}", where).replace("{among}", among[0])
    sql = sql.replace("{facts}", _numbers(known))
    return release.query(sql, [*values, *among[1] * 3], scope=scope).set_index("posting_key")


def _numbers(known: set[str]) -> str:
    """SQL of one number per fact and one of the wording, over the columns that both releases have."""
    facts = {"wording": _WORDING, **FACTS}
    found = {fact: [f"p.{c}" for c in columns if c in known] for fact, columns in facts.items()}
    return ", ".join(f"hash({', '.join(c) or 'NULL'}) AS fact_{fact}" for fact, c in found.items())


def _why(first: pd.DataFrame, last: pd.DataFrame) -> pd.Series:
    import numpy as np
    import pandas as pd

    read = last["is_read"] & ~first["is_read"]
    edited = first["fact_wording"] != last["fact_wording"]
    rules = first["rules_version"].fillna("") != last["rules_version"].fillna("")
    return pd.Series(np.select([read, edited, rules], WHYS[:3], WHYS[3]), index=first.index, dtype=object)
