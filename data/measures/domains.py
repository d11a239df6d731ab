"""Domains: the fields (health care, law, ...) the openings are in, and where prompting is a job or a skill."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from data.measures.coverage import Measure, cover, withhold
from data.measures.partition import estimate, shares
from data.measures.queries import load_query
from data.measures.selection import Selection
from data.measures.shape import from_rows
from data.measures.who_columns import DOMAINS

if TYPE_CHECKING:
    from data.release import Release

UNKNOWN = ("Not clear", "Incertain")
NOTE = (
    "{unclear} of {n} openings have no clear domain; share_known takes them to be like the others.",
    "{unclear} postes sur {n} n'ont pas de domaine clair ; share_known les suppose semblables aux autres.",
)


def domains(release: Release, selection: Selection) -> Measure:
    """Openings by domain with shares, most first, those without a clear one last (columns DOMAINS).

    Every domain has a row, with a true 0 where none of the openings is in it.
    An opening is in the domain of its latest advert that has a clear one. role_share says whether the domain
    advertises prompt engineers or asks others for prompting; the selection's role does not apply to it.
    """
    cells = {row["domain"]: row for row in _cells(release, selection)}
    both = {row["domain"]: row for row in _cells(release, replace(selection, role="any"))}
    listed = dict.fromkeys([*cells, *both, *sorted(domain_labels()), None])
    ordered = sorted(listed, key=lambda name: name is None)
    rows = shares((cells.get(name) or _none(name) for name in ordered), key="domain")
    frame = from_rows(
        DOMAINS, [row | _labels(row["domain"]) | _role(both.get(row["domain"])) for row in rows]
    )
    english, french = (words.format(unclear=rows[-1]["n_openings"], n=rows[-1]["n_all"]) for words in NOTE)
    coverage = replace(cover(release, selection, method="domains"), note=(english, french))
    return Measure("employers.domains", frame, coverage)


@cache
def domain_labels() -> dict[str, tuple[str, str]]:
    """(English, French) name of every domain that adverts are read for."""
    text = (resources.files("data") / "reference" / "domains.csv").read_text(encoding="utf-8")
    return {row["domain"]: (row["en"], row["fr"]) for row in csv.DictReader(text.splitlines())}


def _cells(release: Release, selection: Selection) -> list[dict[str, Any]]:
    where, values = selection.where("p")
    sql = load_query("domain_openings").replace("{selected}", where)
    found = release.query(sql, values, scope=selection.scope).to_dict("records")
    return [row | {"domain": row["domain"] if isinstance(row["domain"], str) else None} for row in found]


def _none(domain: str | None) -> dict[str, Any]:
    return {"domain": domain, "n_openings": 0, "n_employers": 0}


def _labels(domain: str | None) -> dict[str, str]:
    english, french = UNKNOWN if domain is None else domain_labels().get(domain, (domain, domain))
    return {"label_en": english, "label_fr": french}


def _role(found: dict[str, Any] | None) -> dict[str, Any]:
    """The share of prompt engineers among the domain's openings that ask for prompting, or why not."""
    n_role, n_asks = (found["n_role"], found["n_asks"]) if found else (0, 0)
    n = n_role + n_asks
    reason = withhold("cell", n, found["n_employers"] if found else 0)
    values = estimate("role_share", n_role, n) if reason is None else estimate("role_share", 0, 0)
    return {"n_role": n_role, "n_asks": n_asks, **values, "role_withheld": reason}
