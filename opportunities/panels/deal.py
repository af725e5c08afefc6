"""People, competitors, further products and the team on the page of an opportunity."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from crm.formats import exact_price
from crm.organisation.domain.shares import may_share
from opportunities.enums import StageCategory
from opportunities.models import (
    Opportunity,
    OpportunityContact,
    OpportunityMember,
    OpportunityProduct,
    OpportunityRival,
)
from opportunities.tables.deal import (
    contact_url,
    member_url,
    product_name,
    product_price,
    product_url,
    rival_price,
    rival_url,
    stance_badge,
    strength_badge,
)


def people(request: HttpRequest, record: Opportunity) -> dict[str, Any] | None:
    """Who has a say at the customer, and how they stand to our offer."""
    rows = OpportunityContact.objects.visible_to(request.user, of=record).select_related("contact")
    entries = [{"entry": row, "url": contact_url(row), "badge": stance_badge(row)} for row in rows]
    add = _add_url(request, "opportunitycontact", record)
    return {"entries": entries, "add_url": add} if entries or add else None


def products(request: HttpRequest, record: Opportunity) -> dict[str, Any] | None:
    """The further products of the deal, beside the one that the opportunity itself names."""
    rows = OpportunityProduct.objects.visible_to(request.user, of=record)
    found = rows.select_related("product", "product_line", "opportunity")
    entries = [{"part": row, "url": product_url(row), "name": product_name(row)} for row in found]
    for entry in entries:
        entry["price"] = product_price(entry["part"])  # type: ignore[arg-type]
    add = _add_url(request, "opportunityproduct", record)
    return {"entries": entries, "add_url": add} if entries or add else None


def team(request: HttpRequest, record: Opportunity) -> dict[str, Any] | None:
    """Who works on the deal, and whose part of the success is how large."""
    rows = OpportunityMember.objects.visible_to(request.user, of=record).select_related("user")
    entries = [{"member": row, "url": member_url(row)} for row in rows]
    add = _add_url(request, "opportunitymember", record) if may_share(record, request.user) else ""
    if not entries and not add:
        return None
    return {"entries": entries, "add_url": add, "rest": 100 - sum(entry["member"].share for entry in entries)}  # type: ignore[attr-defined]


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
