"""How an explained advert looks on a terminal: facts with their quotes, and below each what lost to it."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp.explained import flag_in

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

_NAMES = Path(__file__).parents[1] / "data" / "reference" / "fact_names.csv"
_INDENT = 24
_MOST = 8
_LISTS = frozenset({"pay", "skill"})
_QUIET = frozenset({"not_mentioned", "unspecified", "none_stated", "none"})


@cache
def _names(lang: str) -> dict[str, str]:
    with _NAMES.open(encoding="utf-8", newline="") as file:
        return {row["fact"]: row[lang] for row in csv.DictReader(file)}


def show_explained(shown: Mapping[str, Any], *, lang: str) -> None:
    """Print one answer of explained.explain; words of the advert are never read as markup."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    head = " · ".join(str(part) for part in (shown["id"], shown["title"]) if part)
    console.print(Text(head, style="bold"))
    for block in blocks(shown["facts"], lang):
        console.print(block)
    console.print()


def blocks(facts: Sequence[Mapping[str, Any]], lang: str) -> Iterator["RenderableType"]:
    """Yield what is shown of the facts that say something or that something competed for."""
    from rich.padding import Padding
    from rich.text import Text

    names = _names(lang)
    for fact in facts:
        if _is_said(fact["value"]) or fact["lost"]:
            is_rest = fact["value"] is None and fact["fact"] in _LISTS
            value = names["others"] if is_rest else _value(fact["value"], names)
            yield Text.assemble((f"{names[fact['fact']]:{_INDENT}}", "cyan"), (value, "bold"))
            for line in _below(fact, names, lang):
                yield Padding(line, (0, 0, 0, _INDENT), expand=False)


def _is_said(value: Any) -> bool:
    return bool(value) if isinstance(value, dict | list) else value is not None and value not in _QUIET


def _below(fact: Mapping[str, Any], names: Mapping[str, str], lang: str) -> Iterator["Text"]:
    """The quote, the rule, the plausibility rule that objects, and what lost."""
    from rich.text import Text

    if fact["quote"]:
        yield Text.assemble(fact["before"], (f"[{fact['quote']}]", "bold green"), fact["after"])
    if fact["rule"]:
        yield Text(f"{names['rule']}: {fact['rule']}", style="dim")
    if flag := flag_in(lang, fact["value"]):
        yield Text(f"{names['flag']}: {flag}", style="yellow")
    for lost in fact["lost"][:_MOST]:
        yield _lost(lost, names)
    if len(fact["lost"]) > _MOST:
        yield Text(names["more"].format(n=len(fact["lost"]) - _MOST), style="dim")


def _lost(lost: Mapping[str, Any], names: Mapping[str, str]) -> "Text":
    from rich.text import Text

    value = f"{lost['value']}: " if lost["value"] else ""
    return Text.assemble(
        (f"{names['lost']}: ", "dim"),
        (lost["before"] or "")[-24:], (f"[{lost['quote']}]", "red"), (lost["after"] or "")[:24],
        f" — {value}{lost['why']}",
    )  # fmt: skip


def _value(value: Any, names: Mapping[str, str]) -> str:
    if value is None:
        return names["nothing"]
    if isinstance(value, list):
        return ", ".join(value) or names["nothing"]
    if not isinstance(value, dict):
        return str(value)
    if "label" in value:
        return f"{value['label']} ({value['level']})"
    return _pay(value)


def _pay(pay: Mapping[str, Any]) -> str:
    bounds = dict.fromkeys(f"{pay[name]:,.10g}" for name in ("min", "max") if pay[name] is not None)
    period = f"/ {pay['period']}" if pay["period"] else None
    return " ".join(filter(None, (" – ".join(bounds), pay["currency"], period, f"({pay['kind']})")))
