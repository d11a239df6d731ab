"""What do they ask for? Skills by how firmly they are asked, over time, and soft skills."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash
import pandas as pd
from dash import html

from dashboard.cards import card
from dashboard.components import Child, choices, lead, section
from dashboard.plain import plain
from dashboard.shell import render
from dashboard.titles import title_of
from dashboard.view import View
from dashboard.words import Words
from data.measures import skills


def headline(frame: pd.DataFrame, words: Words) -> str:
    """The three most named skills of skills.TOP, where their shares may be shown."""
    known = frame[frame["withheld"].isna() & frame["share"].notna()].head(3)
    if len(known) < 3:
        return words("skills.message.thin")
    names = [plain(name, 60) for name in known[f"label_{words.lang}"]]
    share = words.percent(float(known["share"].iloc[0]))
    return words("skills.message.known", first=names[0], second=names[1], third=names[2], share=share)


def content(view: View) -> Sequence[Child]:
    words = view.words
    measure = skills.top_skills(view.release, view.selection, n=3)
    note = words(
        "skills.standfirst",
        openings=words.count("opening", measure.coverage.n_openings),
        employers=words.count("employer", measure.coverage.n_employers),
    )
    switch = choices(view, "level", "skills.level", "all")
    return [
        lead(words("page.skills.kicker"), headline(measure.frame, words), note),
        section(words("skills.hard"), [switch, card(view, "top_skills")]),
        section(words("skills.time"), [card(view, "skills_by_year")]),
        section(words("skills.soft"), [card(view, "soft_skills")]),
    ]


def layout(**query: Any) -> html.Div:
    return render("/skills", content, query)


dash.register_page(__name__, path="/skills", order=3, title=title_of("/skills"), layout=layout)
