"""Commands about telling others: a test of the alerts, and the feed of new openings as a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from data.settings import PREFIX, load_settings
from data.terminal import Lang, Language, Panel, say

app = typer.Typer()
alerts_app = typer.Typer(help="Alerts by e-mail and webhook.", no_args_is_help=True)
app.add_typer(alerts_app, name="alerts", rich_help_panel=Panel.KNOW)


@alerts_app.callback()
def _alerts() -> None:
    """Alerts by e-mail and webhook."""


@alerts_app.command("test", epilog="Example: promptjobs alerts test")
def test() -> None:
    """Send a test message over every channel that the environment names."""
    from data.alerts.sending import send_test
    from data.store import utc_now

    results = send_test(load_settings(), utc_now())
    if not results:
        say(f"No alerts are set up: set {PREFIX}SMTP_URL or {PREFIX}WEBHOOK_URL (docs/alerts.md).")
    for name, failure in results:
        say(f"{name}: {failure or 'sent.'}")
    if not results or any(failure for _, failure in results):
        raise typer.Exit(1)


@app.command(rich_help_panel=Panel.LOOK, epilog="Example: promptjobs feed --lang fr -o openings.fr.atom")
def feed(
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="File to write; default: standard output.")
    ] = None,
    lang: Lang = Language.EN,
) -> None:
    """Write the Atom feed of new openings of the current release; the dashboard serves the same."""
    from data.feed import atom_feed
    from data.release import open_release

    body = atom_feed(open_release(load_settings().releases), lang.value)
    if out is None:
        sys.stdout.buffer.write(body)
        return
    temporary = out.with_name(f"{out.name}.tmp")
    temporary.write_bytes(body)
    temporary.replace(out)
