"""Fixtures shared by all tests: a home of its own for each, and a PostgreSQL where one is installed."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

# Files whose tests share crawls or a corpus, which are made once where one process runs them all.
TOGETHER = frozenset(
    f"tests/{name}.py"
    for name in (
        "data/test_presence_corpus",
        "measures/test_against_others",
        "scraper/test_feed_crawls",
        "scraper/test_feed_recordings",
        "scraper/test_page",
        "scraper/test_situations",
    )
)


class Sharing(LoadScopeScheduling):
    """Each test by itself to whichever process is free, but a file of TOGETHER as a whole to one."""

    def _split_scope(self, nodeid):
        file = nodeid.partition("::")[0]
        return file if file in TOGETHER else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Marks cannot say it: pytest-xdist 3.8 does not hand groups over under pytest 9.2."""
    return Sharing(config, log)


def pytest_collection_modifyitems(items):
    """The slow tests first: no worker is left alone with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch):
    """No test reads or writes the user's own data, whatever is in the environment."""
    for name in [name for name in os.environ if name.startswith("PROMPTJOBS_")]:
        monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("PROMPTJOBS_HOME", str(home))
    return home


def _postgres_programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


@pytest.fixture(scope="session")
def postgres_url():
    """SQLAlchemy URL of an empty PostgreSQL cluster made for this session, on a socket only."""
    programs = _postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    # Sockets want a short path, and the server refuses to run as root.
    folder = Path(tempfile.mkdtemp(prefix="pj-pg-"))
    as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_other:
        shutil.chown(folder, "postgres")
    run = {"check": True, "capture_output": True, "cwd": "/"}
    subprocess.run(
        [*as_other, programs / "initdb", "-D", folder / "d", "-U", "postgres", "-A", "trust"], **run
    )
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    log = folder / "log"
    subprocess.run(
        [*as_other, programs / "pg_ctl", "-D", folder / "d", "-o", options, "-l", log, "-w", "start"], **run
    )
    yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    subprocess.run([*as_other, programs / "pg_ctl", "-D", folder / "d", "-m", "immediate", "stop"], **run)
    shutil.rmtree(folder, ignore_errors=True)
