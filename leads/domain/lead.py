"""Create, change, assign and move leads."""

from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.saving import create_record, save_record
from crm.errors import DomainError, StaleVersion
from crm.events import facts_changed, owner_changed
from crm.models import User
from crm.organisation.domain.placement import placement_of
from crm.periods import month_start
from crm.records.domain.numbers import record_number
from crm.records.extra import searched
from crm.records.pinyin import search_text_of
from crm.transitions import transition
from customers.models import Customer
from leads.enums import LeadState
from leads.models import Lead, LeadStateChange


def create_lead(*, actor: User, **values: Any) -> Lead:
    """A new lead with the next number of the month; with an owner it counts as assigned from the start.

    Team and business unit are the owner's of today, without an owner the actor's. Raises DomainError when neither stands in a
    business unit.
    """
    lead = Lead(**values)
    today = timezone.localdate()
    lead.received_on = lead.received_on or today
    _place(lead, actor)
    lead.state_since = timezone.now()
    with transaction.atomic():
        lead.code = record_number("lead", lead, day=today)
        lead.search_text = search_text(lead)
        create_record(lead)
        if lead.owner_id is not None:
            transition(lead, LeadState.ASSIGNED, actor=actor)
        announce(lead)
    return lead


def update_lead(*, instance: Lead, expected_version: int | None, actor: User, **values: Any) -> Lead:
    """Change a lead's data; owner and state change by `assign_leads` and `move_lead`. Raises StaleVersion, DomainError."""
    before = months_of(instance)
    for name, value in values.items():
        setattr(instance, name, value)
    instance.search_text = search_text(instance)
    with transaction.atomic():
        save_record(instance, expected_version=expected_version, fields=[*values, "search_text"])
        announce(instance, before)
    return instance


def assign_leads(rows: QuerySet[Lead], *, owner: User, actor: User, reason: str = "") -> int:
    """Give open leads to somebody to follow up; new ones become assigned. Returns how many changed.

    Converted and disqualified leads are left alone. Raises DomainError on "owner" for somebody who is not active or stands in
    no business unit.
    """
    if not owner.is_active:
        raise DomainError(_("%(name)s is not active any more: choose another owner.") % {"name": owner}, field="owner")
    place = placement_of(owner, timezone.localdate())
    if place.business_unit is None:
        message = _("%(name)s belongs to no business unit: choose an owner who does.")
        raise DomainError(message % {"name": owner}, field="owner")
    with transaction.atomic(), acting(verb="assign", reason=reason):
        settled = Q(state__in=[LeadState.CONVERTED, LeadState.DISQUALIFIED]) | Q(owner=owner) & ~Q(state=LeadState.NEW)
        wanted = Lead._base_manager.filter(pk__in=rows.order_by().values("pk")).exclude(settled)
        chosen = list(wanted.order_by("pk").select_for_update(of=("self",)))
        given = {"owner": owner, "team": place.team, "business_unit": place.business_unit}
        for lead in (lead for lead in chosen if lead.state == LeadState.NEW):
            transition(lead, LeadState.ASSIGNED, actor=actor, reason=reason, changes=given)
        others = [lead.pk for lead in chosen if lead.owner_id != owner.pk]
        Lead._base_manager.filter(pk__in=others).exclude(owner=owner).update(
            **given, version=F("version") + 1, updated_at=timezone.now()
        )
        if chosen:
            keys = [lead.pk for lead in chosen]
            owner_changed.send(label=Lead._meta.label_lower, keys=keys, owner=owner.pk, actor=actor.pk)
            facts_changed.send(facts=["lead"], months=sorted({month for lead in chosen for month in months_of(lead)}))
    return len(chosen)


def count_owned(user: User) -> int:
    """How many open leads the user owns."""
    return Lead.objects.open().filter(owner=user).count()


def take_over_leads(*, source: User, target: User, actor: User) -> int:
    """Give the open leads of somebody who leaves to a colleague; returns how many. Raises DomainError as `assign_leads`."""
    return assign_leads(Lead._base_manager.filter(owner=source), owner=target, actor=actor)


def move_lead(*, lead: Lead, target: str, actor: User, reason: str = "") -> LeadStateChange:
    """Move a lead to another state. Disqualifying and taking back need a reason, converting is done by making an opportunity.

    Raises TransitionError for a step that does not exist, StaleVersion when somebody was quicker.
    """
    if target == LeadState.CONVERTED:
        raise DomainError(_("A lead is converted by making an opportunity of it."))
    with transaction.atomic():
        row: LeadStateChange = transition(lead, target, actor=actor, reason=reason)
        announce(lead)
    return row


def mark_converted(*, lead: Lead, customer: Customer, actor: User) -> None:
    """The lead became an opportunity of this customer; called by those who make the opportunity, in their transaction."""
    if Lead._base_manager.filter(pk=lead.pk).exclude(state=lead.state).exists():
        raise StaleVersion(_("Somebody else moved this lead. Reload the page to see its state."), current=lead)
    transition(lead, LeadState.CONVERTED, actor=actor, changes={"customer": customer})
    announce(lead)


def search_text(lead: Lead) -> str:
    """What the search finds the lead by."""
    return search_text_of(
        lead.company_name, lead.contact_name, others=(lead.code, lead.email, *searched(lead)), phone=lead.phone
    )


def announce(lead: Lead, before: list[str] | None = None) -> None:
    """Tell which months' figures the lead touches."""
    facts_changed.send(facts=["lead"], months=sorted({*months_of(lead), *(before or [])}))


def months_of(lead: Lead) -> list[str]:
    """The first day of the month it came in."""
    return [month_start(lead.received_on).isoformat()]


def _place(lead: Lead, actor: User) -> None:
    who = lead.owner or actor
    place = placement_of(who, timezone.localdate())
    if place.business_unit is None:
        message = _("%(name)s belongs to no business unit: choose an owner who does.")
        raise DomainError(message % {"name": who}, field="owner")
    lead.team, lead.business_unit = place.team, place.business_unit
