"""The catalogue: all indicators that are computed, by their number."""

from typing import Any

from analytics.catalogue import (
    customers,
    developments,
    finance,
    marketing,
    opportunities,
    orders,
    qualification,
    quotes,
    samples,
    tenders,
)
from analytics.definitions import Indicator
from analytics.enums import Tier

_MODULES = (marketing, opportunities, quotes, orders, finance, customers, samples, tenders, qualification, developments)
_ALL = tuple(indicator for module in _MODULES for indicator in module.INDICATORS)
CATALOGUE: dict[int, Indicator] = {
    indicator.number: indicator for indicator in sorted(_ALL, key=lambda item: item.number)
}
DUPLICATES = len(_ALL) - len(CATALOGUE)


class UnknownIndicator(KeyError):
    """There is no indicator of that number in the product."""


def get(number: int) -> Indicator:
    """The indicator of that number; UnknownIndicator when it is not computed."""
    if number not in CATALOGUE:
        raise UnknownIndicator(number)
    return CATALOGUE[number]


def shown_to(user: Any) -> list[Indicator]:
    """The indicators that somebody may see, by number."""
    return [one for one in CATALOGUE.values() if not one.permission or user.has_perm(one.permission)]


def of_tier(tier: Tier, user: Any) -> list[Indicator]:
    """Those of a tier that somebody may see, by number."""
    return [indicator for indicator in shown_to(user) if tier in indicator.tiers]
