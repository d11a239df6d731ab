"""Writes the files of a new source into the checkout: card, platform, spider, recording and test."""

from __future__ import annotations

import json
import keyword
import re
from pathlib import Path
from string import Template

from data.errors import SettingError
from data.reference import load_cards
from scraper.scaffold_texts import CARD, PLATFORM, RECORDING, SPIDER, SPIDERS, TEST, Base

ROOT = Path(__file__).parent.parent
_NAME = re.compile(r"^[a-z][a-z0-9_]*$")


def scaffold(name: str, base: Base, root: Path = ROOT) -> list[Path]:
    """The files written or added to, relative to `root`. Raises SettingError before anything is written."""
    cards = root / "data" / "reference" / "sources.yml"
    files = _files(name, base)
    _refuse(name, root, cards, files)
    for path, text in files.items():
        (root / path).write_text(text, encoding="utf-8")
    with cards.open("a", encoding="utf-8") as file:
        file.write(Template(CARD).substitute(_words(name, base)))
    return [cards.relative_to(root), *files]


def _files(name: str, base: Base) -> dict[Path, str]:
    words = _words(name, base)
    return {
        Path(f"scraper/platforms/{name}.py"): Template(PLATFORM).substitute(words),
        Path(f"scraper/spiders/{name}.py"): Template(SPIDER).substitute(words),
        Path(f"tests/recordings/{name}.json"): json.dumps(RECORDING, indent=1) + "\n",
        Path(f"tests/scraper/test_{name}.py"): Template(TEST).substitute(words),
    }


def _words(name: str, base: Base) -> dict[str, str]:
    class_name = "".join(part.capitalize() for part in name.split("_"))
    host = f"{name.replace('_', '-')}.example"  # a host that can never exist
    return {"name": name, "cls": class_name, "host": host, **SPIDERS[base]}


def _refuse(name: str, root: Path, cards: Path, files: dict[Path, str]) -> None:
    if not (cards.is_file() and (root / "tests" / "recordings").is_dir()):
        raise SettingError(f"{root} is no checkout of the program; a source is added in a git clone of it.")
    if not _NAME.match(name) or keyword.iskeyword(name):
        raise SettingError(
            f"{name!r} cannot name a source; use small letters, digits and _, such as acme_jobs."
        )
    if name in load_cards(cards):
        raise SettingError(f"There is a source {name} already; its card is in {cards.name}.")
    taken = [str(path) for path in files if (root / path).exists()]
    if taken:
        raise SettingError(f"{taken[0]} exists already; choose another name than {name}.")
