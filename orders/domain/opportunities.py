"""What came of an opportunity: its orders, and for two years what was shipped against what was promised."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Min, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from crm.base.saving import create_record, refuse_held
from crm.errors import DomainError
from crm.locks import lock_row
from crm.models import User
from crm.periods import add_months, month_end, month_start
from opportunities.domain.opportunity import set_converted
from opportunities.enums import StageCategory
from opportunities.models import Opportunity, OpportunityProduct
from orders.models import OpportunityOrder, SalesOrder, SalesOrderLine, ShipmentLine

FOLLOWED_MONTHS = 24
MONTHS_OF_A_YEAR = 12


def link_order(*, opportunity: Opportunity, order: SalesOrder, actor: User | None) -> OpportunityOrder:
    """Say that the order came of the opportunity. Raises DomainError for an order of somebody else, or one linked already."""
    if opportunity.stage.category not in (StageCategory.OPEN, StageCategory.WON):
        raise DomainError(_("Nothing came of this opportunity: reopen it first."), field="order")
    if order.customer_id not in _buyers(opportunity):
        raise DomainError(_("Order %(number)s is of another customer.") % {"number": order.number}, field="order")
    with transaction.atomic():
        stored = _locked(opportunity)
        link = create_record(OpportunityOrder(opportunity=stored, order=order))
        _follow(stored)
    return link


def unlink_order(*, link: OpportunityOrder, actor: User) -> None:
    """The order did not come of the opportunity after all."""
    with transaction.atomic():
        stored = _locked(link.opportunity)
        link.delete()
        _follow(stored)


def candidates(opportunity: Opportunity, rows: QuerySet[SalesOrder]) -> QuerySet[SalesOrder]:
    """Of these orders, those that may have come of it: ordered since it began, of its product or product line, not linked."""
    found = rows.filter(customer__in=_buyers(opportunity), ordered_on__gte=opportunity.created_at.date())
    asked = wanted(opportunity)
    if asked is not None:
        found = found.filter(pk__in=SalesOrderLine._base_manager.filter(asked).values("order"))
    linked = OpportunityOrder._base_manager.filter(opportunity=opportunity).values("order")
    return found.filter(gone_at__isnull=True).exclude(pk__in=linked)


def wanted(opportunity: Opportunity) -> Q | None:
    """Lines of what the opportunity is about: its products, or else their product lines; None when it names neither."""
    asked: Q | None = None
    for part in _parts(opportunity):
        one = None
        if part.product_id is not None:
            one = Q(product=part.product_id)
        elif part.product_line_id is not None:
            one = Q(product_line=part.product_line_id)
        if one is not None:
            asked = one if asked is None else asked | one
    return asked


@dataclass(frozen=True)
class Quarter:
    """Three months after the win: the first one, and kg promised and shipped; `promised` so far when it still runs."""

    start: dt.date
    promised: Decimal
    shipped: Decimal


@dataclass(frozen=True)
class Realised:
    """Two years from the month after the win, in kg."""

    quarters: tuple[Quarter, ...]
    before: Decimal  # shipped in the twelve months up to the win, of the same products

    @property
    def promised(self) -> Decimal:
        """Promised up to now."""
        return sum((quarter.promised for quarter in self.quarters), Decimal(0))

    @property
    def shipped(self) -> Decimal:
        """Shipped up to now."""
        return sum((quarter.shipped for quarter in self.quarters), Decimal(0))


def promised_in(opportunity: Opportunity, number: int) -> Decimal:
    """The kg promised for the month of that number after the win, from 1: a twelfth of our yearly volume; while it ramps up the
    part of the months to full volume that has passed."""
    full = sum((part.our_volume_kg or Decimal(0) for part in _parts(opportunity)), Decimal(0))
    ramp = max(opportunity.ramp_months or 1, 1)
    return full / MONTHS_OF_A_YEAR * min(number, ramp) / ramp


def realised(opportunity: Opportunity, rows: QuerySet[ShipmentLine], today: dt.date) -> Realised | None:
    """What of these shipments fulfils the promise; None for one that is not won or names no product. Two queries."""
    asked = wanted(opportunity)
    if opportunity.closed_on is None or asked is None:
        return None
    start = add_months(month_start(opportunity.closed_on), 1)
    last = min(month_end(add_months(start, FOLLOWED_MONTHS - 1)), today)
    lines = rows.filter(
        asked, customer__in=_buyers(opportunity), product__base_unit__code="KG", shipment__gone_at__isnull=True
    ).order_by()
    year_before = lines.filter(shipped_on__gte=add_months(start, -MONTHS_OF_A_YEAR), shipped_on__lt=start)
    by_month: dict[dt.date, Decimal] = dict(
        lines.filter(shipped_on__range=(start, last))
        .annotate(month=TruncMonth("shipped_on"))
        .values_list("month")
        .annotate(Sum("quantity_base"))
    )
    months = [add_months(start, number) for number in range(FOLLOWED_MONTHS)]
    known = [(number, month) for number, month in enumerate(months, 1) if month <= today]
    quarters = []
    for place in range(0, len(known), 3):
        part = known[place : place + 3]
        promised = sum((promised_in(opportunity, number) for number, _month in part), Decimal(0))
        shipped = sum((by_month.get(month, Decimal(0)) for _number, month in part), Decimal(0))
        quarters.append(Quarter(part[0][1], promised, shipped))
    before = year_before.aggregate(kg=Sum("quantity_base"))["kg"] or Decimal(0)
    return Realised(tuple(quarters), before)


def _parts(opportunity: Opportunity) -> list[Opportunity | OpportunityProduct]:
    """What the deal is about: the product that it names, and the further ones."""
    return [opportunity, *opportunity.products.all()]


def _buyers(opportunity: Opportunity) -> list[int]:
    """Who may order it: the customer, and the end customer behind a distributor."""
    return [key for key in (opportunity.customer_id, opportunity.end_customer_id) if key is not None]


def _locked(opportunity: Opportunity) -> Opportunity:
    stored: Opportunity = lock_row(Opportunity._base_manager.all(), opportunity.pk)
    refuse_held(Opportunity, [stored.pk])
    return stored


def _follow(opportunity: Opportunity) -> None:
    """The day it turned into business is that of its first order."""
    links: Any = OpportunityOrder._base_manager.filter(opportunity=opportunity)
    set_converted(opportunity, links.aggregate(day=Min("order__ordered_on"))["day"])
