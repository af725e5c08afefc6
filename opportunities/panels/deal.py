"""The people and the competitors on the page of an opportunity."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from crm.formats import exact_price
from opportunities.enums import StageCategory
from opportunities.models import Opportunity, OpportunityContact, OpportunityRival
from opportunities.tables.deal import contact_url, rival_price, rival_url, stance_badge, strength_badge


def people(request: HttpRequest, record: Opportunity) -> dict[str, Any] | None:
    """Who has a say at the customer, and how they stand to our offer."""
    rows = OpportunityContact.objects.visible_to(request.user, of=record).select_related("contact")
    entries = [{"entry": row, "url": contact_url(row), "badge": stance_badge(row)} for row in rows]
    add = _add_url(request, "opportunitycontact", record)
    return {"entries": entries, "add_url": add} if entries or add else None


def rivals(request: HttpRequest, record: Opportunity) -> dict[str, Any] | None:
    """The competitors, their prices, and how far ours is from them."""
    rows = OpportunityRival.objects.visible_to(request.user, of=record).select_related("competitor", "opportunity")
    ours = record.proposed_price
    entries = [
        {
            "entry": row,
            "url": rival_url(row),
            "badge": strength_badge(row),
            "price": rival_price(row),
            "gap": (ours / row.price - 1) * 100 if ours and row.price else None,
        }
        for row in rows
    ]
    add = _add_url(request, "opportunityrival", record)
    return {"entries": entries, "add_url": add} if entries or add else None


def loss(request: HttpRequest, record: Opportunity) -> dict[str, Any] | None:
    """Of a lost one: to whom, why, how far our price was from the winner's, and what was learnt."""
    if record.stage.category != StageCategory.LOST:
        return None
    ours = record.proposed_price or record.market_price
    may = request.user.has_perm("opportunities.change_opportunity")
    return {
        "gap": (ours / record.lost_price - 1) * 100 if ours and record.lost_price else None,
        "winner": exact_price(record.lost_price, str(record.currency_id), "kg") if record.lost_price else "",
        "edit_url": f"{reverse('opportunities:opportunity_edit', args=[record.pk])}#id_loss_review" if may else "",
    }


def _add_url(request: HttpRequest, name: str, record: Opportunity) -> str:
    """The form for one more, for who may add one."""
    if not request.user.has_perm(f"opportunities.add_{name}"):
        return ""
    return f"{reverse(f'opportunities:{name}_create')}?opportunity={record.pk}"
