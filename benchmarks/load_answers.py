"""Invented Greenhouse boards: adverts of 3 to 6 kB in varied words, board sizes skewed, as the API would send them."""

from __future__ import annotations

import gzip
import html
import itertools
import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

HOST = "boards-api.greenhouse.io"
_COMMON = (
    "and the to of with our you in for a we is on team work your are as will that be new data by or from an "
    "experience have product at all their this business support across customers who skills help people build "
    "can ability time quality not role working more using about care based development management also how "
    "services design years other company strong process projects what teams health make into best systems"
)
_SYLLABLES = ("ba", "cor", "den", "el", "fir", "gan", "hol", "im", "jo", "ka", "lum", "mer", "no", "or", "pra",
              "qui", "ros", "sta", "tel", "un", "ver", "wil", "yar", "zo", "ing", "tion", "ment", "ness", "é")  # fmt: skip
_ROLES = ("Software Engineer", "Account Executive", "Data Analyst", "Product Designer", "Nurse Coordinator",
          "Warehouse Planner", "Security Engineer", "Customer Success Partner", "Research Scientist",
          "Finance Lead", "Technical Writer", "Site Reliability Engineer", "Prompt Engineer")  # fmt: skip
_TEAMS = (
    "Payments",
    "Growth",
    "Core Platform",
    "Europe",
    "Night Shift",
    "Insights",
    "Hardware",
    "Care",
    "Logistics",
)
_PLACES = (
    "Berlin",
    "Lyon, France",
    "Remote - US",
    "New York, NY; Boston, MA",
    "London",
    "Toronto, Canada",
    "Tokyo",
)
PROMPTING = "You write and test prompts for large language models."


@dataclass(frozen=True)
class Answer:
    """One address with its answer's body (gzip where that is asked for) and how many postings it holds."""

    path: str
    body: bytes = field(repr=False)
    n_postings: int
    n_plain: int  # bytes before gzip


def board_sizes(n_boards: int, n_postings: int, chance: random.Random) -> list[int]:
    """Log-normal sizes that add up to `n_postings`, each at least 1: many small boards, a few of thousands."""
    weights = [math.exp(chance.gauss(0, 1.1)) for _ in range(n_boards)]
    spare = n_postings - n_boards
    sizes = [1 + int(spare * w / sum(weights)) for w in weights]
    sizes[-1] += n_postings - sum(sizes)
    return sizes


def answers(n_boards: int, n_postings: int, *, seed: int = 7, zipped: bool = True) -> Iterator[Answer]:
    """Every board's listing, then the own pages of the postings that mention prompts. Equal for equal seeds."""
    chance = random.Random(seed)
    number = 4_000_000
    for n, size in enumerate(board_sizes(n_boards, n_postings, chance)):
        board = token(n)
        frame = _frame(board, chance)
        jobs = [job(number + place, board, frame, chance) for place in range(size)]
        number += size
        path = f"/{HOST}/v1/boards/{board}/jobs"
        yield _answer(f"{path}?content=true", {"jobs": jobs, "meta": {"total": size}}, size, zipped)
        for one in jobs:
            if PROMPTING in one["content"] or "Prompt" in one["title"]:
                own = one | {"pay_input_ranges": [_pay(chance)]}
                yield _answer(f"{path}/{one['id']}?pay_transparency=true", own, 0, zipped)


def token(n: int) -> str:
    """The n-th board's name at the platform."""
    return f"firm{n:04}"


def _answer(path: str, payload: Any, n_postings: int, zipped: bool) -> Answer:
    plain = json.dumps(payload, separators=(",", ":")).encode()
    return Answer(path, gzip.compress(plain, 4, mtime=0) if zipped else plain, n_postings, len(plain))


