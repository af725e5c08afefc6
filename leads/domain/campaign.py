"""Create, change and move campaigns."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.saving import create_record, save_record
from crm.errors import DomainError, NotAllowed
from crm.events import facts_changed, owner_changed
from crm.models import User
from crm.organisation.domain.placement import placement_of
from crm.periods import month_start
from crm.records.domain.numbers import record_number
from crm.records.extra import searched
from crm.records.pinyin import search_text_of
from crm.transitions import transition
from leads.enums import CampaignOrigin, CampaignState
from leads.models import Campaign, CampaignStateChange

APPROVE = "leads.approve_campaign"


def create_campaign(*, actor: User, **values: Any) -> Campaign:
    """A planned campaign with the next number of the month; owner (the actor unless named), team and unit of today.

    Raises DomainError when the owner stands in no business unit, or the last day lies before the first.
    """
    campaign = Campaign(**values)
    campaign.owner = campaign.owner or actor
    today = timezone.localdate()
    place = placement_of(campaign.owner, today)
    if place.business_unit is None:
        message = _("%(name)s belongs to no business unit: choose an owner who does.")
        raise DomainError(message % {"name": campaign.owner}, field="owner")
    campaign.team, campaign.business_unit = place.team, place.business_unit
    campaign.state_since = timezone.now()
    with transaction.atomic():
        campaign.code = record_number("campaign", campaign, day=today)
        campaign.search_text = search_text(campaign)
        create_record(campaign)
        announce(campaign)
    return campaign


def update_campaign(*, instance: Campaign, expected_version: int | None, actor: User, **values: Any) -> Campaign:
    """Change a campaign's data. Raises StaleVersion when somebody was quicker, DomainError for a broken rule: an approved
    campaign on demand keeps its origin and gets a larger budget by approval only."""
    before, owner_before = months_of(instance), instance.owner_id
    refuse_more_budget(instance, values)
    for name, value in values.items():
        setattr(instance, name, value)
    instance.search_text = search_text(instance)
    written = [*values, "search_text"]
    if "owner" in values and instance.owner is not None:
        instance.team = placement_of(instance.owner, timezone.localdate()).team
        written.append("team")
    with transaction.atomic():
        save_record(instance, expected_version=expected_version, fields=written)
        announce(instance, before)
        if instance.owner_id is not None and instance.owner_id != owner_before:
            label = Campaign._meta.label_lower
            owner_changed.send(label=label, keys=[instance.pk], owner=instance.owner_id, actor=actor.pk)
    return instance


def move_campaign(*, campaign: Campaign, target: str, actor: User, reason: str = "") -> CampaignStateChange:
    """Approve, start, complete or cancel. Approving needs the right to, and for a campaign on demand a request; completing sets
    the day; cancelling needs a reason.

    Raises NotAllowed, DomainError, TransitionError for a step that does not exist, StaleVersion when somebody was quicker.
    """
    if target == CampaignState.APPROVED and not actor.has_perm(APPROVE):
        raise NotAllowed(_("You may not approve campaigns: ask the head of the business unit."))
    if target == CampaignState.APPROVED and campaign.origin == CampaignOrigin.AD_HOC:
        raise DomainError(_("A campaign on demand is approved by request: send it for approval."))
    return _move(campaign, target, actor, reason)


def approve_on_request(*, campaign: Campaign, actor: User, reason: str = "") -> CampaignStateChange:
    """What an approved request does: the campaign on demand is approved. Raises TransitionError, StaleVersion."""
    return _move(campaign, CampaignState.APPROVED, actor, reason)


def set_budget(*, campaign: Campaign, budget: Decimal) -> Campaign:
    """What an approved request for a larger budget does; the caller holds a lock on the row."""
    campaign.budget = budget
    with transaction.atomic():
        save_record(campaign, expected_version=None, fields=["budget"])
        announce(campaign)
    return campaign


def refuse_more_budget(campaign: Campaign, values: dict[str, Any]) -> None:
    """Raise DomainError for what an approved campaign on demand gets by approval only."""
    settled = campaign.state in (CampaignState.APPROVED, CampaignState.RUNNING)
    if not settled or campaign.origin != CampaignOrigin.AD_HOC:
        return
    if values.get("origin", campaign.origin) != campaign.origin:
        raise DomainError(_("An approved campaign keeps its origin."), field="origin")
    if values.get("budget", campaign.budget) > campaign.budget:
        message = _("More than the approved budget needs approval: use “Ask for more budget” on the campaign's page.")
        raise DomainError(message, field="budget")


def _move(campaign: Campaign, target: str, actor: User, reason: str) -> CampaignStateChange:
    changes = {"completed_on": timezone.localdate()} if target == CampaignState.COMPLETED else {}
    with transaction.atomic():
        row: CampaignStateChange = transition(campaign, target, actor=actor, reason=reason, changes=changes)
        announce(campaign)
    return row


def count_owned(user: User) -> int:
    """How many campaigns the user owns that are neither completed nor cancelled."""
    return _unfinished(user).count()


def take_over_campaigns(*, source: User, target: User, actor: User) -> int:
    """Give the unfinished campaigns of somebody who leaves to a colleague; the business unit stays. Returns how many."""
    with transaction.atomic(), acting(verb="transfer_owner"):
        rows = list(_unfinished(source).order_by("pk").select_for_update(of=("self",)))
        Campaign._base_manager.filter(pk__in=[row.pk for row in rows]).update(
            owner=target,
            team=placement_of(target, timezone.localdate()).team,
            version=F("version") + 1,
            updated_at=timezone.now(),
        )
        if rows:
            keys = [row.pk for row in rows]
            owner_changed.send(label=Campaign._meta.label_lower, keys=keys, owner=target.pk, actor=actor.pk)
            facts_changed.send(facts=["campaign"], months=sorted({m for row in rows for m in months_of(row)}))
    return len(rows)


def _unfinished(user: User) -> QuerySet[Campaign]:
    done = [CampaignState.COMPLETED, CampaignState.CANCELLED]
    return Campaign._base_manager.filter(owner=user).exclude(state__in=done)


def search_text(campaign: Campaign) -> str:
    """What the search finds the campaign by."""
    return search_text_of(campaign.name, others=(campaign.code, *searched(campaign)))


def announce(campaign: Campaign, before: list[str] | None = None) -> None:
    """Tell which months' figures the campaign touches."""
    facts_changed.send(facts=["campaign"], months=sorted({*months_of(campaign), *(before or [])}))


def months_of(campaign: Campaign) -> list[str]:
    """The first day of the month it starts in, and of the one it was completed in."""
    return sorted({month_start(day).isoformat() for day in (campaign.starts_on, campaign.completed_on) if day})
