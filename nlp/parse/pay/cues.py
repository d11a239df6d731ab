"""Cues: the words around a figure that say what the money is for, read from the rule table."""

import re
from collections.abc import Sequence
from functools import cache

from nlp.parse.tables import rule_rows

LABEL, BLOCK = "label", "block"
# What stands in the innermost brackets of a pattern, and a bar outside of any.
_INNER, _PARTED = re.compile(r"\((?:[^()]|\([^()]*\))*\)"), re.compile(r"\|")
KINDS = ("signing", "bonus", "equity", "stipend", "ote")


@cache
def pattern(role: str, side: str, *others: str) -> re.Pattern[str] | None:
    """Return one pattern for all cues of a role (or of several) on one side of the figure, to be used on small letters.

    Alternatives that begin at a word share the boundary check, and those with the same first letter are tried
    together: most positions are then dismissed at once.
    """
    roles = (role, *others)
    rows = [_small(r["pattern"]) for r in rule_rows("pay_cues") if r["role"] in roles and r["side"] == side]
    bounded = [p[2:] for p in rows if p.startswith(r"\b")]
    free = [p for p in rows if not p.startswith(r"\b")]
    groups = ([rf"\b(?=\S)(?:{_by_letter(bounded)})"] if bounded else []) + (
        [_by_letter(free)] if free else []
    )
    return re.compile("|".join(groups)) if groups else None


def _by_letter(patterns: list[str]) -> str:
    """Join patterns, those of one first letter behind that letter; what begins with anything else comes last."""
    letters: dict[str, list[str]] = {}
    others = []
    for regex in patterns:
        if (
            regex[0].isalnum()
            and regex[1:2] not in ("?", "*", "{")
            and not _PARTED.search(_INNER.sub("", regex))
        ):
            letters.setdefault(regex[0], []).append(regex[1:])
        else:
            others.append(regex)
    return "|".join([f"{letter}(?:{'|'.join(rests)})" for letter, rests in letters.items()] + others)


def _small(regex: str) -> str:
    return re.sub(r"(?<!\\)[A-Z]", lambda m: m.group().lower(), regex)


def last(role: str, window: str) -> int:
    """Return where the nearest cue left of a figure ends within the window, -1 without one."""
    found = -1
    cues = pattern(role, "left")
    if cues is not None:
        for match in cues.finditer(window):
            found = match.end()
    return found


def nearest(roles: Sequence[str], window: str) -> dict[str, int]:
    """Return where the nearest cue of each role ends (see `last`), nothing where the window holds none of any."""
    cues = pattern(roles[0], "left", *roles[1:])
    if cues is None or cues.search(window) is None:
        return {}
    return {role: last(role, window) for role in roles}


def follows(role: str, window: str) -> bool:
    """Say whether a cue stands right after the figure."""
    cues = pattern(role, "right")
    return cues is not None and cues.match(window) is not None


def word(role: str, window: str) -> str:
    """Return the nearest cue left of a figure, empty without one."""
    cues = pattern(role, "left")
    found = [match.group() for match in cues.finditer(window)] if cues is not None else []
    return found[-1] if found else ""


def opening(role: str, window: str) -> str:
    """Return the cue right after the figure, empty without one."""
    cues = pattern(role, "right")
    match = cues.match(window) if cues is not None else None
    return match.group() if match else ""
