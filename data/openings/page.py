"""An explained opening as lines for people, in English and French, or as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from data.openings.chains import REPOST_DAYS, SAME_TEXT
from data.openings.explained import Explanation, Member, Refused, day_range, places
from data.resolve import TEXT

Rows = Mapping[str, Mapping[str, Any]]

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "head": "{title} — {employer}",
        "opening": "Opening {key}: {n}, {first} to {last}",
        "one": "1 posting",
        "many": "{n} postings",
        "places": "Places: {list}",
        "sources": "Sources: {list}",
        "nothing": "none stated",
        "first": "the first of the opening",
        "requisition": "same employer and requisition number as {early}",
        "url": "same address and title as {early}",
        "text": "same employer and title; its words are {likeness} like those of {early}",
        "user": "put here by you",
        "through": " (through {late}, which came with it)",
        "earlier": "an earlier posting",
        "text_unmeasured": "same employer and title, words alike (not measured here: no sketch is kept)",
        "repost": "a repost: nothing of the opening was up just before",
        "refused": "Nearest that stayed out",
        "none_refused": "No other posting of this employer is known.",
        "no_employer": "another employer, or one unknown",
        "no_title": "another title: {title}",
        "no_seniority": "another seniority: {seniority}",
        "no_requisition": "another requisition number, up at the same time: {number}",
        "no_no_text": "no text to compare (the starter archive keeps none)",
        "no_unlike": "likeness {likeness} < {least} to {nearest}",
        "no_gap": "gap of {days} days > {most}",
        "no_nearer": "nearer to another opening: {opening}",
        "no_user": "kept apart by you",
        "measured": "; words {likeness} like {nearest}",
    },
    "fr": {
        "head": "{title} — {employer}",
        "opening": "Poste {key} : {n}, du {first} au {last}",
        "one": "1 annonce",
        "many": "{n} annonces",
        "places": "Lieux : {list}",
        "sources": "Sources : {list}",
        "nothing": "aucun indiqué",
        "first": "la première du poste",
        "requisition": "même employeur et même numéro de poste que {early}",
        "url": "même adresse et même intitulé que {early}",
        "text": "même employeur et même intitulé ; ses mots ressemblent à {likeness} à ceux de {early}",
        "user": "placée ici par vous",
        "through": " (par {late}, venue avec elle)",
        "earlier": "une annonce antérieure",
        "text_unmeasured": "même employeur et même intitulé, mots semblables (non mesuré ici : aucune empreinte)",
        "repost": "une republication : rien du poste n'était en ligne juste avant",
        "refused": "Les plus proches restées dehors",
        "none_refused": "Aucune autre annonce de cet employeur n'est connue.",
        "no_employer": "un autre employeur, ou un employeur inconnu",
        "no_title": "un autre intitulé : {title}",
        "no_seniority": "un autre niveau : {seniority}",
        "no_requisition": "un autre numéro de poste, en ligne en même temps : {number}",
        "no_no_text": "pas de texte à comparer (l'archive de départ n'en garde pas)",
        "no_unlike": "ressemblance {likeness} < {least} avec {nearest}",
        "no_gap": "écart de {days} jours > {most}",
        "no_nearer": "plus proche d'un autre poste : {opening}",
        "no_user": "tenue à part par vous",
        "measured": " ; mots semblables à {likeness} à {nearest}",
    },
}


def lines(found: Explanation, rows: Rows, lang: str) -> Iterator[str]:
    """The explanation line by line; `rows` are the postings as the release has them, by key."""
    words, adverts = WORDS[lang], [member.advert for member in found.members]
    head, days = rows[found.opening_key], day_range(adverts)
    nothing = words["nothing"]
    yield words["head"].format(title=head["title"] or "–", employer=head["employer_key"] or "–")
    n = words["one" if len(adverts) == 1 else "many"].format(n=len(adverts))
    yield words["opening"].format(key=found.opening_key, n=n, first=days[0], last=days[1])
    yield words["places"].format(list="; ".join(places(adverts)) or nothing)
    sources = dict.fromkeys(f"{row['source']}/{row['board']}" for row in _of(adverts, rows))
    yield words["sources"].format(list=", ".join(sources))
    for member in found.members:
        yield ""
        yield from _posting(member, rows[member.advert.posting_key], words)
    yield ""
    yield words["refused"] if found.refused else words["none_refused"]
    for one in found.refused:
        advert = one.advert
        yield f"  {advert.start} – {advert.end}  {advert.posting_key}  {advert.title or '–'}"
        yield f"    {_why_not(one, words)}"


def _of(adverts: list[Any], rows: Rows) -> Iterator[Mapping[str, Any]]:
    return (rows[advert.posting_key] for advert in adverts)


def _posting(member: Member, row: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    advert = member.advert
    yield f"{advert.start} – {advert.end}  {advert.posting_key}  {row['source']}/{row['board']}"
    yield f"  {advert.title or '–'} · {advert.place or words['nothing']}"
    yield f"  {_reason(member, words)}"
    if member.is_repost:
        yield f"  {words['repost']}"
    if row["url"]:
        yield f"  {row['url']}"


def _reason(member: Member, words: Mapping[str, str]) -> str:
    tie, likeness = member.tie, member.likeness
    reason = "text_unmeasured" if member.reason == TEXT and likeness is None else member.reason
    early = words["earlier"] if tie is None else tie.early
    said = words[reason].format(early=early, likeness="" if likeness is None else f"{likeness:.2f}")
    if tie is not None and tie.late != member.advert.posting_key:
        said += words["through"].format(late=tie.late)
    return said


def _why_not(one: Refused, words: Mapping[str, str]) -> str:
    likeness = "–" if one.likeness is None else f"{one.likeness:.2f}"
    said = words[f"no_{one.why}"].format(
        title=one.advert.title or "–",
        seniority=one.advert.seniority,
        number=one.advert.requisition_id,
        likeness=likeness,
        least=SAME_TEXT,
        nearest=one.nearest,
        days=one.gap_days,
        most=REPOST_DAYS,
        opening=one.opening_key,
    )
    if one.likeness is not None and one.why != "unlike":
        said += words["measured"].format(likeness=likeness, nearest=one.nearest)
    return said


def as_json(found: Explanation, rows: Rows) -> dict[str, Any]:
    """The same as plain values; days are ISO texts."""
    adverts = [member.advert for member in found.members]
    return {
        "opening_key": found.opening_key,
        "places": list(places(adverts)),
        "sources": sorted({row["source"] for row in _of(adverts, rows)}),
        "postings": [
            _advert_json(member.advert, rows)
            | {"reason": member.reason, "is_repost": member.is_repost, "likeness": _rounded(member.likeness)}
            | {"tied_to": member.tie and member.tie.early, "through": member.tie and member.tie.late}
            for member in found.members
        ],
        "refused": [
            _advert_json(one.advert, rows)
            | {"why": one.why, "nearest": one.nearest, "likeness": _rounded(one.likeness)}
            | {"gap_days": one.gap_days, "opening_key": one.opening_key}
            for one in found.refused
        ],
    }


def _advert_json(advert: Any, rows: Rows) -> dict[str, Any]:
    row = rows[advert.posting_key]
    return {
        "posting_key": advert.posting_key,
        "source": row["source"],
        "board": row["board"],
        "title": advert.title,
        "place": advert.place,
        "seniority": advert.seniority,
        "requisition_id": advert.requisition_id,
        "first_day": advert.start.isoformat(),
        "last_day": advert.end.isoformat(),
        "url": row["url"],
    }


def _rounded(likeness: float | None) -> float | None:
    return None if likeness is None else round(likeness, 2)
