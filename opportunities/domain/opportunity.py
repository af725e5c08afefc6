"""Create, change and hand over opportunities. The stage is written by opportunities.domain.funnel alone."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.saving import create_record, save_record
from crm.catalogue.domain.rates import to_base
from crm.errors import DomainError
from crm.events import facts_changed, owner_changed
from crm.models import User
from crm.money import rounded
from crm.organisation.domain.placement import placement_of
from crm.periods import month_start
from crm.records.domain.numbers import record_number
from crm.records.extra import searched
from crm.records.pinyin import search_text_of
from opportunities.domain import specification
from opportunities.models import Opportunity, OpportunityStageChange
from opportunities.paths import Paths

AMOUNT_FIELDS = ("our_volume_kg", "proposed_price", "market_price", "currency")
_STAGE_FIELDS = frozenset(
    {
        "stage", "stage_since", "closed_on", "loss_reason", "lost_to", "lost_price", "amount", "amount_base", "code",
        "slip_count", "gate_answers", "probability", "standard_days",
    }
)  # fmt: skip
FIRST_STEP_DAYS = 3


def create_opportunity(*, actor: User, **values: Any) -> Opportunity:
    """A new opportunity with the next number of the month, in the first open stage, owned by the actor unless said otherwise.

    Business unit and region are the customer's, the team is the owner's of today. Raises DomainError for a value that breaks
    a rule and when there is no exchange rate for the currency.
    """
    _refuse_stage_fields(values)
    paths, line = Paths(), values.get("product_line")
    first = paths.first(line.pk if line else None)
    if first is None:
        raise DomainError(_("The funnel has no open stage: an administrator must add one."))
    opportunity = Opportunity(**values, stage=first, stage_since=timezone.now())
    _set_terms(opportunity, paths)
    today = timezone.localdate()
    opportunity.owner = opportunity.owner or actor
    if opportunity.customer_id is not None:
        opportunity.business_unit_id = opportunity.customer.business_unit_id
        opportunity.region_id = opportunity.region_id or opportunity.customer.region_id
    opportunity.team = placement_of(opportunity.owner, today).team
    opportunity.assigned_on = today
    if not opportunity.next_step:
        for name, value in first_step().items():
            setattr(opportunity, name, value)
    _follow(opportunity, values)
    set_amount(opportunity)
    with transaction.atomic():
        opportunity.code = record_number("opportunity", opportunity, day=today)
        opportunity.search_text = search_text(opportunity)
        create_record(opportunity)
        OpportunityStageChange.objects.create(
            record=opportunity, target=first, at=opportunity.stage_since, actor=actor
        )  # so that the history tells of every stage it has been in
        specification.store_values(opportunity)
        announce(opportunity)
    return opportunity


def update_opportunity(
    *, instance: Opportunity, expected_version: int | None, actor: User, **values: Any
) -> Opportunity:
    """Change an opportunity's data; the amount follows. Raises StaleVersion when somebody was quicker, else as on creation."""
    _refuse_stage_fields(values)
    before = months_of(instance)
    owner_before, line_before = instance.owner_id, instance.product_line_id
    for name, value in values.items():
        setattr(instance, name, value)
    written = [*values, *_follow(instance, values), "search_text", "business_unit"]
    instance.business_unit_id = instance.customer.business_unit_id
    instance.search_text = search_text(instance)
    if instance.owner is not None and instance.owner_id != owner_before:
        instance.team = placement_of(instance.owner, timezone.localdate()).team
        instance.assigned_on = instance.assigned_on or timezone.localdate()
        written += ["team", "assigned_on"]
    if any(name in values for name in AMOUNT_FIELDS):
        set_amount(instance)
        written += ["amount", "amount_base"]
    if instance.product_line_id != line_before:
        _set_terms(instance, Paths())
        written += ["probability", "standard_days"]
    with transaction.atomic():
        save_record(instance, expected_version=expected_version, fields=list(dict.fromkeys(written)))
        if "specification" in values:
            specification.store_values(instance)
        announce(instance, before)
        if instance.owner_id is not None and instance.owner_id != owner_before:
            _tell_owner([instance.pk], instance.owner_id, actor)
    return instance


def _set_terms(instance: Opportunity, paths: Paths) -> None:
    """What its stage means on the path of its product line."""
    terms = paths.terms(instance.stage, instance.product_line_id, instance.stage_since)
    instance.probability, instance.standard_days = terms.probability, terms.standard_days


def first_step() -> dict[str, Any]:
    """The next step of an opportunity for which none was agreed yet: it is never empty while one works on it."""
    return {
        "next_step": _("Call the customer"),
        "next_step_on": timezone.localdate() + dt.timedelta(days=FIRST_STEP_DAYS),
    }


def _follow(instance: Opportunity, values: dict[str, Any]) -> list[str]:
    """What follows from the values given: the count of delays, the day of the next step; the names of the fields written.

    Raises DomainError for an open opportunity whose next step would be empty, and for an end customer that is the customer.
    """
    written = []
    if instance.stage.is_open and "next_step" in values and not instance.next_step.strip():
        raise DomainError(_("Say what comes next: an open opportunity always has a next step."), field="next_step")
    if instance.next_step and instance.next_step_on is None and {"next_step", "next_step_on"} & values.keys():
        instance.next_step_on = first_step()["next_step_on"]
        written.append("next_step_on")
    if instance.end_customer_id is not None and instance.end_customer_id == instance.customer_id:
        raise DomainError(_("The end customer is another company than the customer."), field="end_customer")
    if instance.pk and "expected_close_on" in values and instance.expected_close_on is not None:
        stored = Opportunity._base_manager.filter(pk=instance.pk, expected_close_on__lt=instance.expected_close_on)
        if (count := stored.values_list("slip_count", flat=True).first()) is not None:
            instance.slip_count = count + 1
            written.append("slip_count")
    return written


