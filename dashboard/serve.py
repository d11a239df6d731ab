"""Serve the viewer with waitress; Dash's debug server is never used."""

from __future__ import annotations

import threading

import dash
from dash import Dash

THREADS = 8


def serve(app: Dash, host: str, port: int) -> None:
    """Serve until interrupted. `host` is loopback unless the settings say otherwise."""
    import waitress

    threading.Thread(target=warm, args=(app,), daemon=True).start()
    waitress.serve(
        app.server, host=host, port=port, threads=THREADS, ident=None, clear_untrusted_proxy_headers=True
    )


def warm(app: Dash) -> None:
    """Draw each page once before anybody asks: the first reader does not wait for imports and first queries."""
    with app.server.test_request_context("/"):
        for page in dash.page_registry.values():
            if callable(page["layout"]):
                page["layout"]()
