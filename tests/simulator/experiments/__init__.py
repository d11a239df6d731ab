"""Every experiment: one question about one measure, put to many drawn markets."""

from __future__ import annotations

from tests.simulator.experiments import chained, deeper, demand, lives, pay, skills
from tests.simulator.trial import Experiment

EXPERIMENTS: dict[str, Experiment] = {
    one.id: one for family in (demand, pay, skills, chained, lives, deeper) for one in family.EXPERIMENTS
}