def set_converted(opportunity: Opportunity, day: dt.date | None) -> None:
    """Say on which day it turned into a contract or an order; None: it did not. For whoever holds the lock on the row."""
    if opportunity.converted_on != day:
        opportunity.converted_on = day
        save_record(opportunity, expected_version=None, fields=["converted_on"])
        announce(opportunity)


def _tell_owner(keys: list[int], owner: int, actor: User) -> None:
    owner_changed.send(label=Opportunity._meta.label_lower, keys=keys, owner=owner, actor=actor.pk)


def transfer_owner(rows: QuerySet[Opportunity], *, owner: User, actor: User, reason: str = "") -> int:
    """Give opportunities to another owner; the team follows, the day of assignment is set where there was none.

    One UPDATE; returns how many changed. Raises DomainError on "owner" for somebody who is not active.
    """
    if not owner.is_active:
        raise DomainError(_("%(name)s is not active any more: choose another owner.") % {"name": owner}, field="owner")
    today = timezone.localdate()
    with transaction.atomic(), acting(verb="transfer_owner", reason=reason):
        chosen = Opportunity._base_manager.filter(pk__in=rows.order_by().values("pk")).exclude(owner=owner)
        locked = list(chosen.order_by("pk").select_for_update(of=("self",)))
        months = sorted({month for opportunity in locked for month in months_of(opportunity)} | {_month(today)})
        count = Opportunity._base_manager.filter(pk__in=[opportunity.pk for opportunity in locked]).update(
            owner=owner,
            team=placement_of(owner, today).team,
            assigned_on=Coalesce("assigned_on", today),
            version=F("version") + 1,
            updated_at=timezone.now(),
        )
        if count:
            facts_changed.send(facts=["opportunity"], months=months)
            _tell_owner([opportunity.pk for opportunity in locked], owner.pk, actor)
    return count


def count_owned(user: User) -> int:
    """How many open opportunities the user owns."""
    return Opportunity.objects.open().filter(owner=user).count()


def take_over_opportunities(*, source: User, target: User, actor: User) -> int:
    """Give the open opportunities of somebody who leaves to a colleague; returns how many. Those won and lost stay."""
    return transfer_owner(Opportunity.objects.open().filter(owner=source), owner=target, actor=actor)


def amounts(opportunity: Opportunity, changes: dict[str, Any] | None = None) -> dict[str, Decimal]:
    """`amount` and `amount_base` (at today's rate) for the values stored, or about to be written as `changes`.

    A year's volume in kg at the proposed price per kg, or else at the market price, of its further products as well; zero where
    either is unknown.
    """
    changes = changes or {}
    volume, proposed, market, currency = (changes.get(name, getattr(opportunity, name)) for name in AMOUNT_FIELDS)
    worth = _worth(volume, proposed, market)
    if opportunity.pk:
        parts = opportunity.products.values_list("our_volume_kg", "proposed_price", "market_price")
        worth += sum((_worth(*part) for part in parts), Decimal(0))
    amount = rounded(worth, currency.code)
    base = to_base(amount, currency.code, timezone.localdate()) if amount else Decimal(0)
    return {"amount": amount, "amount_base": base}


def _worth(volume: Decimal | None, proposed: Decimal | None, market: Decimal | None) -> Decimal:
    price = proposed or market
    return volume * price if volume and price else Decimal(0)


def set_amount(opportunity: Opportunity) -> None:
    """Put the amounts onto the record."""
    for name, value in amounts(opportunity).items():
        setattr(opportunity, name, value)


def follow_amount(opportunity: Opportunity) -> None:
    """After a change of its further products, for whoever holds the lock on the row."""
    before = months_of(opportunity)
    set_amount(opportunity)
    save_record(opportunity, expected_version=None, fields=["amount", "amount_base"])
    announce(opportunity, before)


def search_text(opportunity: Opportunity) -> str:
    """What the search finds the opportunity by."""
    return search_text_of(opportunity.name, others=(opportunity.code, *searched(opportunity)))


def announce(opportunity: Opportunity, before: list[str] | None = None) -> None:
    """Tell which months' figures the opportunity touches: those it counts in now and those it counted in `before`."""
    facts_changed.send(facts=["opportunity"], months=sorted({*months_of(opportunity), *(before or [])}))


def months_of(opportunity: Opportunity) -> list[str]:
    """First days of the months it counts in: of its beginning, its assignment, its end and its first order."""
    began = timezone.localtime(opportunity.created_at).date() if opportunity.created_at else None
    days = (began, opportunity.assigned_on, opportunity.closed_on, opportunity.converted_on)
    return sorted({_month(day) for day in days if day})


def _month(day: dt.date) -> str:
    return month_start(day).isoformat()


def _refuse_stage_fields(values: dict[str, Any]) -> None:
    """A programming error, not a user's: these fields follow from moves and other fields."""
    if wrong := _STAGE_FIELDS & values.keys():
        raise TypeError(f"not to be set directly: {sorted(wrong)}")
