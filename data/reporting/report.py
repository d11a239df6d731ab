"""What a report is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.frames import Column
from data.measures.coverage import Measure
from data.measures.selection import Selection

if TYPE_CHECKING:
    from data.release import Release


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its (English, French) title, the columns of its CSV and the measure that fills it.

    `cites`: ids of sources whose figures are in it besides those of the postings.
    """

    title: tuple[str, str]
    columns: tuple[Column, ...]
    measure: Callable[[Release, Selection], Measure]
    cites: tuple[str, ...] = ()
