"""What `promptjobs status` shows: every source in a line and its trouble in a sentence, or one source in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from data.health.verdict import Health, Level, Verdict
from data.health.words import counted
from data.wording import number

if TYPE_CHECKING:
    from sqlalchemy import Engine

_BARS = "▁▂▃▄▅▆▇█"
_COLON = {"en": ":", "fr": "\u00a0:"}
_TABLES = {
    "runs": "relevés",
    "checks": "contrôles",
    "postings": "annonces",
    "documents": "textes",
    "facts": "faits",
}
_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "head": "source|last good run|next run|boards|seen|trend",
        "never": "never", "none": "–", "well": "well", "ill": "look at it", "idle": "not collected",
        "last_run": "last run", "last_good": "last good run", "next": "next run", "boards": "boards",
        "answered": "{n} of {m} answered in full on {day}", "suspended": "{n} wait: gone for long",
        "postings": "postings", "seen": "{n} seen", "usual": "{n} seen; usual for boards known before: {m}",
        "trend": "trend", "aside": "set aside", "unknown": "unknown words", "trouble": "trouble",
        "boards_in_trouble": "boards in trouble", "sample": "for example", "release": "Release: {name}",
        "no_release": "none yet; run promptjobs publish", "record": "Record: {counts}",
        "archive": "Not collected: {names}.", "waiting": "Wait for a key: {names}.",
        "unrun": "Never ran: {names}.", "all_well": "Nothing wrong.",
    },
    "fr": {
        "head": "source|dernier bon relevé|prochain|listes|vues|tendance",
        "never": "jamais", "none": "–", "well": "va bien", "ill": "à voir", "idle": "pas relevée",
        "last_run": "dernier relevé", "last_good": "dernier bon relevé", "next": "prochain relevé",
        "boards": "listes", "answered": "{n} sur {m} ont répondu entièrement le {day}",
        "suspended": "{n} en attente : disparues depuis longtemps", "postings": "annonces",
        "seen": "{n} vues", "usual": "{n} vues ; habituel pour les listes déjà connues : {m}", "trend": "tendance",
        "aside": "écartées", "unknown": "mots inconnus", "trouble": "problèmes",
        "boards_in_trouble": "listes en difficulté", "sample": "par exemple", "release": "Publication : {name}",
        "no_release": "aucune encore ; lancez promptjobs publish", "record": "Enregistrement : {counts}",
        "archive": "Pas relevées : {names}.", "waiting": "Attendent une clé : {names}.",
        "unrun": "Jamais relevées : {names}.", "all_well": "Tout va bien.",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class State:
    """One source as `status` shows it. `next_run` as planned (UTC, naive)."""

    health: Health
    verdict: Verdict
    next_run: datetime | None

    @property
    def is_ill(self) -> bool:
        return self.verdict.level is Level.ILL

    @property
    def is_shown(self) -> bool:
        """Whether it stands in the overview by itself: it ran, is planned, or is in trouble."""
        return bool(self.health.last_run_at or self.next_run or self.is_ill)

    def as_row(self) -> dict[str, Any]:
        """All of it for a program; times are UTC."""
        row = asdict(self.health)
        details = row.pop("details")
        return {
            "source": row.pop("source"),
            "level": self.verdict.level.value,
            "trouble": self.verdict.trouble,
            "sentence": self.verdict.sentence,
            "last_run": _minute(row.pop("last_run_at")),
            "status": row.pop("last_run_status"),
            "reason": row.pop("last_run_reason"),
            "last_good_run": _minute(row.pop("last_good_at")),
            "next_run": _minute(self.next_run),
            **{name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()},
            "details": details,
        }  # fmt: skip


def source_states(
    engine: Engine, coming: Mapping[str, datetime], *, now: datetime, environ: Mapping[str, str] | None = None
) -> dict[str, State]:
    """The state of every card and of every other source that ran; `coming` are planned runs (UTC, naive)."""
    from data.health.record import verdicts
    from data.reference import load_cards

    judged = verdicts(engine, load_cards(), now=now, next_runs=coming, environ=environ)
    return {source: State(*found, coming.get(source)) for source, found in judged.items()}


def head(release: str | None, counts: Mapping[str, int], lang: str) -> Iterator[str]:
    """The current release and the size of the record (data.journal.totals)."""
    words = _WORDS[lang]
    names = {name: _TABLES[name] if lang == "fr" else name for name in counts}
    yield words["release"].format(name=release or words["no_release"])
    yield words["record"].format(
        counts=", ".join(f"{number(n, lang)} {names[name]}" for name, n in counts.items())
    )


def overview(states: Mapping[str, State], lang: str) -> Iterator[str]:
    """One line a source that ran, 79 columns wide; a sentence below each that is not well; the rest in a line."""
    words = _WORDS[lang]
    yield _line(words["head"].split("|"))
    shown = [state for state in states.values() if state.is_shown]
    for state in shown:
        yield _line(_cells(state, lang))
        if state.verdict.level is not Level.WELL or state.verdict.trouble == "by_design":
            yield from wrapped(state.verdict.sentence[lang], indent=2)
    if not any(state.is_ill for state in shown):
        yield words["all_well"]
    for trouble, key in (("lacks_key", "waiting"), ("never", "unrun"), ("first_run", "unrun")):
        names = [
            name for name, state in states.items() if not state.is_shown and state.verdict.trouble == trouble
        ]
        if names:
            yield from wrapped(words[key].format(names=", ".join(names)))


def wrapped(text: str, *, indent: int = 0, width: int = 79) -> list[str]:
    """`text` in lines of at most `width` characters, the first `indent` of them blank."""
    import textwrap

    blank = " " * indent
    return textwrap.wrap(text, width, initial_indent=blank, subsequent_indent=blank, break_long_words=False)


_WIDTHS = (16, 19, 12, 11, 8, 13)


def _line(cells: list[str]) -> str:
    return "".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _cells(state: State, lang: str) -> list[str]:
    health, words = state.health, _WORDS[lang]
    boards = (
        f"{number(health.n_answered, lang)}/{number(health.n_boards, lang)}"
        if health.n_boards
        else words["none"]
    )
    good = f"{health.last_good_at:%Y-%m-%d %H:%M}" if health.last_good_at else words["never"]
    coming = f"{state.next_run:%m-%d %H:%M}" if state.next_run else words["none"]
    return [health.source, good, coming, boards, number(health.n_seen, lang), bars(_volumes(health))]  # fmt: skip


def _volumes(health: Health) -> list[int]:
    return [detail.n for detail in health.of_kind("volume")]


def bars(values: list[int]) -> str:
    """The values as a line of bars from 0 to their greatest."""
    top = max(values, default=0)
    return "".join(_BARS[round(value / top * 7) if top else 0] for value in values)


def whole_story(
    state: State, lang: str, *, boards: list[dict[str, Any]], samples: Mapping[Any, str]
) -> Iterator[str]:
    """Everything known of one source; `boards` in trouble and `samples` of records set aside as data.journal gives."""
    health, words = state.health, _WORDS[lang]
    yield f"{health.source}{_COLON[lang]} {words[state.verdict.level.value]}"
    yield from wrapped(state.verdict.sentence[lang], indent=2)
    ran = (
        f"{_minute(health.last_run_at)} UTC, {health.last_run_status}"
        if health.last_run_at
        else words["never"]
    )
    yield _fact(words["last_run"], ran)
    if health.last_run_reason:
        yield from wrapped(_reason(health.last_run_reason, lang), indent=22)
    good = _minute(health.last_good_at)
    yield _fact(words["last_good"], f"{good} UTC" if good else words["never"])
    yield _fact(words["next"], f"{_minute(state.next_run)} UTC" if state.next_run else words["none"])
    if health.n_boards:
        yield from _counts(health, words, lang)
    for kind, name in (("trouble", "trouble"), ("reject", "aside"), ("unknown", "unknown")):
        yield from _details(health, kind, words[name], lang, samples, words["sample"])
    if boards:
        yield f"  {words['boards_in_trouble']}{_COLON[lang]}"
        for row in boards:
            why = _reason(row["reason"] or row["outcome"], lang)
            yield from wrapped(f"{_shown(row['board'])} ({row['at']:%Y-%m-%d}): {why}", indent=4)


def _counts(health: Health, words: Mapping[str, str], lang: str) -> Iterator[str]:
    values = {"n": number(health.n_answered, lang), "m": number(health.n_boards, lang), "day": health.day}
    yield _fact(words["boards"], words["answered"].format(**values))
    if health.n_suspended:
        yield _fact("", words["suspended"].format(n=number(health.n_suspended, lang)))
    values = {"n": number(health.n_seen, lang), "m": number(health.n_usual, lang)}
    yield _fact(words["postings"], words["usual" if health.n_usual else "seen"].format(**values))
    volumes = _volumes(health)
    yield _fact(words["trend"], bars(volumes))
    yield from wrapped(" ".join(number(n, lang) for n in volumes), indent=22)


def _details(
    health: Health, kind: str, title: str, lang: str, samples: Mapping[Any, str], example: str
) -> Iterator[str]:
    found = health.of_kind(kind)
    if found:
        yield f"  {title}{_COLON[lang]}"
    for detail in found:
        yield from wrapped(f"{number(detail.n, lang)} × {_shown(counted(detail)[lang])}", indent=4)
        sample = samples.get((detail.name, detail.reason)) if kind == "reject" else None
        if sample:
            yield from wrapped(f"{example}{_COLON[lang]} {_shown(sample)}"[:300], indent=8)


def _reason(reason: str, lang: str) -> str:
    from data.reasons import reason_in

    return _shown(reason_in(lang, reason))


def _shown(text: str) -> str:
    """Words of strangers without characters that move a terminal's cursor or hide."""
    from data.visible import visible

    return visible(text, 400)


def _fact(name: str, value: str) -> str:
    return f"  {name:19} {value}".rstrip()


def _minute(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else None
