"""The overview's answers say what the verdicts say, and every number in them leads to its report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dashboard.answers import answers
from dashboard.view import View
from data.measures.verdicts import verdicts
from tests.dashboard.tree import links_of, walk


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_page_says_what_the_export_says(view: Callable[..., View], lang: str) -> None:
    seen = view("/", lang=lang, source="hackernews")
    rows = verdicts(seen.release, seen.selection).frame
    shown = [
        "".join(part for part in walk(node) if isinstance(part, str))
        for node in walk(answers(seen))
        if type(node).__name__ == "Dd"
    ]
    assert shown == list(rows[f"text_{lang}"])


def test_every_number_leads_to_a_report(view: Callable[..., View], client: Any) -> None:
    addresses = links_of(answers(view("/", source="hackernews")))
    assert addresses
    for address in set(addresses):
        assert client.get(address).status_code == 200
