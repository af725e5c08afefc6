"""What the engine answers."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from analytics.definitions import Indicator
from analytics.engine.request import KpiRequest

_PLACES = Decimal(1).scaleb(-6)


@dataclass(frozen=True)
class Figure:
    """A numerator, a denominator where the indicator has one, and the value in the indicator's unit (percent for ratios)."""

    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None


@dataclass(frozen=True)
class Member:
    """The figure of one member of a dimension."""

    id: int
    label: str
    code: str
    figure: Figure


@dataclass(frozen=True)
class Achievement:
    """A figure against its target: `percent` of it that is reached, and what that means: ok, warn or bad."""

    target: Decimal
    percent: Decimal
    tone: str


@dataclass(frozen=True)
class KpiResult:
    """The answer to a request. `as_of` says how fresh it is; `shares` holds CR10 and CR20 of a ranking."""

    request: KpiRequest
    figure: Figure
    as_of: dt.datetime
    members: tuple[Member, ...] = ()
    shares: dict[str, Decimal | None] = field(default_factory=dict)

    @property
    def indicator(self) -> Indicator:
        """The indicator asked for."""
        return self.request.definition


def mean(total: Decimal | None, count: Decimal | None) -> Decimal | None:
    """The total over the count, six places; None without a positive count."""
    if total is None or count is None or count <= 0:
        return None
    return (total / count).quantize(_PLACES, rounding=ROUND_HALF_UP)


def percentage(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """Numerator of denominator in percent, six places; None without a positive denominator."""
    if numerator is None or denominator is None or denominator <= 0:
        return None
    return (numerator * 100 / denominator).quantize(_PLACES, rounding=ROUND_HALF_UP)
