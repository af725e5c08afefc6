"""Write new-product requests, hand them over, and say which figures they touch."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.events import facts_changed, owner_changed
from crm.models import User
from crm.organisation.domain.placement import placement_of
from crm.periods import month_start
from crm.records.domain.numbers import record_number
from crm.records.pinyin import search_text_of
from opportunities.development_rules import BEFORE_PROJECT, ENDED
from opportunities.domain.developments.todos import keep_task
from opportunities.domain.specification import range_of
from opportunities.enums import GateItemKind
from opportunities.models import (
    DevelopmentMilestone,
    DevelopmentRequest,
    DevelopmentRequirement,
    GateItem,
    Opportunity,
)

FACT = "development"
OF_THE_DEAL = {"sales_process"}  # gates ask for it among the technical entries; no product has it
FROM_OPPORTUNITY = {
    "title": "name",
    "product_line": "product_line_id",
    "application": "application",
    "background": "need",
    "volume_kg": "our_volume_kg",
    "target_price": "market_price",
    "currency": "currency_id",
}


def starting_values(opportunity: Opportunity) -> dict[str, Any]:
    """What a request about the opportunity starts with, by the field of the request."""
    return {name: getattr(opportunity, source) for name, source in FROM_OPPORTUNITY.items()}


def create_development(*, actor: User, **values: Any) -> DevelopmentRequest:
    """A draft, the actor's unless said otherwise; the wanted properties are those of the opportunity's specification.

    Raises DomainError when the opportunity is another customer's."""
    development = DevelopmentRequest(**values, state_since=timezone.now())
    development.owner = development.owner or actor
    _refuse_foreign(development)
    _place(development)
    with transaction.atomic():
        development.code = record_number("development", development)
        development.search_text = search_text(development)
        create_record(development)
        for requirement in _specified(development):
            create_record(requirement)
    return development


def _specified(development: DevelopmentRequest) -> list[DevelopmentRequirement]:
    """The entries of the opportunity's specification as wanted properties: a number or range as limits, all else in words."""
    if development.opportunity is None:
        return []
    entries = {
        key: text
        for key, text in development.opportunity.specification.items()
        if key not in OF_THE_DEAL and str(text or "").strip()
    }
    rows = GateItem.objects.filter(kind=GateItemKind.SPECIFICATION, key__in=entries).order_by("stage", "position", "pk")
    items = {item.key: item for item in rows}
    found: list[DevelopmentRequirement] = []
    names: set[str] = set()
    for key in [*(key for key in items if key in entries), *(key for key in entries if key not in items)]:
        item = items.get(key)
        name = item.label[:100] if item is not None else key
        if name in names:
            continue
        names.add(name)
        found.append(_requirement(development, len(found) + 1, name, str(entries[key]), item.unit if item else ""))
    return found


def _requirement(
    development: DevelopmentRequest, position: int, name: str, text: str, unit: str
) -> DevelopmentRequirement:
    limits = range_of(text)
    low, high = (limits.low, limits.high) if limits is not None else (None, None)
    fits = all(end is None or round(end, 6) == end for end in (low, high))
    numbers = limits is not None and fits
    return DevelopmentRequirement(
        development=development,
        position=position,
        name=name,
        target="" if numbers else text[:200],
        minimum=low if numbers else None,
        maximum=high if numbers else None,
        unit=unit,
    )


def update_development(
    *, instance: DevelopmentRequest, expected_version: int | None, actor: User, **values: Any
) -> DevelopmentRequest:
    """Change a request until the project is set up; its owner can change later too. Raises StaleVersion, DomainError."""
    if instance.state not in BEFORE_PROJECT:
        raise DomainError(_("The project is set up: its requirement stays as it was agreed on."))
    owner_before = instance.owner_id
    for name, value in values.items():
        setattr(instance, name, value)
    instance.owner = instance.owner or actor
    _refuse_foreign(instance)
    _place(instance)
    instance.search_text = search_text(instance)
    fields = [*values, "owner", "team", "business_unit", "region", "search_text"]
    with transaction.atomic():
        saved = save_record(instance, expected_version=expected_version, fields=fields)
        if saved.owner_id != owner_before:
            _tell_owner([saved.pk], saved.owner_id, actor)
    return saved


