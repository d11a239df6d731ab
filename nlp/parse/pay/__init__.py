"""Pay: reads pay figures from the text of an advert and from a source's own fields."""

from nlp.parse.pay.candidates import Candidate, pay_candidates
from nlp.parse.pay.choose import main_pay, main_reasons
from nlp.parse.pay.find import find_pay
from nlp.parse.pay.label import read_label
from nlp.parse.pay.structured import structured_pay
from nlp.parse.pay.types import Pay

__all__ = [
    "Candidate",
    "Pay",
    "find_pay",
    "main_pay",
    "main_reasons",
    "pay_candidates",
    "read_label",
    "structured_pay",
]
