"""The French adverts of this folder, in the shape that `nlp.evaluate` scores."""

from pathlib import Path
from typing import Any

import yaml

Row = dict[str, Any]
FOLDER = Path(__file__).parent


def load_adverts() -> list[Row]:
    """Return one row per advert: its own fields, its labels, and `known_wrong` (field: reason)."""
    return [
        _row(entry)
        for path in sorted(FOLDER.glob("*.yml"))
        for entry in yaml.safe_load(path.read_text("utf-8"))
    ]


def _row(entry: Row) -> Row:
    labels = entry["labels"]
    skills = [{"s": name, "level": level} for level, names in labels["skills"].items() for name in names]
    advert = {name: entry[name] for name in ("id", "title", "company", "country", "location", "text")}
    return {**advert, **labels, "skills": skills, "known_wrong": entry.get("known_wrong", {})}
