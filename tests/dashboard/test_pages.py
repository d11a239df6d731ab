"""Every page through the server: both languages, deep links, bad addresses, no release, new release."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dash import Dash, page_registry

from dashboard import cards, method, verdict
from dashboard.app import create_app
from dashboard.catalogue import CHARTS
from dashboard.grid import posting_grid
from dashboard.headlines import demand_headline
from dashboard.shelf import Shelf
from dashboard.titles import PAGES
from dashboard.view import View
from dashboard.words import Words
from data.errors import ReleaseError
from data.measures.coverage import Coverage, Measure
from data.measures.reasons import Withheld
from tests.dashboard.tree import kinds_of, links_of, text_of, walk
from tests.releases import make_release

PATHS = [*PAGES, "/method"]
CODE = re.compile(r"`[^`]+`")


def layout_of(path: str) -> Callable[..., Any]:
    return next(page["layout"] for page in page_registry.values() if page["path"] == path)


def post_page(client: Any, path: str, search: str = "", scheme: str = "light") -> Any:
    """What the browser asks for when the address changes."""
    outputs = [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]
    inputs = [
        {"id": "_pages_location", "property": "pathname", "value": path},
        {"id": "_pages_location", "property": "search", "value": search},
        {"id": "scheme", "property": "data", "value": scheme},
    ]
    body = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": outputs,
        "inputs": inputs,
        "changedPropIds": ["_pages_location.pathname"],
    }
    client.get("/")
    return client.post("/_dash-update-component", json=body)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("search", ["", "?lang=fr", "?role=any&since=2023-01&country=US,FR&lang=fr"])
def test_every_page_answers(client: Any, path: str, search: str) -> None:
    answer = post_page(client, path, search, "dark")
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    assert ("Filtres" in text) is ("lang=fr" in search)
    assert '"error"' not in text[:200]


@pytest.mark.parametrize(
    ("path", "lang", "title"),
    [("/", "en", "Overview"), ("/pay", "fr", "Rémunération"), ("/nowhere", "en", "Not found")],
)
def test_the_first_answer_knows_language_title_and_colours(
    client: Any, path: str, lang: str, title: str
) -> None:
    client.set_cookie("scheme", "dark")
    page = client.get(f"{path}?lang={lang}").get_data(as_text=True)
    assert f'<html lang="{lang}" data-mantine-color-scheme="dark">' in page
    assert f"<title>{title} · promptjobs</title>" in page


def test_the_title_follows_the_address(client: Any) -> None:
    store = post_page(client, "/pay", "?lang=fr").get_json()["response"]["_pages_store"]["data"]
    assert store == {"title": "Rémunération · promptjobs"}


@pytest.mark.parametrize(
    "search",
    [
        "?role=boss",
        "?source=%3Cscript%3E",
        "?since=9999-99",
        "?nonsense=1",
        "?lang=xx",
        "?grain=day",
        "?role=a&role=b",
    ],
)
def test_a_bad_address_gets_a_clear_message(client: Any, search: str) -> None:
    answer = post_page(client, "/demand", search)
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    assert "a filter that does not exist" in text and "Traceback" not in text
    assert re.match(r"\?(\w+)=", search)[1] in text  # type: ignore[index]


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("?role=boss", "role vaut « boss » ; valeurs permises : role, title"),
        ("?grain=day", "grain vaut « day » ; valeurs permises : month, quarter, year"),
        ("?nonsense=1", "« nonsense » n'est pas un filtre ; il y a : source"),
        ("?country=France", "country vaut « FRANCE » ; donnez des codes ISO 3166"),
    ],
)
def test_a_bad_address_is_explained_in_french(client: Any, search: str, said: str) -> None:
    page = json.dumps(post_page(client, "/demand", f"{search}&lang=fr").get_json(), ensure_ascii=False)
    assert said in page and "allowed" not in page
    assert said in client.get(f"/csv/flow.csv{search}&lang=fr").get_data(as_text=True)


@pytest.mark.parametrize("name", ["self", "scheme_", "pathname_", "__class__", "path"])
def test_odd_parameter_names_do_no_harm(client: Any, name: str) -> None:
    assert post_page(client, "/", f"?{name}=1").status_code == 200


def test_no_remote_address_is_in_the_first_answer(client: Any) -> None:
    page = client.get("/").get_data(as_text=True)
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", page)


def test_every_answer_has_the_headers(client: Any) -> None:
    for path in ("/", "/_dash-layout", "/csv/flow.csv", "/csv/nothing.csv", "/assets/viewer.css"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
        scripts = re.search(r"script-src ([^;]*)", policy)
        assert scripts and "unsafe" not in scripts[1]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_inline_scripts_are_those_of_the_policy(client: Any) -> None:
    answer = client.get("/")
    scripts = re.findall(r"<script>(.*?)</script>", answer.get_data(as_text=True), re.S)
    scripts += re.findall(
        r'<script id="_dash-renderer"[^>]*>(.*?)</script>', answer.get_data(as_text=True), re.S
    )
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert hashes and all(value in answer.headers["Content-Security-Policy"] for value in hashes)


def test_without_a_release_the_pages_say_what_to_run(tmp_path: Path) -> None:
    client = create_app(tmp_path / "releases").server.test_client()
    text = post_page(client, "/", "?lang=fr").get_data(as_text=True)
    assert "promptjobs publish" in text and "publication" in text
    assert client.get("/csv/flow.csv").status_code == 503


def test_a_new_release_is_picked_up_and_a_broken_one_is_not(tmp_path: Path) -> None:
    shelf = Shelf(make_release(tmp_path, n=20))
    first = shelf.current()
    assert shelf.current() is first
    make_release(tmp_path, n=21)
    second = shelf.current()
    assert second.name != first.name
    (tmp_path / "CURRENT").write_text("20990101T000000-00000000")
    assert shelf.current() is second


def test_an_empty_shelf_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="promptjobs publish"):
        Shelf(tmp_path).current()


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("path", PATHS)
def test_links_keep_the_filters_and_the_language(path: str) -> None:
    page = layout_of(path)(source="lever", lang="fr")
    inner = [link for link in links_of(page) if link.startswith(("/", "?")) and "promptjobs" not in link]
    inner = [link for link in inner if not link.startswith("/feeds/")]
    assert inner and all("source=lever" in link for link in inner)
    assert sum("lang=fr" not in link for link in inner) == 1  # the way back to English


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("path", ["/", "/demand", "/pay", "/skills"])
def test_every_chart_has_its_n_its_csv_and_its_table(path: str) -> None:
    page = layout_of(path)()
    charts = cards_in(page)
    assert len(charts) >= 3
    for chart in charts:
        assert any(link.startswith("/csv/") for link in links_of(chart))
        assert "Details" in kinds_of(chart)
        assert "Graph" in kinds_of(chart) or "not enough data" in text_of(chart).lower()
        assert re.search(
            r"n = [\d,]+ opening|All job postings on Indeed|Salaries people reported", text_of(chart)
        )


def cards_in(page: Any) -> list[Any]:
    return [part for part in walk(page) if getattr(part, "className", None) == "card"]


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("path", ["/", "/demand", "/pay", "/skills", "/postings"])
@pytest.mark.parametrize("params", [{"country": "IS"}, {"work": "unclear"}, {"since": "2099-01"}])
def test_an_empty_selection_is_said_in_words(path: str, params: dict[str, str]) -> None:
    page = layout_of(path)(**params)
    text = text_of(page)
    assert re.search(r"[Nn]o advert|not enough data|[Tt]oo few|0 adverts|Nothing was observed", text)
    assert "nan" not in text.lower().split() and "<NA>" not in text


def coverage(**changes: Any) -> Coverage:
    base = Coverage("opening", 60, 50, 20, 0.4, None, None, (), False, None, "flow")
    return replace(base, **changes)


@pytest.mark.parametrize(
    ("own", "asking", "expected"),
    [
        ({}, {"n_openings": 150}, "For each of them, 3.0 others ask"),
        ({}, {"n_openings": 20}, "fewer, 20 openings"),
        ({"n_openings": 3, "n_employers": 3}, {}, "not enough data (n = 3)"),
        ({"n_openings": 0, "n_employers": 0}, {}, "No advert matches"),
    ],
)
def test_the_verdict_follows_the_numbers(
    view: Callable[..., View], own: dict[str, Any], asking: dict[str, Any], expected: str
) -> None:
    found = verdict.Findings(coverage(**own), coverage(**asking), [], [], None, (), {})
    assert expected in verdict.verdict(view("/"), found)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([(20, 12, 31), (90, 72, 111)], "the intervals do not overlap"),
        ([(90, 72, 111), (20, 12, 31)], "the intervals do not overlap"),
        ([(20, 12, 31), (24, 15, 36)], "too close to call"),
        ([(2, 0, 7), (24, 15, 36)], "too few complete years"),
        ([(20, 12, 31)], "too few complete years"),
    ],
)
def test_growth_is_claimed_only_with_power(counts: Sequence[tuple[int, int, int]], expected: str) -> None:
    rows = [
        {
            "month": date(2020 + i, 1, 1),
            "n_openings": n,
            "n_low": low,
            "n_high": high,
            "is_covered": True,
            "is_provisional": False,
        }
        for i, (n, low, high) in enumerate(counts)
    ]
    assert expected in demand_headline(rows, Words("en"))[0]


def test_a_withheld_measure_is_its_sentence(view: Callable[..., View]) -> None:
    measure = CHARTS["pay_by_year"].measure(view("/"))
    held = Measure(measure.name, measure.frame, coverage(withheld=Withheld.FEW_EMPLOYERS, n_openings=4))
    reason = cards.empty_reason(CHARTS["pay_by_year"], held, Words("fr"))
    assert reason == "pas assez de données (n = 4, trop peu d'employeurs)"


def test_the_method_is_cut_at_its_headings(tmp_path: Path) -> None:
    file = tmp_path / "method.md"
    file.write_text(
        '# Method\n\nIntro [b.md](b.md)\n\n## Flow of `openings`\n\nText\n\n<a id="claim"></a>\n## The claim\n',
        encoding="utf-8",
    )
    assert method.sections(file) == (
        ("method", "Method", 1, "Intro `docs/b.md`"),
        ("flow-of-openings", "Flow of openings", 2, "Text"),
        ("claim", "The claim", 2, ""),
    )
    assert method.sections(tmp_path / "none.md") == ()


def test_the_method_has_the_same_sections_in_both_languages() -> None:
    english, french = (method.sections(method.METHOD[lang]) for lang in ("en", "fr"))
    shapes = [[(name, depth) for name, _, depth, _ in found[1:]] for found in (english, french)]
    assert shapes[0] == shapes[1] and len(shapes[0]) > 10
    for (_, _, _, one), (_, _, _, other) in zip(english, french, strict=True):
        same_files = other.replace(".fr.md`", ".md`")
        assert one.count("\n- ") == other.count("\n- ")
        assert set(CODE.findall(one)) == set(CODE.findall(same_files))
        assert 0.8 < len(other) / len(one) < 1.6


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("path", ["/", "/demand", "/pay", "/skills"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_method_links_of_the_charts_lead_to_a_section(path: str, lang: str) -> None:
    wanted = {link.partition("#")[2] for link in links_of(layout_of(path)(lang=lang)) if "/method" in link}
    page = layout_of("/method")(lang=lang)
    ids = {part.id for part in walk(page) if getattr(part, "className", None) == "part method"}
    assert wanted - {""} and wanted - {""} <= ids
    heading = "Comment les chiffres sont faits" if lang == "fr" else "How the numbers are made"
    assert heading in text_of(page)
    assert {part.lang for part in walk(page) if getattr(part, "className", None) == "part method"} == {lang}


def test_layout_needs_no_request(app: Dash) -> None:
    assert json.loads(app.server.test_client().get("/_dash-layout").get_data(as_text=True))["props"]


def test_a_source_that_gave_nothing_yet_is_listed(tmp_path: Path) -> None:
    app = create_app(make_release(tmp_path, n=20))
    manifest = app.server.config["SHELF"].current().manifest
    manifest["sources"][2] |= {"origin": None, "last_outcome": None, "last_good_day": None, "n_postings": 0}
    manifest["archive"] = {"made_from": "rows", "files": {"a": "b"}}
    answer = post_page(app.server.test_client(), "/sources")
    assert answer.status_code == 200 and "Lever" in answer.get_data(as_text=True)


def test_sources_are_french_down_to_licences_and_the_archive(tmp_path: Path) -> None:
    app = create_app(make_release(tmp_path, n=20))
    manifest = app.server.config["SHELF"].current().manifest
    manifest["sources"][0]["licence"] = "Public API; the texts stay their authors'"
    manifest["archive"] = {"method_version": "1", "rules_version": "abc"}
    answer = post_page(app.server.test_client(), "/sources", "?lang=fr").get_json()
    page = json.dumps(answer, ensure_ascii=False)
    assert "Version de la méthode : 1" in page and "method_version" not in page
    assert "les textes restent à leurs auteurs" in page and "their authors" not in page
    assert "Le site a répondu HTTP 503." in page and "answered" not in page


def test_tables_and_the_grid_speak_one_language(view: Callable[..., View]) -> None:
    seen = view("/skills", lang="fr")
    table = text_and_tables(cards.card(seen, "top_skills"))
    assert "Anglais" not in table and "Évaluation de LLM" in table and "LLM evaluation" not in table
    flow = text_and_tables(cards.card(view("/demand", lang="fr"), "flow"))
    assert "no_adverts" not in flow
    options = posting_grid(view("/postings", lang="fr")).dashGridOptions
    assert options["localeText"]["contains"] == "Contient"


def text_and_tables(node: Any) -> str:
    return text_of(node) + " ".join(str(part.data) for part in walk(node) if type(part).__name__ == "Table")
