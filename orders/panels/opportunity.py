"""What an opportunity's page shows of the orders that came of it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from crm.base.querysets import may_write
from opportunities.enums import StageCategory
from opportunities.models import Opportunity
from orders.domain.opportunities import candidates, realised
from orders.models import OpportunityOrder, SalesOrder, ShipmentLine
from orders.tables import document_url

MOST = 5


def orders(request: HttpRequest, record: Opportunity) -> dict[str, Any] | None:
    """Its orders, and those that may be: whoever may change the opportunity says which."""
    user: Any = request.user
    visible = SalesOrder.objects.visible_to(user)
    links = OpportunityOrder.objects.visible_to(user, of=record).filter(order__in=visible).select_related("order")
    linked = [{"link": link, "order": link.order, "url": document_url(link.order)} for link in links]
    may = user.has_perm("opportunities.change_opportunity") and may_write(user, record)
    closed = record.stage.category not in (StageCategory.OPEN, StageCategory.WON)
    offered = []
    if may and not closed:
        found = candidates(record, visible).order_by("-ordered_on", "-pk")[:MOST]
        offered = [{"order": order, "url": document_url(order)} for order in found]
    if not linked and not offered and record.stage.category != StageCategory.WON:
        return None
    return {
        "linked": linked,
        "offered": offered,
        "may_link": may and not closed,
        "url": reverse("orders:opportunity_link", args=[record.pk]),
    }


def promise(request: HttpRequest, record: Opportunity) -> dict[str, Any] | None:
    """Of one that was won: what was shipped against what was promised, by quarter, for two years."""
    if record.stage.category != StageCategory.WON:
        return None
    found = realised(record, ShipmentLine.objects.visible_to(request.user), timezone.localdate())
    if found is None:
        return None
    rows = [
        {"quarter": quarter, "share": quarter.shipped * 100 / quarter.promised if quarter.promised else None}
        for quarter in found.quarters
    ]
    return {
        "rows": rows,
        "total": found,
        "share": found.shipped * 100 / found.promised if found.promised else None,
    }
