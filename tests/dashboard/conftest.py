"""One invented release and one viewer over it for all tests of the dashboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from dash import Dash

from dashboard.app import create_app
from dashboard.view import View, open_view
from data.release import Release, open_release
from tests.dashboard.hostile import make_hostile
from tests.releases import make_release


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_release(tmp_path_factory.mktemp("releases"), n=900)


@pytest.fixture(scope="session")
def hostile_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def release(releases: Path) -> Release:
    return open_release(releases)


@pytest.fixture(scope="session")
def app(releases: Path) -> Dash:
    return create_app(releases)


@pytest.fixture
def client(app: Dash) -> Any:
    return app.server.test_client()


@pytest.fixture
def in_app(app: Dash) -> Iterator[None]:
    """Code under test runs as if inside a request."""
    with app.server.test_request_context("/"):
        yield


@pytest.fixture
def view(release: Release) -> Callable[..., View]:
    """Makes the view of an address: view("/pay", source="lever", lang="fr")."""

    def make(path: str = "/", **params: str) -> View:
        return open_view(path, params, "light", release)

    return make