def _refuse_foreign(development: DevelopmentRequest) -> None:
    opportunity = development.opportunity
    if opportunity is not None and opportunity.customer_id != development.customer_id:
        message = _("This opportunity is another customer's: choose one of %(name)s.")
        raise DomainError(message % {"name": development.customer}, field="opportunity")


def _place(development: DevelopmentRequest) -> None:
    """The team of the owner, unit and region of the customer."""
    owner: Any = development.owner
    development.team = placement_of(owner, timezone.localdate()).team
    development.business_unit_id = development.customer.business_unit_id
    development.region_id = development.customer.region_id


def yearly_value(development: DevelopmentRequest) -> Decimal:
    """A year's volume at the target price, in the request's currency; nothing while one of the two is unknown."""
    return (development.volume_kg or Decimal(0)) * (development.target_price or Decimal(0))


def transfer_developments(rows: QuerySet[DevelopmentRequest], *, owner: User, actor: User, reason: str = "") -> int:
    """Give these to a new owner, who is told, with the open milestones that the owner before was to see to; returns how many.

    Raises DomainError on "owner" for somebody who is not active."""
    if not owner.is_active:
        raise DomainError(_("%(name)s is not active any more: choose another owner.") % {"name": owner}, field="owner")
    with transaction.atomic(), acting(verb="transfer_owner", reason=reason):
        chosen = DevelopmentRequest._base_manager.filter(pk__in=rows.order_by().values("pk")).exclude(owner=owner)
        locked = list(chosen.order_by("pk").select_for_update(of=("self",)))
        for development in locked:
            _hand_over_milestones(development, owner, actor)
        keys = [development.pk for development in locked]
        DevelopmentRequest._base_manager.filter(pk__in=keys).update(
            owner=owner,
            team=placement_of(owner, timezone.localdate()).team,
            version=F("version") + 1,
            updated_at=timezone.now(),
        )
        if keys:
            months = sorted({month for development in locked for month in months_of(development)})
            facts_changed.send(facts=[FACT], months=months)
            _tell_owner(keys, owner.pk, actor)
    return len(locked)


def _hand_over_milestones(development: DevelopmentRequest, owner: User, actor: User) -> None:
    """The open milestones of the owner before, with their to-dos."""
    rows = DevelopmentMilestone._base_manager.filter(
        development=development, responsible=development.owner_id, done_on__isnull=True
    )
    for milestone in rows.select_related("task", "development").order_by("pk"):
        milestone.responsible = owner
        if milestone.task is not None:
            keep_task(milestone, actor)
        save_record(milestone, expected_version=None, fields=["responsible", "task"])


def _unfinished_of(user: User) -> QuerySet[DevelopmentRequest]:
    rows: QuerySet[DevelopmentRequest] = DevelopmentRequest.objects.filter(owner=user).exclude(state__in=ENDED)
    return rows


def count_owned(user: User) -> int:
    """How many unfinished requests the user owns."""
    return _unfinished_of(user).count()


def take_over_developments(*, source: User, target: User, actor: User) -> int:
    """Give the unfinished requests of somebody who leaves to a colleague; returns how many. What has ended stays."""
    return transfer_developments(_unfinished_of(source), owner=target, actor=actor)


def search_text(development: DevelopmentRequest) -> str:
    """What the search finds it by."""
    customer = development.customer
    others = (development.code, customer.code, development.application)
    return search_text_of(development.title, customer.name, customer.short_name, others=others)


def months_of(development: DevelopmentRequest) -> list[str]:
    """The months that it counts in: of its set-up, and of the day by which it is to be released."""
    days: set[dt.date] = {day for day in (development.set_up_on, development.due_on) if day is not None}
    return sorted({month_start(day).isoformat() for day in days})


def announce(development: DevelopmentRequest) -> None:
    """Tell which months' figures it touches; before the set-up it touches none."""
    if development.set_up_on is not None:
        facts_changed.send(facts=[FACT], months=months_of(development))


def _tell_owner(keys: list[int], owner: Any, actor: User) -> None:
    label = DevelopmentRequest._meta.label_lower
    owner_changed.send(label=label, keys=keys, owner=owner, actor=actor.pk)
