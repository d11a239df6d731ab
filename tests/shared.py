"""Where the material for checks lies that is not part of this repository (tests that need it skip without it)."""

from pathlib import Path

SHARED = Path(__file__).parent.parent.parent / "shared"
