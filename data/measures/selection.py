"""What a chart or report is about: filters parsed strictly from a URL or the command line, and written as SQL."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from data.errors import SelectionError
from data.release import Scope
from data.schema import REMOTES, WORK_KINDS

# Role group -> (relations it takes, None = no condition; English label; French label).
ROLES: dict[str, tuple[tuple[str, ...] | None, str, str]] = {
    "role": (("title", "core"), "Prompt-engineer roles", "Postes de prompt engineer"),
    "title": (("title",), "Prompt engineer in the title", "Prompt engineer dans l'intitulé"),
    "core": (("core",), "Prompt work a main duty", "Prompting au cœur du poste"),
    "asks": (
        ("required", "preferred"),
        "Other roles that ask for prompting",
        "Autres postes qui le demandent",
    ),
    "any": (
        ("title", "core", "required", "preferred"),
        "Roles and other adverts that ask",
        "Postes et autres annonces qui le demandent",
    ),
    "mention": (
        ("title", "core", "required", "preferred", "mention"),
        "Every advert that names it",
        "Toute annonce qui le nomme",
    ),
    "all": (None, "All adverts", "Toutes les annonces"),
}
DEFAULT_ROLE = "role"
PARAMETERS: tuple[str, ...] = ("source", "role", "since", "until", "country", "remote", "work")
# State of a page that is no filter; it may stand in the same URL.
IGNORED: frozenset[str] = frozenset(
    {"lang", "theme", "posting", "level", "market", "skill", "unit", "grain", "search", "release", "tab"}
)

Condition = tuple[str, list[object]]
"""SQL with ? placeholders, and the values for them in order."""

COLUMNS: frozenset[str] = frozenset(
    {"source", "prompt_relation", "month", "countries", "remote", "work_kind", "origin", "lifecycle"}
)
"""Columns of postings by which kept.panel counts the market."""

_COLUMN = re.compile(r"\bp\.(\w+)")
_SOURCE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_MONTH = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Selection:
    """One choice of postings. Empty tuples and None mean no condition.

    `since` and `until` are first days of months, both inclusive. `country` matches any of an
    advert's countries. The denominator of a share drops `role` and keeps the rest (`panel`).
    """

    source: tuple[str, ...] = ()
    role: str = DEFAULT_ROLE
    since: date | None = None
    until: date | None = None
    country: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    work: tuple[str, ...] = ()

    @classmethod
    def from_params(
        cls, params: Mapping[str, str | list[str]], *, sources: Collection[str] | None = None
    ) -> Selection:
        """A selection from URL or command-line values (commas or lists for several).

        `sources`: ids that exist; without it any well-formed id passes. Raises SelectionError that
        names the parameter, the value and what is allowed. Names in IGNORED are left alone.
        """
        unknown = sorted(set(params) - set(PARAMETERS) - IGNORED)
        if unknown:
            raise SelectionError("no_filter", name=_shown(unknown[0]), allowed=", ".join(PARAMETERS))
        since, until = _month("since", params, 1), _month("until", params, 12)
        if since and until and since > until:
            raise SelectionError("order", since=since, until=until)
        return cls(
            source=_sources(params, sources),
            role=_role(params),
            since=since,
            until=until,
            country=_countries(params),
            remote=_choices("remote", params, REMOTES),
            work=_choices("work", params, WORK_KINDS),
        )

    def to_params(self) -> dict[str, str]:
        """The values that differ from the default, several joined by commas; months as YYYY-MM."""
        values = {
            "source": ",".join(self.source),
            "role": "" if self.role == DEFAULT_ROLE else self.role,
            "since": f"{self.since:%Y-%m}" if self.since else "",
            "until": f"{self.until:%Y-%m}" if self.until else "",
            "country": ",".join(self.country),
            "remote": ",".join(self.remote),
            "work": ",".join(self.work),
        }
        return {name: value for name, value in values.items() if value}

    def panel(self) -> Selection:
        """The same postings whatever their relation to prompting: the denominator of shares."""
        return replace(self, role="all")

    def relations(self) -> tuple[str, ...] | None:
        """The values of prompt_relation that the role takes; None for all. Raises SelectionError."""
        if self.role not in ROLES:
            raise SelectionError("not_allowed", name="role", value=self.role, allowed=", ".join(ROLES))
        return ROLES[self.role][0]

    @property
    def scope(self) -> Scope:
        """The scope of Release.query that holds every posting of the selection."""
        return Scope.ALL if self.relations() is None else Scope.NAMED

    def where(self, alias: str = "p") -> Condition:
        """(SQL condition with ? placeholders over `alias`, its values). `alias` is code, never input."""
        parts = [
            _one_of(f"{alias}.source", self.source),
            _one_of(f"{alias}.prompt_relation", self.relations()),
            _bound(f"{alias}.month >= ?", self.since),
            _bound(f"{alias}.month <= ?", self.until),
            _any_of(f"{alias}.countries", self.country),
            _one_of(f"{alias}.remote", self.remote),
            _one_of(f"{alias}.work_kind", self.work),
        ]
        given = [part for part in parts if part is not None]
        return " AND ".join(sql for sql, _ in given) or "TRUE", [v for _, values in given for v in values]


def in_columns(sql: str) -> bool:
    """Does a condition over alias p name no column but COLUMNS?"""
    return set(_COLUMN.findall(sql)) <= COLUMNS


def _one_of(column: str, values: tuple[str, ...] | None) -> Condition | None:
    if not values:
        return None
    return f"{column} IN ({', '.join('?' * len(values))})", list(values)


def _any_of(column: str, values: tuple[str, ...]) -> Condition | None:
    if not values:
        return None
    return f"list_has_any({column}, [{', '.join('?' * len(values))}])", list(values)


def _bound(sql: str, value: date | None) -> Condition | None:
    return None if value is None else (sql, [value])


def _values(name: str, params: Mapping[str, str | list[str]]) -> tuple[str, ...]:
    raw = params.get(name)
    parts: Iterable[str] = () if raw is None else raw.split(",") if isinstance(raw, str) else raw
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _choices(name: str, params: Mapping[str, str | list[str]], allowed: Collection[str]) -> tuple[str, ...]:
    values = _values(name, params)
    for value in values:
        if value not in allowed:
            raise SelectionError("not_allowed", name=name, value=_shown(value), allowed=", ".join(allowed))
    return values


def _role(params: Mapping[str, str | list[str]]) -> str:
    values = _choices("role", params, ROLES)
    if len(values) > 1:
        raise SelectionError("one_value", name="role", allowed=", ".join(ROLES))
    return values[0] if values else DEFAULT_ROLE


def _sources(params: Mapping[str, str | list[str]], known: Collection[str] | None) -> tuple[str, ...]:
    if known is not None:
        return _choices("source", params, sorted(known))
    values = _values("source", params)
    for value in values:
        if not _SOURCE.fullmatch(value):
            raise SelectionError("source", value=_shown(value))
    return values


def _countries(params: Mapping[str, str | list[str]]) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value.upper() for value in _values("country", params)))
    for value in values:
        if not _COUNTRY.fullmatch(value):
            raise SelectionError("country", value=_shown(value))
    return values


def _month(name: str, params: Mapping[str, str | list[str]], open_month: int) -> date | None:
    """First day of the month given as YYYY-MM (or a day in it); a bare year stands for `open_month`."""
    values = _values(name, params)
    if not values:
        return None
    found = _MONTH.fullmatch(values[0]) if len(values) == 1 else None
    if found is not None:
        year, month, day = int(found[1]), int(found[2] or open_month), int(found[3] or 1)
        try:
            return date(year, month, day).replace(day=1)
        except ValueError:
            pass
    raise SelectionError("month", name=name, value=_shown(",".join(values)))


def _shown(value: str) -> str:
    return value if len(value) <= 40 else value[:40] + "…"
