"""Every refusal speaks both languages, names the same things in each, and is raised with what it needs."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest

from data.errors import SelectionError
from data.measures.selection import Selection
from data.refusals import REFUSALS

ROOT = Path(__file__).parents[2]


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def raised() -> list[tuple[str, set[str]]]:
    """Refusal and names of values of every SelectionError that the code builds."""
    found = []
    for folder in ("data", "dashboard", "scraper"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "SelectionError":
                    found.append((ast.unparse(node.args[0]), {str(word.arg) for word in node.keywords}))
    return found


@pytest.mark.parametrize("refusal", sorted(REFUSALS))
def test_both_languages_name_the_same_things(refusal: str) -> None:
    english, french = REFUSALS[refusal]["en"], REFUSALS[refusal]["fr"]
    assert places(english) == places(french) and english != french


def test_every_refusal_is_raised_with_what_its_sentence_needs() -> None:
    calls = [(ast.literal_eval(key), names) for key, names in raised() if key.startswith(("'", '"'))]
    assert len(calls) > 20
    assert {key for key, _ in calls} | {"filter_day", "filter_number"} == set(REFUSALS)
    assert [key for key, names in calls if names != places(REFUSALS[key]["en"])] == []


@pytest.mark.parametrize(
    ("params", "english", "french"),
    [
        ({"nope": "1"}, "'nope' is no filter", "« nope » n'est pas un filtre ; il y a : source, role"),
        ({"role": "boss"}, "role is 'boss'; allowed: role,", "role vaut « boss » ; valeurs permises : role,"),
        (
            {"since": "mai"},
            "since is 'mai'; give a month",
            "since vaut « mai » ; donnez un mois sous la forme",
        ),
        (
            {"since": "2024", "until": "2023"},
            "since (2024-01) lies after",
            "since (2024-01) vient après until",
        ),
    ],
)
def test_a_bad_filter_is_refused_in_both_languages(
    params: dict[str, str | list[str]], english: str, french: str
) -> None:
    with pytest.raises(SelectionError) as caught:
        Selection.from_params(params)
    assert str(caught.value).startswith(english) and caught.value.sentence("fr").startswith(french)
