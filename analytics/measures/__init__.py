"""All facts and measures, by key."""

from analytics.definitions import Fact, Measure
from analytics.enums import Aggregate
from analytics.measures import (
    customers,
    developments,
    finance,
    leads,
    opportunities,
    orders,
    qualification,
    quotes,
    samples,
    tenders,
)

_MODULES = (leads, opportunities, quotes, orders, finance, customers, samples, tenders, qualification, developments)

FACTS: dict[str, Fact] = {fact.key: fact for module in _MODULES for fact in module.FACTS}
MEASURES: dict[str, Measure] = {measure.key: measure for module in _MODULES for measure in module.MEASURES}


def measures_of(fact: Fact) -> list[Measure]:
    """The measures taken from a fact that are sums by month."""
    return [m for m in MEASURES.values() if m.fact == fact.key and m.aggregate != Aggregate.UNIQUE]


def unique_of(fact: Fact) -> list[Measure]:
    """Those of a fact that are counted anew for every period."""
    return [m for m in MEASURES.values() if m.fact == fact.key and m.aggregate == Aggregate.UNIQUE]


def fact_of(measure: Measure) -> Fact:
    """The fact of a measure."""
    return FACTS[measure.fact]


def facts_from(sources: list[str]) -> list[Fact]:
    """The facts taken from these sources of change."""
    return [fact for fact in FACTS.values() if fact.source in sources]
