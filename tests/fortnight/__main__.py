"""Runs a fortnight by hand: python -m tests.fortnight --boards 300 --days 14 --kills 20 --seed 1"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from sqlalchemy import Engine

from tests.fortnight.run import Fortnight
from tests.fortnight.world import make_world


def read(engine: Engine) -> str:
    """Facts by the language stage itself."""
    from nlp.enrich import enrich

    return enrich(engine).rules_version


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in (("boards", 300), ("days", 14), ("kills", 20), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--together", action="store_true", help="all crawls in one process")
    chosen = parser.parse_args()
    off = chosen.days // 2 + 1  # on one day the machine is off
    days = tuple(day for day in range(chosen.days + 1) if day != off)
    world = make_world(chosen.seed, n_boards=chosen.boards, days=days)
    with tempfile.TemporaryDirectory() as folder:
        result = Fortnight(world, Path(folder), chosen.seed, chosen.kills, not chosen.together, read).run()
    print(f"seed {chosen.seed}: {result}")
    for line in result.wrong[:40]:
        print(line)
    return 1 if result.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
