"""Headers of every answer: a strict Content-Security-Policy and its companions."""

from __future__ import annotations

from dash import Dash
from flask import Response

# What Dash, Mantine, AG Grid and plotly need beyond 'self'; the reasons are in docs/decisions/0010-dashboard.md.
POLICY: dict[str, tuple[str, ...]] = {
    "default-src": ("'self'",),
    "script-src": ("'self'",),
    "style-src": ("'self'", "'unsafe-inline'"),
    "img-src": ("'self'", "data:", "blob:"),
    "font-src": ("'self'", "data:"),
    "connect-src": ("'self'",),
    "object-src": ("'none'",),
    "base-uri": ("'none'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'none'",),
}
HEADERS: dict[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def content_policy(script_hashes: list[str]) -> str:
    """The policy as one header value; `script_hashes` are the inline scripts Dash itself writes."""
    policy = POLICY | {"script-src": (*POLICY["script-src"], *script_hashes)}
    return "; ".join(f"{name} {' '.join(values)}" for name, values in policy.items())


def secure(app: Dash) -> None:
    """Add the headers to every answer of `app`."""

    def add_headers(response: Response) -> Response:
        # Dash adds its page-title script at the first request, so the hashes are taken afterwards.
        response.headers["Content-Security-Policy"] = content_policy(sorted(set(app.csp_hashes())))
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    app.server.after_request(add_headers)
