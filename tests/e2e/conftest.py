"""A viewer on a free loopback port, and one system Chromium per module."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.app import create_app
from tests.dashboard.hostile import make_hostile
from tests.releases import make_release

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """Path of the system's Chromium; skips the test where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = chromium()
    api = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


def serve(releases: Path) -> Iterator[str]:
    """The viewer behind its real server on a free port of loopback."""
    from waitress.server import create_server

    server = create_server(create_app(releases).server, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve(make_release(tmp_path_factory.mktemp("site"), n=700))


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serve(make_hostile(tmp_path_factory.mktemp("hostile")))


class Visit:
    """One tab that notes every console error and every request that leaves the machine."""

    def __init__(self, browser: Any, site: str, *, scheme: str = "light", width: int = 1280) -> None:
        self.site = site
        self.trouble: list[str] = []
        self.context = browser.new_context(viewport={"width": width, "height": 900})
        self.context.add_cookies([{"name": "scheme", "value": scheme, "url": site}])
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        self.page.on("request", self._note_request)

    def _note_console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.trouble.append(f"{message.type}: {message.text}")

    def _note_request(self, request: Any) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.trouble.append(f"leaves the machine: {request.url}")

    def open(self, address: str, wait: str = "main h1") -> Any:
        self.page.goto(self.site + address)
        self.page.wait_for_selector(wait)
        return self.page

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    """Makes visits and closes them."""
    visits: list[Visit] = []

    def make(site: str, **options: Any) -> Visit:
        visits.append(Visit(browser, site, **options))
        return visits[-1]

    yield make
    for each in visits:
        each.close()
