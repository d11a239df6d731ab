"""The grid and its drawer in a real browser, with the keyboard, and with adverts that try to do harm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
expect = sync_api.expect
expect.set_options(timeout=30_000)
pytestmark = pytest.mark.browser

ROW = ".ag-row[row-index='{}'] [col-id=title]"


def press(page: Any, row: int) -> str:
    """Press a row once its cells are filled (the grid draws empty rows first); its title."""
    cell = page.locator(ROW.format(row))
    expect(cell).not_to_have_text("")
    title: str = cell.inner_text()
    cell.click()
    return title


def test_a_row_opens_the_drawer_with_its_quotes(visit: Callable[..., Any], site: str) -> None:
    tab = visit(site)
    page = tab.open("/postings?source=greenhouse&role=any", ROW.format(0))
    title = press(page, 0)
    page.wait_for_selector(".posting-title")
    assert page.locator(".posting-title").inner_text() == title
    assert "noopener" in page.locator(".actions a.out").get_attribute("rel")
    page.keyboard.press("Escape")
    page.wait_for_selector(".posting-title", state="detached")
    page.locator(ROW.format(1)).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".posting-title")
    link = page.locator(".actions a:not(.out)").get_attribute("href")
    assert not tab.trouble
    page = tab.open(link, ".posting-title")
    assert not tab.trouble


@pytest.mark.parametrize(("lang", "why"), [("en", "a sum in millions"), ("fr", "une somme en millions")])
def test_the_drawer_says_what_lost_and_why(visit: Callable[..., Any], site: str, lang: str, why: str) -> None:
    tab = visit(site, scheme="dark", width=390)
    page = tab.open(f"/postings?source=greenhouse&role=all&lang={lang}", ROW.format(0))
    for row in range(6):  # some adverts state no pay
        press(page, row)
        page.wait_for_selector(".posting-title")
        if page.locator(".rivals").count():
            break
        page.keyboard.press("Escape")
        page.wait_for_selector(".posting-title", state="detached")
    lost = page.locator(".rivals .lost")
    expect(lost.first).to_be_hidden()
    page.locator(".rivals summary").first.click()
    expect(lost.first).to_contain_text(why)
    expect(lost.first.locator("del").first).to_have_text("$20M")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not tab.trouble


def test_search_and_column_filter_reach_the_server(visit: Callable[..., Any], site: str) -> None:
    tab = visit(site)
    page = tab.open("/postings?role=any", ROW.format(0))
    page.locator("#postings-search").fill("designer")
    page.wait_for_url("**search=designer")
    found = page.locator(".ag-row [col-id=title]", has_text="Designer")
    others = page.locator(".ag-row [col-id=title]", has_not_text="Designer")
    expect(found.first).to_be_visible()
    expect(others).to_have_count(0)
    assert not tab.trouble


def test_hostile_adverts_do_nothing(visit: Callable[..., Any], hostile_site: str) -> None:
    tab = visit(hostile_site)
    page = tab.open("/postings?role=all", ROW.format(0))
    for row in range(8):
        press(page, row)
        page.wait_for_selector(".posting-title")
        assert (
            page.locator(".mantine-Drawer-body :is(script, img, b, i, iframe, [onclick], [onerror])").count()
            == 0
        )
        assert page.locator("a[href^='javascript'], a[href^='data:']").count() == 0
        page.keyboard.press("Escape")
        page.wait_for_selector(".posting-title", state="detached")
    assert page.locator(".postings-grid :is(script, img, a[href^='javascript'])").count() == 0
    for path in ("/", "/pay", "/skills", "/demand"):
        page = tab.open(path, ".js-plotly-plot .main-svg")
        assert page.locator("main :is(img, script, iframe, [onerror], [onclick])").count() == 0
        assert page.locator("svg a[*|href^='javascript']").count() == 0
    assert page.evaluate("window.harmed === undefined")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert not tab.trouble
