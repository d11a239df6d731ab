"""Looks at the set-up and says, for each thing that is not well, what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

from data.errors import PromptjobsError
from data.settings import Settings, load_settings

EXAMPLE_CONTACT = "me@example.org"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, and a sentence."""

    name: str
    is_ok: bool
    sentence: str


def examine() -> list[Finding]:
    """Look at everything, in the order a user would mend it."""
    try:
        settings = load_settings()
    except PromptjobsError as error:
        return [Finding("settings", False, str(error))]
    return [Finding(name, *look(settings)) for name, look in _LOOKS.items()]


def _python(_: Settings) -> tuple[bool, str]:
    version = ".".join(map(str, sys.version_info[:3]))
    return sys.version_info >= (3, 11), f"Python {version}; 3.11 or newer is needed."


def _home(settings: Settings) -> tuple[bool, str]:
    settings.home.mkdir(parents=True, exist_ok=True)
    if os.access(settings.home, os.W_OK):
        return True, f"Data is kept in {settings.home}."
    return False, f"{settings.home} cannot be written; set PROMPTJOBS_HOME to a folder of yours."


def _contact(settings: Settings) -> tuple[bool, str]:
    if settings.contact:
        return True, f"Sites can reach you at {settings.contact}."
    return False, f"Sites want to know who asks: promptjobs doctor --contact {EXAMPLE_CONTACT}"


def _record(settings: Settings) -> tuple[bool, str]:
    from sqlalchemy.exc import SQLAlchemyError

    from data.journal import totals
    from data.store import open_record

    try:
        counts = totals(open_record(settings.database_url))
    except (SQLAlchemyError, PromptjobsError) as error:
        return False, f"The record cannot be opened: {error}"
    return True, f"The record holds {counts['postings']} postings from {counts['checks']} checks."


def _reference(settings: Settings) -> tuple[bool, str]:
    from data.own_boards import known_boards
    from data.reference import load_cards

    try:
        cards, boards = load_cards(), known_boards(settings)
    except PromptjobsError as error:
        return False, str(error)
    return True, f"{len(cards)} source cards and {len(boards)} boards are read."


def _keys(_: Settings) -> tuple[bool, str]:
    from data.reference import load_cards

    try:
        keyed = [card for card in load_cards().values() if card.keys]
    except PromptjobsError as error:
        return False, str(error)
    given = [card.label for card in keyed if not card.lacks(os.environ)]
    lacking = [
        f"{card.label} ({', '.join(card.lacks(os.environ))})" for card in keyed if card.lacks(os.environ)
    ]
    return (
        True,
        f"Asked with your key: {', '.join(given) or 'none'}. Off without one: {', '.join(lacking) or 'none'}.",
    )


def _alerts(settings: Settings) -> tuple[bool, str]:
    from data.alerts.channels import channels

    try:
        names = [channel.name for channel in channels(settings.alerts)]
    except PromptjobsError as error:
        return False, str(error)
    return True, f"Alerts go out by {' and '.join(names)}." if names else "No alerts are set up."


def _release(settings: Settings) -> tuple[bool, str]:
    from data.release import open_release

    try:
        return True, f"Release {open_release(settings.releases).name} is current."
    except PromptjobsError as error:
        return False, str(error)


_LOOKS: dict[str, Callable[[Settings], tuple[bool, str]]] = {
    "python": _python,
    "home": _home,
    "contact": _contact,
    "record": _record,
    "reference data": _reference,
    "keys": _keys,
    "alerts": _alerts,
    "release": _release,
}


def lacks_contact() -> bool:
    """Whether a contact is the thing to ask the user for; False where the settings cannot be read at all."""
    try:
        return load_settings().contact is None
    except PromptjobsError:
        return False
