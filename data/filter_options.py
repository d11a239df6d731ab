"""The filters of a selection as options of the command line, the same for every command that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from data.measures.selection import Selection

Since = Annotated[str | None, typer.Option(help="First month, YYYY-MM.")]
Until = Annotated[str | None, typer.Option(help="Last month, YYYY-MM.")]
Source = Annotated[str | None, typer.Option(help="Source ids, separated by commas.")]
Role = Annotated[str | None, typer.Option(help="role, title, core, asks, any, mention or all.")]
Country = Annotated[str | None, typer.Option(help="Country codes (US,FR), separated by commas.")]
Remote = Annotated[str | None, typer.Option(help="remote, hybrid, onsite, unspecified.")]
Work = Annotated[str | None, typer.Option(help="payroll, contract, gig_content, gig_ai_training, unclear.")]


def chosen(**given: str | None) -> Selection:
    """The selection of the options that were given. Raises SelectionError."""
    from data.measures.selection import Selection

    return Selection.from_params({name: value for name, value in given.items() if value is not None})
