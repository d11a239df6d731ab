"""Stops the clock of a process at FORTNIGHT_NOW (UTC) and lets it run on from there; Python loads this by its name."""

import os
from datetime import UTC, datetime

if os.environ.get("FORTNIGHT_NOW"):
    import time_machine

    time_machine.travel(
        datetime.fromisoformat(os.environ["FORTNIGHT_NOW"]).replace(tzinfo=UTC), tick=True
    ).start()
