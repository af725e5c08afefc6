"""Answers to the gates, for tests of opportunities."""

from decimal import Decimal
from typing import Any

from opportunities.models import Opportunity, Stage
from opportunities.outcomes import gate_outcomes
from tests.factories.records import day

REQUIREMENT: dict[str, Any] = {
    "demand_kg": Decimal(120000),
    "our_volume_kg": Decimal(80000),
    "market_price": Decimal("34.20"),
    "need": "现用胶低温开裂",
    "competitors": "D 牌",
    "source": "campaign",
    "category": "new_product",
    "dimension": "known_new",
    "application": "电池包上盖密封",
    "target_function": "低温不开裂",
    "buying_motive": "降返修",
    "timing": "2027-01 SOP",
    "certification": "UL94 V-0",
    "specification": {"sales_process": "直销"},
}
SOLUTION = {
    "LSR": {"viscosity", "components", "physical", "hardness", "mix_ratio", "performance"},
    "SEAL": {"viscosity", "components", "curing", "performance"},
    "HCR": {"hardness", "performance"},
    "BASE": {"viscosity", "performance"},
    "HERB": {"performance"},
}


def stage(code: str) -> Stage:
    """A stage of the funnel."""
    return Stage.objects.get(code=code)


def answered(org: Any, **values: Any) -> dict[str, Any]:
    """Values that pass the first gate."""
    return {**REQUIREMENT, "expected_close_on": day(60), "product_line": org.sealant, **values}


def reached(key: str, opportunity: Opportunity) -> bool:
    """Whether a gate that asks for the outcome finds it."""
    return opportunity.pk in gate_outcomes.get(key).reached([opportunity.pk])
