"""Pay: reads pay figures from the text of an advert and from a source's own fields."""

from nlp.parse.pay.choose import main_pay
from nlp.parse.pay.find import find_pay
from nlp.parse.pay.structured import structured_pay
from nlp.parse.pay.types import Pay

__all__ = ["Pay", "find_pay", "main_pay", "structured_pay"]
