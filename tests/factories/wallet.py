"""Stated demands, competitors' parts, plans and what contributions are worked out from."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from crm.models import Competitor, User
from customers.domain.improvement import create_plan
from customers.domain.wallet.statements import state_demand
from customers.models import ContributionRate, Customer, CustomerDemand, DemandShare, ImprovementGoal, ImprovementPlan
from orders.models import Shipment, ShipmentLine
from tests.factories.organisation import Organisation
from tests.factories.records import _numbers, day, make_customer, stamps


def make_demand(
    org: Organisation, *, owner: User | None = None, customer: Customer | None = None, **values: Any
) -> CustomerDemand:
    """The demand of a customer for sealants, ten tonnes a year since the first of January."""
    customer = customer or make_customer(org, owner=owner)
    values = {
        "product_line": org.sealant,
        "starts_on": day().replace(month=1, day=1),
        "kg_per_year": Decimal(10_000),
        "source": "customer",
        "stated_on": day(),
        **values,
    }
    return state_demand(actor=customer.owner, customer=customer, **values)  # type: ignore[arg-type]


def make_share(org: Organisation, *, owner: User | None = None, demand: Any = None, **values: Any) -> DemandShare:
    """A competitor's part of a demand: one tonne."""
    if "competitor" not in values:
        number = next(_numbers)
        values["competitor"] = Competitor.objects.create(code=f"CMP{number}", name=f"竞争对手{number}")
    values.setdefault("kg_per_year", Decimal(1000))
    return DemandShare.objects.create(demand=demand or make_demand(org, owner=owner), **values)


def ship(org: Organisation, customer: Customer, kg: int, *, on: dt.date | None = None, **values: Any) -> Shipment:
    """Goods that left for a customer."""
    gone = on or day()
    shipment = Shipment.objects.create(
        number=f"81{next(_numbers):08d}",
        currency_id="CNY",
        read_at=timezone.now(),
        planned_on=gone,
        shipped_on=gone,
        **stamps(org, customer),
    )
    line = {"product": org.product, "product_line": org.sealant, **values}
    ShipmentLine.objects.create(
        shipment=shipment,
        item=10,
        quantity=kg,
        unit="KG",
        quantity_base=kg,
        shipped_on=gone,
        **line,
        **stamps(org, customer),
    )
    return shipment


def make_plan(
    org: Organisation, *, owner: User | None = None, customer: Customer | None = None, **values: Any
) -> ImprovementPlan:
    """A draft."""
    customer = customer or make_customer(org, owner=owner)
    values = {"title": f"改善计划{next(_numbers)}", "starts_on": day(), "ends_on": day(180), **values}
    return create_plan(actor=customer.owner, customer=customer, **values)  # type: ignore[arg-type]


def make_goal(org: Organisation, *, owner: User | None = None, plan: Any = None, **values: Any) -> ImprovementGoal:
    """A goal: sales of a million."""
    values = {"measure": "sales_12m", "target": Decimal(1_000_000), "due_on": day(90), **values}
    return ImprovementGoal.objects.create(plan=plan or make_plan(org, owner=owner), **values)


def make_rate(org: Organisation, *, owner: User | None = None, **values: Any) -> ContributionRate:
    """Rates of serving; each call is of an earlier day."""
    values = {"per_shipment": Decimal(100), "capital_percent": Decimal(5), **values}
    values.setdefault("starts_on", day(-800 - next(_numbers)))
    return ContributionRate.objects.create(**values)
