"""Commands about openings: why postings are one, and the user's own decisions where the rules are wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from data.settings import load_settings
from data.terminal import Json, Lang, Language, open_home, say, show_rows, write_line

if TYPE_CHECKING:
    from data.openings.own import Decision

openings_app = typer.Typer(
    help="Openings: which postings advertise the same one and why; your own decisions.", no_args_is_help=True
)
Posting = Annotated[str, typer.Argument(help="Key of a posting or an opening, or how one key ends.")]
Reason = Annotated[str | None, typer.Option("--reason", help="Why, in your words.")]
SAID = {
    "en": {
        "later": "Kept. The next `promptjobs publish` follows it.",
        "same": "{one} and {two} are the same posting.",
        "gone": "Taken back: {n}. The next `promptjobs publish` follows.",
        "none": "There is no decision about {posting}.",
        "count": "Decisions: {n}.",
        "missing": "not in the current release: waits",
    },
    "fr": {
        "later": "Noté. La prochaine commande `promptjobs publish` en tient compte.",
        "same": "{one} et {two} sont la même annonce.",
        "gone": "Décisions retirées : {n}. La prochaine commande `promptjobs publish` en tient compte.",
        "none": "Il n'y a pas de décision sur {posting}.",
        "count": "Décisions : {n}.",
        "missing": "absente de la publication courante : attend",
    },
}


@openings_app.command(epilog="Example: promptjobs openings explain greenhouse:4011223")
def explain(posting: Posting, as_json: Json = False, lang: Lang = Language.EN) -> None:
    """Show an opening: its postings, why each is in it, and what nearly joined but did not."""
    from data.openings import evidence
    from data.openings.explained import explain as explained
    from data.openings.page import as_json as to_json
    from data.openings.page import lines
    from data.release import open_release

    settings, engine = open_home()
    release = open_release(settings.releases)
    wanted = evidence.find_posting(release, posting)
    rows = evidence.surroundings(release, wanted)
    found = explained(evidence.adverts(engine, rows), evidence.placements(rows), wanted["opening_key"])
    by_key = {row["posting_key"]: row for row in rows}
    if as_json:
        write_line(json.dumps(to_json(found, by_key), ensure_ascii=False, indent=2))
        return
    for line in lines(found, by_key, lang):
        write_line(line)


@openings_app.command(epilog="Example: promptjobs openings split lever:8f2c --reason 'another team'")
def split(posting: Posting, reason: Reason = None, lang: Lang = Language.EN) -> None:
    """Take a posting out of its opening, in this and every later release."""
    from data.openings.own import SPLIT

    _keep(SPLIT, _key(posting), None, reason)
    say(SAID[lang]["later"])


@openings_app.command(epilog="Example: promptjobs openings join greenhouse:4011223 lever:8f2c")
def join(
    posting: Posting,
    other: Annotated[str, typer.Argument(help="The posting it belongs with.")],
    reason: Reason = None,
    lang: Lang = Language.EN,
) -> None:
    """Put the openings of two postings together, in this and every later release."""
    from data.openings.own import JOIN

    one, two = _key(posting), _key(other)
    if one == two:
        say(SAID[lang]["same"].format(one=posting, two=other))
        raise typer.Exit(2)
    _keep(JOIN, one, two, reason)
    say(SAID[lang]["later"])


@openings_app.command(epilog="Example: promptjobs openings undo lever:8f2c")
def undo(
    posting: Posting,
    other: Annotated[str | None, typer.Argument(help="Only decisions that also name this one.")] = None,
    lang: Lang = Language.EN,
) -> None:
    """Take back your decisions about a posting; the openings are then as the rules make them."""
    from data.openings.own import decisions
    from data.openings.own import undo as take_back

    home = load_settings().home
    named = {key for decision in decisions(home) for key in (decision.posting, decision.other) if key}
    # A posting may have left the release since: the decision still names it.
    keys = [name if name in named else _key(name) for name in (posting, other) if name is not None]
    gone = take_back(home, *keys)
    if not gone:
        say(SAID[lang]["none"].format(posting=posting))
        raise typer.Exit(1)
    say(SAID[lang]["gone"].format(n=len(gone)))


@openings_app.command("list", epilog="Example: promptjobs openings list")
def list_decisions(as_json: Json = False, lang: Lang = Language.EN) -> None:
    """Show your decisions, oldest first."""
    from data.openings.own import decisions

    found = decisions(load_settings().home)
    present = _present(found)
    rows = [
        {
            "decision": one.kind,
            "posting": one.posting,
            "other": one.other,
            "made": one.made_on.isoformat(),
            "reason": one.reason,
            "note": None if one.about - {None} <= present else SAID[lang]["missing"],
        }
        for one in found
    ]
    show_rows(rows, as_json=as_json)
    say(SAID[lang]["count"].format(n=len(rows)))


def _key(posting: str) -> str:
    from data.openings.evidence import find_posting
    from data.release import open_release

    key: str = find_posting(open_release(load_settings().releases), posting)["posting_key"]
    return key


def _keep(kind: str, posting: str, other: str | None, reason: str | None) -> None:
    from data.openings.own import Decision, add
    from data.store import utc_now

    add(load_settings().home, Decision(kind, posting, other, reason, utc_now().date()))


def _present(found: tuple[Decision, ...]) -> set[str]:
    """Which of the postings the decisions name the current release holds."""
    from data.errors import ReleaseError
    from data.release import open_release

    named = sorted({key for one in found for key in (one.posting, one.other) if key})
    try:
        release = open_release(load_settings().releases)
    except ReleaseError:
        return set()
    held = release.query("SELECT posting_key FROM postings WHERE list_contains(?, posting_key)", [named])
    return set(held["posting_key"])
