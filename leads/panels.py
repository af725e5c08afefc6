"""Parts of the pages of leads and campaigns."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.extension_points import CalendarEvent, TimelineEvent
from leads.enums import CampaignState, LeadState
from leads.models import Campaign, CampaignStateChange, Lead, LeadStateChange
from leads.tables import campaign_url, lead_url, owner_cell, state_badge

SECONDS_OF_DAY = 86400
ROWS = 8
MOST_EVENTS = 200
TONES: dict[str, tuple[str, str]] = {
    LeadState.CONVERTED: ("circle-check", "o"),
    LeadState.DISQUALIFIED: ("circle-x", "b"),
    CampaignState.COMPLETED: ("circle-check", "o"),
    CampaignState.CANCELLED: ("circle-x", "b"),
}


def lead_history(request: HttpRequest, record: Lead) -> dict[str, Any]:
    """The steps of a lead, newest first."""
    return _history(LeadStateChange.objects.visible_to(request.user).filter(record=record), record)


def campaign_history(request: HttpRequest, record: Campaign) -> dict[str, Any]:
    """The steps of a campaign, newest first."""
    return _history(CampaignStateChange.objects.visible_to(request.user).filter(record=record), record)


def _history(rows: Any, record: Any) -> dict[str, Any]:
    events = [_event(row) for row in rows.select_related("actor").order_by("-at", "-pk")[:50]]
    return {"events": events, "created": record.created_at}


def _event(row: Any) -> dict[str, Any]:
    icon, tone = TONES.get(row.target, ("arrow-right", "p"))
    days = row.seconds_in_source // SECONDS_OF_DAY
    words = ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    after = _("after %(days)s in “%(stage)s”") % {"days": words, "stage": row.get_source_display()}
    text = " · ".join(part for part in (after, row.reason) if part)
    who = row.actor.label if row.actor else ""
    return {"icon": icon, "tone": tone, "title": row.get_target_display(), "text": text, "who": who, "at": row.at}


def customer_events(request: HttpRequest, customer: Any, limit: int, before: date | None) -> list[TimelineEvent]:
    """The customer's leads on the day they came in, those that the reader sees."""
    rows = Lead.objects.visible_to(request.user).filter(customer=customer)
    if before is not None:
        rows = rows.filter(received_on__lt=before)
    return [
        TimelineEvent(
            row.received_on,
            "bulb",
            _("Lead %(number)s") % {"number": row.code},
            f"{row.need[:80] or row.company_name} · {row.get_state_display()}",
            lead_url(row),
            TONES.get(row.state, ("", ""))[1],
        )
        for row in rows.order_by("-received_on", "-pk")[:limit]
    ]


def lead_need(request: HttpRequest, record: Lead) -> dict[str, Any]:
    """What the lead needs, and whom to speak to."""
    return {"record": record}


def campaign_leads(request: HttpRequest, record: Campaign) -> dict[str, Any] | None:
    """The newest leads of the campaign, of those the reader may see."""
    if not request.user.has_perm("leads.view_lead"):
        return None
    rows = Lead.objects.visible_to(request.user).filter(campaign=record).select_related("owner")
    found = list(rows.order_by("-received_on", "-pk")[: ROWS + 1])
    shown = [{"record": row, "state": state_badge(row), "owner": owner_cell(row)} for row in found[:ROWS]]
    return {"rows": shown, "more": len(found) > ROWS, "list_url": f"{reverse('leads:lead_list')}?campaign={record.pk}"}


def campaign_facts(request: HttpRequest, record: Campaign) -> dict[str, Any]:
    """What the campaign brought, of what the reader may see, and what it cost."""
    if not request.user.has_perm("leads.view_lead"):
        return {"record": record, "found": None}
    found = (
        Lead.objects.visible_to(request.user)
        .filter(campaign=record)
        .order_by()
        .aggregate(
            leads=Count("pk"),
            qualified=Count("pk", filter=Q(state__in=[LeadState.QUALIFIED, LeadState.CONVERTED])),
            converted=Count("pk", filter=Q(state=LeadState.CONVERTED)),
            amount=Sum("expected_amount"),
        )
    )
    leads = found["leads"]
    return {
        "record": record,
        "found": found,
        "rate": found["converted"] / leads if leads else None,
        "cost": record.spent / leads if leads else None,
        "list_url": f"{reverse('leads:lead_list')}?campaign={record.pk}",
    }


def campaign_events(user: Any, start: date, end: date) -> list[CalendarEvent]:
    """First and last days of the user's campaigns, for the calendar; cancelled ones are left out."""
    mine = Campaign.objects.visible_to(user).filter(owner=user).exclude(state=CampaignState.CANCELLED)
    within = Q(starts_on__range=(start, end)) | Q(ends_on__range=(start, end))
    events = []
    for row in mine.filter(within).order_by("starts_on", "pk")[:MOST_EVENTS]:
        done = row.state == CampaignState.COMPLETED
        for day, words in ((row.starts_on, _("Starts: %(name)s")), (row.ends_on, _("Ends: %(name)s"))):
            if start <= day <= end:
                tone = "ok" if done else "vio"
                events.append(CalendarEvent(day, words % {"name": row.name}, campaign_url(row), tone=tone, done=done))
    return events
