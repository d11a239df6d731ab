"""What alerts say, in English and French: sources that fell ill or are well again, and new openings."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from data.alerts.channels import Message
from data.feed import headline, stated_pay
from data.feed_openings import Opening
from data.health.verdict import Health, Verdict
from data.health.words import named
from data.reference import Card

MOST = 30
_WORDS = {
    "en": {
        "ill": "promptjobs: {n} source(s) to look at", "well": "promptjobs: {n} source(s) well again",
        "again": "{name} is well again.", "openings": "promptjobs: {n} new prompt-engineer opening(s)",
        "more": "… and {n} more.", "test": "promptjobs: a test", "see": "See promptjobs status.",
        "test_line": "Alerts reach you here. Nothing is wrong.",
    },
    "fr": {
        "ill": "promptjobs : {n} source(s) à regarder", "well": "promptjobs : {n} source(s) de nouveau en forme",
        "again": "{name} va bien de nouveau.", "openings": "promptjobs : {n} nouveau(x) poste(s) de prompt engineer",
        "more": "… et {n} de plus.", "test": "promptjobs : un essai", "see": "Voir promptjobs status.",
        "test_line": "Les alertes vous parviennent ici. Tout va bien.",
    },
}  # fmt: skip


def _plural(phrase: str, n: int) -> str:
    for ending in ("(s)", "(x)"):
        phrase = phrase.replace(ending, "" if n == 1 else ending[1])
    return phrase.format(n=n)


def test_message(lang: str, now: datetime) -> Message:
    """The message of `promptjobs alerts test`."""
    words = _WORDS[lang]
    return Message(words["test"], (words["test_line"],), _key(lang, "test", f"{now}"))


def health_message(
    ill: Mapping[str, tuple[Health, Verdict]],
    well: Sequence[str],
    cards: Mapping[str, Card],
    lang: str,
) -> Message:
    """Sources that fell ill, gravest news first as given, and the ids of those that are well again."""
    words = _WORDS[lang]
    lines = [
        f"- {named(verdict.sentence[lang], label(name, cards, lang))}" for name, (_, verdict) in ill.items()
    ]
    lines += [f"- {words['again'].format(name=label(name, cards, lang))}" for name in well]
    subject = _plural(words["ill"], len(ill)) if ill else _plural(words["well"], len(well))
    runs = [f"{name} {health.last_run_at}" for name, (health, _) in ill.items()]
    return Message(subject, (*lines, "", words["see"]), _key(lang, *lines, *runs))


def digest_message(openings: Sequence[Opening], lang: str) -> Message:
    """Openings that are new since the last digest, newest first."""
    words = _WORDS[lang]
    lines: list[str] = []
    for opening in openings[:MOST]:
        parts = [headline(opening, lang), opening.place, stated_pay(opening, lang), opening.url]
        lines.append("- " + " · ".join(part for part in parts if part))
    if len(openings) > MOST:
        lines.append(words["more"].format(n=len(openings) - MOST))
    subject = _plural(words["openings"], len(openings))
    return Message(subject, tuple(lines), _key(lang, *(opening.key for opening in openings)))


def label(source: str, cards: Mapping[str, Card], lang: str) -> str:
    """A source's name in a language."""
    card = cards.get(source)
    if card is None:
        return source
    return (card.label_fr or card.label) if lang == "fr" else card.label


def _key(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]
