"""Every page in a real browser: both languages, both colour schemes, wide and narrow, without an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
expect = sync_api.expect
expect.set_options(timeout=30_000)
pytestmark = pytest.mark.browser

# Path -> what must be drawn before the page counts as shown.
PAGES = {
    "/": ".js-plotly-plot .main-svg",
    "/demand": ".js-plotly-plot .main-svg",
    "/pay": ".js-plotly-plot .main-svg",
    "/skills": ".js-plotly-plot .main-svg",
    "/postings": ".ag-row [col-id=title]",
    "/sources": ".health li",
    "/method": "main h2, main .notice",
}


@pytest.mark.parametrize(
    ("lang", "scheme", "width"),
    [("en", "light", 1440), ("fr", "dark", 390), ("en", "dark", 2560), ("fr", "light", 768)],
)
def test_every_page(visit: Callable[..., Any], site: str, lang: str, scheme: str, width: int) -> None:
    tab = visit(site, scheme=scheme, width=width)
    for path, drawn in PAGES.items():
        page = tab.open(f"{path}?lang=fr" if lang == "fr" else path, drawn)
        assert page.evaluate("document.documentElement.lang") == lang
        assert page.evaluate("document.documentElement.dataset.mantineColorScheme") == scheme
        assert page.title().endswith("· promptjobs") and len(page.title()) > 14
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.locator("h1").count() == 1
    assert not tab.trouble


def test_a_filter_changes_the_address_and_the_chart_and_back_undoes_it(
    visit: Callable[..., Any], site: str
) -> None:
    tab = visit(site)
    page = tab.open("/demand", "#chart-flow .main-svg")
    before = page.locator("#chart-flow .coverage").inner_text()
    page.get_by_role("combobox", name="Role").or_(page.get_by_label("Role").first).first.click()
    page.get_by_role("option", name="Other roles that ask for prompting").click()
    page.wait_for_url("**/demand?role=asks")
    expect(page.locator("#chart-flow .coverage")).not_to_have_text(before)
    assert page.locator("#chart-flow a.button").first.get_attribute("href") == "/csv/flow.csv?role=asks"
    page.go_back()
    expect(page.locator("#chart-flow .coverage")).to_have_text(before)
    assert page.url.endswith("/demand")
    assert not tab.trouble


def test_links_keep_filters_and_the_title_follows(visit: Callable[..., Any], site: str) -> None:
    tab = visit(site)
    page = tab.open("/pay?source=lever&lang=fr", "#chart-pay_by_year")
    page.get_by_role("link", name="Compétences", exact=True).click()
    page.wait_for_url("**/skills?source=lever&lang=fr")
    expect(page).to_have_title("Compétences · promptjobs")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/skills?source=lever")
    page.wait_for_selector("#chart-top_skills")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert not tab.trouble


def test_colours_switch_and_are_remembered(visit: Callable[..., Any], site: str) -> None:
    tab = visit(site, scheme="light")
    page = tab.open("/skills", "#chart-soft_skills .main-svg")
    tick, root = page.locator("#chart-soft_skills .xtick text").first, page.locator("html")
    light = tick.evaluate("e => getComputedStyle(e).fill")
    page.locator("#scheme-toggle").click()
    expect(root).to_have_attribute("data-mantine-color-scheme", "dark")
    expect(tick).not_to_have_css("fill", light)
    page.reload()
    page.wait_for_selector("#chart-soft_skills .main-svg")
    expect(root).to_have_attribute("data-mantine-color-scheme", "dark")
    assert not tab.trouble


def test_a_bad_address_is_explained(visit: Callable[..., Any], site: str) -> None:
    tab = visit(site)
    page = tab.open("/pay?role=%3Cscript%3Ealert(1)%3C/script%3E", "[role=alert]")
    assert "role is" in page.locator("[role=alert]").inner_text()
    page.get_by_role("link", name="show the page without filters.").click()
    page.wait_for_selector("#chart-pay_by_year")
    assert not tab.trouble


def test_filters_fold_on_a_narrow_screen(visit: Callable[..., Any], site: str) -> None:
    page = visit(site, width=390).open("/sources", ".health li")
    assert not page.locator("#filters").is_visible()
    page.locator("#filters-toggle").click()
    page.wait_for_selector("#filters", state="visible")
    assert page.locator("#filters-toggle").get_attribute("aria-expanded") == "true"


def test_a_csv_downloads(visit: Callable[..., Any], site: str) -> None:
    page = visit(site).open("/pay", "#chart-claim a.button")
    with page.expect_download() as waiting:
        page.locator("#chart-claim a.button").first.click()
    assert waiting.value.suggested_filename.startswith("promptjobs-claim")
    assert waiting.value.path().read_text().startswith("criterion,")
