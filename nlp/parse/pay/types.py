"""What a pay figure is: the public record of one figure found in an advert."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pay:
    """One pay figure. Amounts are in units of `currency` per `period`; None means the advert does not say.

    `text[start:end] == quote`; `rule` names how it was read and `currency_from` how its currency was decided
    (symbol, code, word, near, place, text, language). `flag` names the plausibility rule that objects: a flagged figure
    is kept as evidence but belongs in no measure.
    """

    min: float | None
    max: float | None
    currency: str | None
    period: str | None
    kind: str
    bound: str
    start: int
    end: int
    quote: str
    rule: str
    currency_from: str | None
    annual_min: float | None
    annual_max: float | None
    flag: str | None
