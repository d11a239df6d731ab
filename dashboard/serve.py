"""Serve the viewer with waitress; Dash's debug server is never used."""

from __future__ import annotations

from dash import Dash

THREADS = 8


def serve(app: Dash, host: str, port: int) -> None:
    """Serve until interrupted. `host` is loopback unless the settings say otherwise."""
    import waitress

    waitress.serve(
        app.server, host=host, port=port, threads=THREADS, ident=None, clear_untrusted_proxy_headers=True
    )
