"""The catalogue: all indicators that are computed, by their number."""

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


def of_tier(tier: Tier) -> list[Indicator]:
    """The indicators of a tier, by number."""
    return [indicator for indicator in CATALOGUE.values() if tier in indicator.tiers]
