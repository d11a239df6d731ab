"""One spelling for one title and for one address, so that the same advert is known in another dress."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NOT_WORD = re.compile(r"[^\w+#]+")
# A number of the posting's own, such as "JR-104233" or "Ref. 2291"; a year alone is part of the title.
_NUMBER = re.compile(
    r"\b(?:(?:ref|réf|req|requisition|job id)\b[\s.:#°-]*(?:[a-z]{1,4}-?)?\d{3,}"
    r"|(?!(?:19|20)\d\d\b)(?:[a-z]{1,4}-?)?\d{4,})\b"
)
_PLACE_PARTS = re.compile(r"[;,/|()]|\s[-–—]\s")
# Shorter names of places ("IT", "US") are words of titles too.
_MIN_PLACE = 3
# Says where a reader came from, not which job it is.
_TRACKING = re.compile(
    r"^(utm_.*|gh_src|lever-(source|origin).*|source|src|ref|referrer|trk|fbclid|gclid|t)$"
)
_APPLY = re.compile(r"/(apply|application|candidature)$")
# What nearly all addresses look like; taken apart ten times faster than by urlsplit.
_PLAIN_URL = re.compile(
    r"https?://(?P<host>[a-z0-9.-]+)(?P<path>/[^?#\s\\]*)?(?:\?(?P<query>[^#\s]*))?(?:#\S*)?\Z"
)
_SAME_HOST = {"job-boards.greenhouse.io": "boards.greenhouse.io"}
_KEPT = 100_000


@lru_cache(_KEPT)
def normalise_title(title: str | None, place: str | None = None) -> str | None:
    """The title without case, brackets ("(m/w/d)"), punctuation, a number of the posting's own and its `place`.

    `place` is the place as stated, several separated by "; ". None where nothing is left.

    >>> normalise_title("Prompt Engineer (f/m/x) – Lyon! JR-104233", "69 - Lyon 3e")
    'prompt engineer'
    """
    if title is None:
        return None
    plain = _folded(_NUMBER.sub(" ", _BRACKETS.sub(" ", unicodedata.normalize("NFKC", title).casefold())))
    for name in _places(place) if place else ():
        stripped = " ".join(f" {plain} ".replace(f" {name} ", " ").split())
        plain = stripped or plain
    return plain or None


def _folded(text: str) -> str:
    return " ".join(_NOT_WORD.sub(" ", text).split())


@lru_cache(_KEPT)
def _places(place: str) -> tuple[str, ...]:
    """The names in a stated place, longest first: "75 - Paris 1er Arrondissement" holds "paris"."""
    names: set[str] = set()
    for part in _PLACE_PARTS.split(unicodedata.normalize("NFKC", place).casefold()):
        words = _folded(part).split()
        numbered = [i for i, word in enumerate(words) if any(c.isdigit() for c in word)]
        names |= {" ".join(words), " ".join(words[: numbered[0]] if numbered else words)}
    return tuple(sorted((name for name in names if len(name) >= _MIN_PLACE), key=lambda n: (-len(n), n)))


def canonical_url(url: str) -> str | None:
    """The address of one advert without scheme, www, tracking and "/apply"; None for a bare site.

    >>> canonical_url("https://www.job-boards.greenhouse.io/acme/jobs/7?utm_source=x#app")
    'boards.greenhouse.io/acme/jobs/7'
    """
    found = _PLAIN_URL.match(url)
    if found is not None:
        host, path, asked = found["host"], found["path"] or "", found["query"] or ""
    else:
        try:
            parts = urlsplit(url)
        except ValueError:  # such as a broken IPv6 host
            return None
        host, path, asked = parts.hostname or "", parts.path, parts.query
    host = host.removeprefix("www.")
    path = _APPLY.sub("", path.rstrip("/"))
    pairs = asked.split("&") if asked else []
    query = sorted(pair for pair in pairs if pair and not _TRACKING.match(pair.partition("=")[0].lower()))
    if not path and not query:
        return None
    return _SAME_HOST.get(host, host) + path + (f"?{'&'.join(query)}" if query else "")
