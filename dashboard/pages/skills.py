"""What do they ask for? Skills by how firmly they are asked, over time, and soft skills."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash
from dash import html

from dashboard import remembered
from dashboard.cards import card
from dashboard.components import Child, choices, lead, section
from dashboard.headlines import skills_headline
from dashboard.shell import render
from dashboard.titles import title_of
from dashboard.view import View


def content(view: View) -> Sequence[Child]:
    words = view.words
    measure = remembered.top_skills(view.release, view.selection, n=3)
    note = words(
        "skills.standfirst",
        openings=words.count("opening", measure.coverage.n_openings),
        employers=words.count("employer", measure.coverage.n_employers),
    )
    switch = choices(view, "level", "skills.level", "all")
    return [
        lead(words("page.skills.kicker"), skills_headline(measure.frame, words), note),
        section(words("skills.hard"), [switch, card(view, "top_skills")]),
        section(words("skills.time"), [card(view, "skills_by_year")]),
        section(words("skills.soft"), [card(view, "soft_skills")]),
    ]


def layout(**query: Any) -> html.Div:
    return render("/skills", content, query)


dash.register_page(__name__, path="/skills", order=3, title=title_of("/skills"), layout=layout)
