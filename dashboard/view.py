"""What one reader looks at: page, language, colours, selection and release, all read from the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboard.words import LANGUAGES, Words
from data.errors import SelectionError
from data.measures.selection import Selection
from data.release import Release

Params = Mapping[str, str | list[str]]

SCHEMES = ("light", "dark")
# The viewer's own parameters beside the filters: allowed values, or the greatest length of free text.
OWN: dict[str, tuple[str, ...] | int] = {
    "lang": tuple(LANGUAGES),
    "level": ("all", "required", "preferred", "mentioned"),
    "grain": ("month", "quarter", "year"),
    "search": 200,
    "posting": 600,
}
# Of them, those that mean something on one page only.
PAGE_ONLY = ("level", "grain", "search", "posting")


@dataclass(frozen=True, slots=True)
class View:
    """One page as one reader asked for it. `own` holds the parameters of OWN that were given."""

    path: str
    words: Words
    scheme: str
    selection: Selection
    own: Mapping[str, str]
    release: Release

    @property
    def lang(self) -> str:
        return self.words.lang

    def query(self, **changes: str | None) -> str:
        """The query string of this view with `changes` to its own parameters (None drops one)."""
        own = {name: value for name, value in (dict(self.own) | changes).items() if value is not None}
        return query_string(self.selection.to_params() | own)

    def link(self, path: str, **changes: str | None) -> str:
        """Address of another page with the same filters; what belongs to one page stays behind."""
        stay: dict[str, str | None] = dict.fromkeys(PAGE_ONLY)
        return path + self.query(**(stay | changes))


def query_string(params: Mapping[str, str]) -> str:
    """ "?a=1&b=2", or "" for no parameters."""
    return f"?{urlencode(params, safe=',:')}" if params else ""


def split_params(params: Params) -> tuple[dict[str, str], dict[str, str | list[str]]]:
    """The viewer's own parameters and the filters. Raises SelectionError that names a bad parameter."""
    own = {name: _own(name, value) for name, value in params.items() if name in OWN}
    return own, {name: value for name, value in params.items() if name not in OWN}


def _own(name: str, value: str | list[str]) -> str:
    allowed = OWN[name]
    if not isinstance(value, str):
        raise SelectionError("given_once", name=name, n=len(value))
    if isinstance(allowed, int):
        if len(value) > allowed:
            raise SelectionError("too_long", name=name, n=len(value), most=allowed)
        return value
    if value not in allowed:
        raise SelectionError("not_allowed", name=name, value=value[:40], allowed=", ".join(allowed))
    return value


def language_of(params: Params) -> str:
    """The language asked for; English where none, or none that exists, is."""
    lang = params.get("lang")
    return lang if isinstance(lang, str) and lang in LANGUAGES else "en"


def open_view(path: str, params: Params, scheme: str, release: Release) -> View:
    """The view an address stands for. Raises SelectionError that names the parameter at fault."""
    own, filters = split_params(params)
    return View(
        path=path,
        words=Words(language_of(own)),
        scheme=scheme if scheme in SCHEMES else SCHEMES[0],
        selection=Selection.from_params(filters, sources=source_ids(release)),
        own=own,
        release=release,
    )


def source_ids(release: Release) -> tuple[str, ...]:
    """Ids of the sources a release holds."""
    return tuple(source["id"] for source in release.manifest["sources"])
