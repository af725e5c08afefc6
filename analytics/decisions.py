"""What the dashboard asks somebody to decide or to push: real work items inside the reader's scope, the worst of each kind."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Min
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from analytics.definitions import Fact
from analytics.dimensions import CUSTOMER, PRODUCT, STAMP
from analytics.engine.facts import Filters, filtered
from crm.base.scopes import DataScope
from crm.formats import ago, day, money, overdue
from customers.models import Customer
from customers.tables.cells import customer_url
from leads.enums import CampaignOrigin, CampaignState
from leads.models import Campaign
from leads.tables import campaign_url
from opportunities.models import Opportunity
from opportunities.tables.opportunity import record_url
from orders.models import Receivable
from service.models import Complaint
from service.tables import complaint_url

OF_A_KIND = 2
AHEAD = dt.timedelta(days=30)  # so long before its start a campaign has to be approved
_OWN = {key: column for key, column in STAMP.items() if key != "region"}


@dataclass(frozen=True)
class Kind:
    """A sort of work item: `items(rows, today)` reads the worst of the rows, which are in scope and of the page's members."""

    fact: Fact
    rows: Callable[[Any, dt.date], Any]
    items: Callable[[Any, dt.date], list[dict[str, Any]]]


def decisions_for(reader: Any, filters: Filters, today: dt.date) -> list[dict[str, Any]]:
    """The items for ui/todo_list.html, the late ones first; kinds that lack a dimension the page is narrowed by are left out."""
    found: list[dict[str, Any]] = []
    for kind in KINDS:
        fact = kind.fact
        if reader.has_perm(fact.permission) and all(item.dimension in fact.dimensions for item in filters):
            rows = filtered(kind.rows(reader, today), fact, filters)
            found += kind.items(rows, today)
    return sorted(found, key=lambda item: item["badge"][0] != "bad")


def decisions_card(request: HttpRequest) -> dict[str, Any] | None:
    """The same on the start page, for those who look after others' records too."""
    reader: Any = request.user
    if reader.access.scope == DataScope.OWN:
        return None
    found = decisions_for(reader, (), timezone.localdate())
    return {"decisions": found} if found else None


def _complaints(rows: Any, today: dt.date) -> list[dict[str, Any]]:
    return [
        {
            "title": row.title,
            "sub": _("answer to %(customer)s is late") % {"customer": row.customer},
            "url": complaint_url(row),
            "badge": ("bad", overdue(row.due_on, today=today)),
        }
        for row in rows.select_related("customer").order_by("severity", "due_on", "pk")[:OF_A_KIND]
    ]


def _campaigns(rows: Any, today: dt.date) -> list[dict[str, Any]]:
    return [
        {
            "title": row.name,
            "sub": _("campaign to approve, budget %(sum)s") % {"sum": money(row.budget)},
            "url": campaign_url(row),
            "badge": ("bad" if row.starts_on <= today else "warn", day(row.starts_on, today=today)),
        }
        for row in rows.order_by("starts_on", "pk")[:OF_A_KIND]
    ]


def _debtors(rows: Any, today: dt.date) -> list[dict[str, Any]]:
    shown = list(rows.select_related("figures").order_by("-figures__overdue", "-pk")[:OF_A_KIND])
    open_items = Receivable.objects.filter(customer__in=shown).overdue_now(today)
    oldest = dict(open_items.order_by().values_list("customer").annotate(Min("due_on"))) if shown else {}
    return [
        {
            "title": str(row),
            "sub": _("%(sum)s overdue") % {"sum": money(row.figures.overdue)},
            "url": customer_url(row.pk),
            "badge": ("bad", overdue(oldest.get(row.pk, today), today=today)),
        }
        for row in shown
    ]


def _stuck(rows: Any, today: dt.date) -> list[dict[str, Any]]:
    return [
        {
            "title": row.name,
            "sub": _("%(sum)s stuck in “%(stage)s”") % {"sum": money(row.amount_base), "stage": row.stage.label},
            "url": record_url(row),
            "badge": ("warn", ago(row.stage_since, today=today)),
        }
        for row in rows.select_related("stage").order_by("-amount_base", "-pk")[:OF_A_KIND]
    ]


KINDS = (
    Kind(
        Fact(
            "late_complaint",
            "",
            model="service.Complaint",
            permission="service.view_complaint",
            source="",
            date="due_on",
            dimensions={**_OWN, **CUSTOMER, "region": "customer__region_id", "product": "product_id"},
        ),
        lambda reader, today: Complaint.objects.visible_to(reader).late_at(today),
        _complaints,
    ),
    Kind(
        Fact(
            "overdue_customer",
            "",
            model="customers.Customer",
            permission="orders.view_receivable",
            source="",
            date="created_at",
            dimensions={**STAMP, "customer": "pk"},
        ),
        lambda reader, today: Customer.objects.visible_to(reader).with_overdue(),
        _debtors,
    ),
    Kind(
        Fact(
            "campaign_to_approve",
            "",
            model="leads.Campaign",
            permission="leads.approve_campaign",
            source="",
            date="starts_on",
            dimensions={**STAMP, "product_line": "product_line_id", "campaign_type": "kind"},
        ),
        lambda reader, today: Campaign.objects.visible_to(reader).filter(
            state=CampaignState.PLANNED, origin=CampaignOrigin.ANNUAL, starts_on__lte=today + AHEAD
        ),
        _campaigns,
    ),
    Kind(
        Fact(
            "stuck_opportunity",
            "",
            model="opportunities.Opportunity",
            permission="opportunities.view_opportunity",
            source="",
            date="assigned_on",
            dimensions={**STAMP, **CUSTOMER, **PRODUCT},
        ),
        lambda reader, today: Opportunity.objects.visible_to(reader).stuck(),
        _stuck,
    ),
)
