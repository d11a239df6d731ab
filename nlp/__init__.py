"""The reader of text: turns an advert into facts, each with the quote that proves it."""

import hashlib
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_REFERENCE = _HERE.parent / "data" / "reference"
_TABLES = (
    *("skills.csv", "titles.csv", "soft_skills.csv", "currencies.csv"),
    *("places.csv", "countries.csv", "states.csv", "towns.tsv.gz"),
)
_SHARED = ("annualise.py", "similarity.py")
_NO_RULES = frozenset(
    {
        *("commands.py", "evaluate.py", "explain_page.py", "explained.py"),
        *("gather_places.py", "mine.py", "scoring.py"),
    }
)  # they read no advert into the record
_RULE_FILES = frozenset({".py", ".csv", ".yml", ".yaml", ".json"})


@cache
def rules_version() -> str:
    """Return 12 hex digits that change with any rule, reference table or source file of the language stage."""
    digest = hashlib.sha256()
    files = [
        path
        for path in _HERE.rglob("*")
        if path.suffix in _RULE_FILES and path.name not in _NO_RULES and "__pycache__" not in path.parts
    ]
    named = [(path.relative_to(_HERE).as_posix(), path) for path in files]
    named += [(f"reference/{name}", _REFERENCE / name) for name in _TABLES]
    named += [(f"data/{name}", _REFERENCE.parent / name) for name in _SHARED]
    for name, path in sorted(named):
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]
