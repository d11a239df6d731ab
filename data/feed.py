"""The Atom feed (RFC 4287) of new prompt-engineer openings, made purely from a release."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from data.feed_openings import Opening, newest_openings
from data.visible import HIDDEN, visible

if TYPE_CHECKING:
    from data.release import Release

ATOM = "http://www.w3.org/2005/Atom"
VERSION = 1
"""Changes when the same release gives other bytes: part of the feed's ETag."""
_TAG = "tag:promptjobs.invalid,2026:"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_WORDS = {
    "en": {
        "title": "New prompt-engineer openings",
        "subtitle": "The newest openings seen by this tracker, with the pay they state in their own words.",
        "untitled": "Opening without a title",
        "employer": "Employer", "place": "Place", "pay": "Pay", "unknown": "not stated", "via": "Source",
        "dated": "Advertised on", "remote": "remote", "hybrid": "hybrid", "onsite": "on site",
        "colon": ": ", "said": "“{}”",
        "rights": "Facts, links and short quotes only; the adverts' texts stay their authors'.",
    },
    "fr": {
        "title": "Nouveaux postes de prompt engineer",
        "subtitle": "Les derniers postes vus par ce suivi, avec la rémunération qu'ils indiquent, dans leurs mots.",
        "untitled": "Poste sans intitulé",
        "employer": "Employeur", "place": "Lieu", "pay": "Rémunération", "unknown": "non indiquée", "via": "Source",
        "dated": "Annoncé le", "remote": "à distance", "hybrid": "hybride", "onsite": "sur site",
        "colon": "\u00a0: ", "said": "« {} »",
        "rights": "Faits, liens et courtes citations seulement ; les textes restent à leurs auteurs.",
    },
}  # fmt: skip


def feed_tag(release: Release, lang: str) -> str:
    """What changes exactly when the feed's bytes may: an ETag's value without quotes."""
    return f"{release.manifest['content_hash'][:32]}-{lang}-{VERSION}"


def atom_feed(release: Release, lang: str, *, address: str | None = None) -> bytes:
    """The feed in a language (en or fr) as UTF-8 XML; `address` is where it is served, if anywhere.

    The ids of feed and entries are the same in every release and at every address; an entry's `updated` is the day
    its opening was first seen.
    """
    from lxml import etree

    words, openings = _WORDS[lang], newest_openings(release)
    feed = etree.Element(f"{{{ATOM}}}feed", {_XML_LANG: lang}, nsmap={None: ATOM})
    _add(feed, "id", f"{_TAG}openings:{lang}")
    _add(feed, "title", words["title"])
    _add(feed, "subtitle", words["subtitle"])
    made = str(release.manifest["made_at"]).rstrip("Z") + "Z"
    _add(feed, "updated", _moment(openings[0].first_seen) if openings else made)
    if address:
        _add(feed, "link", rel="self", type="application/atom+xml", href=address)
    _add(_add(feed, "author"), "name", "promptjobs")
    _add(feed, "generator", f"promptjobs, release {release.name}")
    _add(feed, "rights", words["rights"])
    sources = {entry["id"]: entry for entry in release.manifest["sources"]}
    for opening in openings:
        _add_entry(feed, opening, sources[opening.source], lang)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _add_entry(feed: Any, opening: Opening, source: Mapping[str, Any], lang: str) -> None:
    words, entry = _WORDS[lang], _add(feed, "entry")
    label = visible(source["label_fr" if lang == "fr" else "label"], 200)
    _add(entry, "id", f"{_TAG}opening:{quote(opening.key, safe='')}")
    _add(entry, "title", headline(opening, lang))
    _add(entry, "updated", _moment(opening.first_seen))
    _add(entry, "published", _moment(opening.dated_on))
    if opening.url and is_web_address(opening.url):
        _add(entry, "link", rel="alternate", href=opening.url)
    _add(_add(entry, "author"), "name", visible(opening.company, 200) or label)
    facts = [("employer", visible(opening.company, 200)), ("place", _place(opening, words))]
    facts += [("pay", stated_pay(opening, lang)), ("dated", opening.dated_on.isoformat()), ("via", label)]
    lines = [f"{words[name]}{words['colon']}{text}" for name, text in facts if text]
    _add(entry, "content", "\n".join(lines), type="text")
    attribution = source["attribution"]
    _add(entry, "rights", attribution[lang] if isinstance(attribution, Mapping) else attribution)


def headline(opening: Opening, lang: str) -> str:
    """Title and employer in a line."""
    title = visible(opening.title, 200) or _WORDS[lang]["untitled"]
    company = visible(opening.company, 120)
    return f"{title} – {company}" if company else title


def stated_pay(opening: Opening, lang: str) -> str:
    """The pay in the advert's own words; as numbers where its source lets no quote be shown."""
    if opening.quote:
        return _WORDS[lang]["said"].format(visible(opening.quote, 200))
    amounts = dict.fromkeys(f"{n:,.0f}" for n in (opening.pay_min, opening.pay_max) if n is not None)
    if not amounts:
        return _WORDS[lang]["unknown"]
    text = "–".join(amounts)
    text = text.replace(",", "\u202f") if lang == "fr" else text
    period = _PERIODS[lang].get(opening.pay_period or "", "")
    return " ".join(part for part in (text, opening.pay_currency or "", period) if part)


_PERIODS = {
    "en": {"year": "a year", "month": "a month", "week": "a week", "day": "a day", "hour": "an hour"},
    "fr": {"year": "par an", "month": "par mois", "week": "par semaine", "day": "par jour", "hour": "par heure"},
}  # fmt: skip


def _place(opening: Opening, words: Mapping[str, str]) -> str:
    return ", ".join(part for part in (visible(opening.place, 200), words.get(opening.remote, "")) if part)


def is_web_address(url: str) -> bool:
    """Whether `url` is a plain http(s) address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not HIDDEN.search(url)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    from lxml import etree

    child = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    # Line ends are ours; all else that XML forbids or that hides is taken out.
    child.text = None if text is None else "\n".join(visible(line, 4000) for line in text.split("\n"))
    return child