def job(number: int, board: str, frame: tuple[str, str], chance: random.Random) -> dict[str, Any]:
    """One job in the API's shape; the employer's own paragraphs `frame` stand around what is said of the job."""
    role = chance.choices(_ROLES, [30.0] * (len(_ROLES) - 1) + [0.5])[0]
    is_prompting = chance.random() < 0.003
    title = f"{chance.choice(('', 'Senior ', 'Staff ', 'Junior '))}{role}, {chance.choice(_TEAMS)}"
    changed = (
        f"2026-{chance.randint(1, 7):02}-{chance.randint(1, 28):02}T{chance.randint(0, 23):02}:50:01-04:00"
    )
    place = chance.choice(_PLACES)
    return {
        "absolute_url": f"https://job-boards.greenhouse.io/{board}/jobs/{number}",
        "data_compliance": [{"type": "gdpr", "requires_consent": False, "retention_period": None}],
        "internal_job_id": number + 77,
        "location": {"name": place},
        "metadata": [{"id": 5, "name": "Employment Type", "value": "Full-time", "value_type": "single_select"}],
        "id": number,
        "updated_at": changed,
        "requisition_id": str(number % 9973),
        "title": title,
        "company_name": board.capitalize(),
        "first_published": changed,
        "language": "en",
        "content": html.escape(_text(frame, is_prompting, chance), quote=True),
        "departments": [{"id": 3, "name": chance.choice(_TEAMS), "child_ids": [], "parent_id": None}],
        "offices": [{"id": 9, "name": place, "location": place, "child_ids": [], "parent_id": None}],
    }  # fmt: skip


def _vocabulary(n_words: int) -> tuple[list[str], list[float]]:
    """Words and their summed weights after Zipf: text then packs about as well as adverts do."""
    chance, words = random.Random(11), dict.fromkeys(_COMMON.split())
    while len(words) < n_words:
        words["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))] = None
    return list(words), list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))


_WORDS, _WEIGHTS = _vocabulary(6000)


def _line(chance: random.Random, n_words: int) -> str:
    return " ".join(chance.choices(_WORDS, cum_weights=_WEIGHTS, k=n_words)).capitalize() + "."


def _lines(n_lines: int) -> list[str]:
    chance = random.Random(12)
    return [_line(chance, chance.randint(9, 19)) for _ in range(n_lines)]


_LINES = _lines(30_000)  # far apart in the answers: no packer sees that they come again


def _text(frame: tuple[str, str], is_prompting: bool, chance: random.Random) -> str:
    lines = chance.choices(_LINES, k=chance.randint(16, 28))
    duties = lines[4 : 4 + len(lines) // 2] + [PROMPTING] * is_prompting
    return (
        f"{frame[0]}<h3>What you will do</h3>\n<p>{' '.join(lines[:4])}</p>\n{_list(duties)}"
        f"<h3>What you bring &amp; like</h3>\n{_list(lines[4 + len(lines) // 2 :])}{frame[1]}"
    )


def _frame(board: str, chance: random.Random) -> tuple[str, str]:
    about, law = (" ".join(chance.choices(_LINES, k=chance.randint(3, 7))) for _ in range(2))
    benefits = _list(chance.choices(_LINES, k=chance.randint(4, 7)))
    # Seven of ten real adverts hold a character beyond Latin-1, most a curly apostrophe.
    closing = "We don’t charge&nbsp;applicants." if chance.random() < 0.7 else "Applying is free."
    opening = f'<div class="content-intro"><p><strong>About {board.capitalize()}</strong></p>\n<p>{about}</p></div>\n'
    return opening, f"<h3>Benefits</h3>\n{benefits}<p><em>{law} {closing}</em></p>"


def _list(lines: Sequence[str]) -> str:
    return "<ul>\n" + "".join(f"<li><span>{line}</span></li>\n" for line in lines) + "</ul>\n"


def _pay(chance: random.Random) -> dict[str, Any]:
    low = chance.randrange(60_000, 200_000, 500)
    return {
        "min_cents": low * 100,
        "max_cents": low * 130,
        "currency_type": "USD",
        "title": "Annual",
        "blurb": "",
    }
