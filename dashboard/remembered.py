"""The measures the pages ask for, each worked out once per release and selection: releases never change.

Every function here is the measure of the same name; its frame is shared, so it is read and never written.
"""

from __future__ import annotations

from functools import lru_cache

from data.measures import claims, demand, pay, skills, verdicts

KEPT = 64

flow = lru_cache(maxsize=KEPT)(demand.flow)
stock_by_day = lru_cache(maxsize=KEPT)(demand.stock_by_day)
claim_share = lru_cache(maxsize=KEPT)(claims.claim_share)
pay_by_year = lru_cache(maxsize=KEPT)(pay.pay_by_year)
pay_overall = lru_cache(maxsize=KEPT)(pay.pay_overall)
pay_distribution = lru_cache(maxsize=16)(pay.pay_distribution)
top_skills = lru_cache(maxsize=KEPT)(skills.top_skills)
soft_skills = lru_cache(maxsize=KEPT)(skills.soft_skills)
answers = lru_cache(maxsize=KEPT)(verdicts.answers)
