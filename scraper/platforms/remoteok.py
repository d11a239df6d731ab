"""RemoteOK: a bare array whose first element is a legal notice; some records are no jobs."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from data.errors import IntakeError
from data.intake import NOT_A_JOB
from data.reference import Board
from scraper.platforms.base import PageShapeError, Platform, Raw, day, records, structured_pay
from scraper.platforms.raw_values import amount, distinct, mended, plain

# An instruction against robots: its word and tag change with every request, and the tag holds the asker's
# own network address in base64. It is no part of the advert.
_BEACON = "Please mention the word **"
_BREAKS = ("<br>", "<br/>", "<br />")
# Most words for roles end like "engineer", "editor", "analyst", "technician" or "assistant"; these do not.
_ROLE = re.compile(
    r"\b(?:[a-z]{3,}(?:eer|er|or|ist|yst|ian|ant|ent|ive|man|woman)s?|lead|head|chief|vp|c[etfo]o|intern|clerk|cook|"
    r"nurse|guide|coach|host|artist|scientist|support|sales|marketing|engineering|operations|design|"
    r"development|staff|crew|qa|sre|devops|seo|advocate|associate|delegate|candidate|apprentice)\b",
    re.IGNORECASE,
)
# Words with such an end that name no role.
_NO_ROLE = re.compile(
    r"\b(?:your?s?|never|after|under|over|better|other|order|power|water|matter|number|career|letter|paper|"
    r"answer|center|consider|discover|remember|whether|rather|together|color|error|want|important|different|"
    r"current|content|comment|moment|client|parent|talent|drive|live|give|five|active|positive|effective)s?\b",
    re.IGNORECASE,
)
_ADVERT = re.compile(
    r"\b(?:responsibilit\w+\s*[:<]|requirements?\b|qualifications?\b|job (?:summary|description|type)|duties|"
    r"we(?:'|’| a)re (?:hiring|looking for|seeking)|looking for an? |years?(?:'|’)? (?:of )?experience|"
    r"full[- ]time|part[- ]time|how to apply|apply (?:now|here|via|by)|salary|benefits\b|you will )",
    re.IGNORECASE,
)
_CUES = 2


class RemoteOK(Platform):
    """The newest jobs in one answer. Salaries of 0 are unknown, and neither currency nor period is a field."""

    source = "remoteok"

    def address(self, board: Board) -> str:
        return "https://remoteok.com/api"

    def listing(self, payload: Any) -> list[Raw]:
        found = records(payload, self.source)
        if not any(isinstance(row, dict) and ("id" in row or "legal" in row) for row in found):
            raise PageShapeError(
                f"{self.source}: neither the notice nor a job is there; did the page change?"
            )
        return [row for row in found if not _is_notice(row)]

    def posting(self, raw: Raw, board: Board, unknown: Counter[str]) -> Raw:
        title, html = plain(mended(raw["position"])), mended(_without_beacon(raw["description"]))
        if not reads_like_a_job(title, html):
            raise IntakeError(
                NOT_A_JOB, "neither the title names a role nor the text has the parts of an advert"
            )
        low, high = (amount(raw[name], name, unknown) for name in ("salary_min", "salary_max"))
        return {
            "source": self.source,
            "board": board.board,
            "external_id": self.external_id(raw),
            "url": raw["url"],
            "title": title,
            "company": plain(mended(raw["company"] or "")) or None,
            "places": distinct([mended(raw["location"] or "").strip(" ,")]),
            "html": html,
            "posted_on": day(raw["date"]),
            "posted_basis": "stated",
            "pay": structured_pay(low, high, None, None, unknown),
        }


def _without_beacon(html: str) -> str:
    text, beacon, _ = html.partition(_BEACON)
    while beacon and (rest := text.rstrip()).endswith(_BREAKS):
        text = rest[: rest.rindex("<")]
    return text.rstrip() if beacon else text


def _is_notice(row: Any) -> bool:
    return isinstance(row, dict) and "legal" in row and "position" not in row


def reads_like_a_job(title: str, html: str) -> bool:
    """Whether the title names a role or the text has at least two different parts of an advert."""
    found = {cue.lower() for cue in _ADVERT.findall(html)}
    return _ROLE.search(_NO_ROLE.sub("", title)) is not None or len(found) >= _CUES
