"""What the pages say of the rules' accuracy: from the release, in both languages, and whether it still holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import dash
import pytest

from dashboard import method
from dashboard.accuracy import accuracy_part
from dashboard.view import View
from data.measures.accuracy import measured_accuracy
from data.release import Release
from tests.dashboard.tree import text_of, walk


def test_a_measurement_has_a_score_for_each_subset(release: Release) -> None:
    (found,) = measured_accuracy(release)
    (row,) = found.scores.to_dict("records")
    assert (row["field"], row["all"], row["unread"], row["bar"], found.n_adverts) == (
        "coding",
        0.925,
        0.88,
        0.92,
        200,
    )
    assert not found.is_current


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize(
    ("lang", "score", "said", "changed"),
    [
        ("en", "0.925", "Measured on 200 labelled adverts", "The rules have changed since"),
        ("fr", "0,925", "Mesuré sur 200 annonces étiquetées", "Les règles ont changé depuis"),
    ],
)
def test_the_pages_show_it(lang: str, score: str, said: str, changed: str) -> None:
    for path in ("/sources", "/method"):
        page = next(p["layout"] for p in dash.page_registry.values() if p["path"] == path)(lang=lang)
        text = text_of(page)
        assert said in text and changed in text
        tables = [part.data for part in walk(page) if type(part).__name__ == "Table"]
        assert any(score in row for table in tables for row in table["body"])


def test_the_rules_may_still_be_the_same(view: Callable[..., View], release: Release) -> None:
    same = Release(release.path, release.manifest | {"rules_version": "invented-0"})
    page = accuracy_part(replace(view("/sources"), release=same))
    assert "These are the rules that read this release." in " ".join(text_of(part) for part in page)


def test_nothing_measured_is_said(view: Callable[..., View], release: Release) -> None:
    files: dict[str, Any] = {
        name: digest for name, digest in release.manifest["files"].items() if name != "accuracy.parquet"
    }
    old = Release(release.path, release.manifest | {"files": files})
    assert "not been measured" in " ".join(
        text_of(p) for p in accuracy_part(replace(view("/sources"), release=old))
    )


def test_the_card_has_the_same_sections_in_both_languages() -> None:
    english, french = (method.sections(method.CARD[lang]) for lang in ("en", "fr"))
    assert [depth for _, _, depth, _ in english] == [depth for _, _, depth, _ in french]
    assert len(english) > 8
    for (_, _, _, one), (_, _, _, other) in zip(english, french, strict=True):
        assert (method.TABLES in one) == (method.TABLES in other)
        assert "](.." not in one + other
