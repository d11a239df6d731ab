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
_BEACON = re.compile(r"(?:\s|<br\s*/?>)*Please mention the word \*\*.{1,2000}\Z", re.DOTALL)
_ROLE = re.compile(
    r"\b(?:engineer|developer|manager|designer|lead|leader|analyst|specialist|assistant|director|writer|editor|"
    r"recruiter|scientist|architect|consultant|representative|executive|officer|administrator|coordinator|agent|"
    r"support|sales|marketer|marketing|accountant|technician|operator|driver|nurse|teacher|tutor|intern|head|"
    r"handyman|cleaner|clerk|cook|chef|mechanic|electrician|advisor|adviser|trainer|worker|associate|supervisor|"
    r"programmer|translator|annotator|strategist|producer|artist|researcher|expert|partner|president|founder)",
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
        title, html = plain(mended(raw["position"])), mended(_BEACON.sub("", raw["description"]))
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
            "company": plain(mended(raw["company"])) or None,
            "places": distinct([mended(raw["location"]).strip(" ,")]),
            "html": html,
            "posted_on": day(raw["date"]),
            "posted_basis": "stated",
            "pay": structured_pay(low, high, None, None, unknown),
        }


def _is_notice(row: Any) -> bool:
    return isinstance(row, dict) and "legal" in row and "position" not in row


def reads_like_a_job(title: str, html: str) -> bool:
    """Whether the title names a role or the text has at least two different parts of an advert."""
    found = {cue.lower() for cue in _ADVERT.findall(html)}
    return _ROLE.search(title) is not None or len(found) >= _CUES
