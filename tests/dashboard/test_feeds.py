"""The feed over HTTP, and the health of sources on their page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from dashboard.figures.spark import spark
from dashboard.figures.theme import Style
from dashboard.health import health_lists
from dashboard.shell import FEED
from dashboard.words import Words
from data.health.verdict import Detail, Health
from tests.dashboard.tree import text_of, walk

GREENHOUSE = Health(
    "greenhouse",
    last_run_at=datetime(2026, 8, 1, 6),
    last_run_status="finished",
    last_good_at=datetime(2026, 7, 30, 6),
    day=date(2026, 8, 1),
    n_boards=44,
    n_answered=3,
    n_suspended=2,
    n_seen=60,
    n_usual=900,
    details=(
        Detail("volume", "2026-07-31", None, 900),
        Detail("volume", "2026-08-01", None, 60),
        Detail("trouble", "failed", "HTTP 503", 41),
        Detail("reject", "location", "KeyError 'location'", 7),
        Detail("unknown", "workplace <b>Moon</b>\u202e", None, 2),
    ),
)


def row(source: str, level: str | None, **changes: Any) -> dict[str, Any]:
    common = {"label": source.title(), "label_fr": source.title(), "origin": "live", "n_postings": 3}
    words = {"sentence_en": f"{source} said.", "sentence_fr": f"{source} dit."}
    state = {"source": source, "level": level, "last_outcome": "complete", "next_run_at": None}
    return common | words | state | changes


def test_the_feed_is_served_once_per_release(client: Any) -> None:
    first = client.get(FEED.format(lang="fr"))
    assert first.status_code == 200 and first.mimetype == "application/atom+xml"
    assert b"http://localhost/feeds/openings.fr.atom" in first.data
    again = client.get(FEED.format(lang="fr"), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(FEED.format(lang="en")).headers["ETag"] != first.headers["ETag"]
    assert client.get("/feeds/openings.xx.atom").status_code == 404
    assert 'type="application/atom+xml"' in client.get("/?lang=fr").get_data(as_text=True)


def test_sources_to_look_at_come_first_with_their_numbers() -> None:
    style = Style(Words("en"), "light")
    rows = [row("adzuna", "idle"), row("lever", "well"), row("greenhouse", "ill")]
    parts = health_lists(rows, {"greenhouse": GREENHOUSE}, style)
    text = " ".join(text_of(part) for part in parts)
    assert text.index("Greenhouse") < text.index("Lever") < text.index("Adzuna")
    for words in (
        "30 Jul 2026, 06:00",
        "3 of 44 answered in full, 2 wait",
        "41 × HTTP 503",
        "`location` is missing",
    ):
        assert words in text
    assert "<b>Moon</b>" in text and "\u202e" not in text
    (image,) = [part for part in walk(parts) if type(part).__name__ == "Img"]
    assert image.alt == "Adverts seen per day of collection, oldest first: 900; 60"
    marks = [part.className for part in walk(parts) if "mark-" in str(getattr(part, "className", ""))]
    assert marks == ["mark mark-bad", "mark mark-good", "mark mark-idle"]


def test_an_older_release_has_no_journal_of_health() -> None:
    style = Style(Words("fr"), "dark")
    (only,) = health_lists([row("lever", None, last_outcome="partial")], {}, style)
    assert "lever dit." in text_of(only) and "mark-bad" in str(only)


def test_a_trend_without_postings_is_drawn() -> None:
    style = Style(Words("en"), "light")
    assert spark([], style).startswith("data:image/svg+xml,") and spark([0, 0], style).count("rect") == 2
