"""Create, change and hand over tenders, and what is bid in all."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
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
from crm.records.choices import listed
from crm.records.domain.numbers import record_number
from crm.records.pinyin import search_text_of
from opportunities.enums import TenderState
from opportunities.models import Tender, TenderDocument, TenderLot

FACT = "tender"
OVER = (TenderState.WON, TenderState.LOST, TenderState.CANCELLED)
BEFORE_SUBMISSION = (TenderState.PREPARING, TenderState.PRICING, TenderState.APPROVED)
BOND = (
    "bond_amount",
    "bond_form",
    "bond_due",
    "bond_paid_on",
    "bond_refund_due",
    "bond_refunded_on",
    "bond_refunded",
)
# What can still be entered after the bid was handed in: the bond comes back late, and lessons are learnt last.
ALWAYS = frozenset({*BOND, "lessons", "remark"})
SUMS = ["amount", "amount_base", "product"]
DEADLINES = ("clarification_until", "bond_due", "submission_due", "opening_at")
PAPERS_BEFORE = dt.timedelta(days=2)  # papers are to be ready so long before the bid is due


def create_tender(*, actor: User, **values: Any) -> Tender:
    """A tender under the next number of the month, with the papers every bid needs; the actor's unless said otherwise.

    Raises DomainError when the opportunity is another customer's, or there is no exchange rate for the currency.
    """
    tender = Tender(**values, state_since=timezone.now())
    tender.owner = tender.owner or actor
    _take_from_opportunity(tender)
    _place(tender)
    with transaction.atomic():
        tender.code = record_number("tender", tender)
        tender.search_text = search_text(tender)
        create_record(tender)
        _first_papers(tender)
    return tender


def _take_from_opportunity(tender: Tender) -> None:
    if tender.opportunity is None:
        return
    if tender.opportunity.customer_id != tender.customer_id:
        message = _("This opportunity is another customer's: choose one of %(name)s.")
        raise DomainError(message % {"name": tender.customer}, field="opportunity")
    tender.product_line = tender.product_line or tender.opportunity.product_line


def _place(tender: Tender) -> None:
    """The team of the owner, unit and region of the customer."""
    owner: Any = tender.owner
    tender.team = placement_of(owner, timezone.localdate()).team
    tender.business_unit_id = tender.customer.business_unit_id
    tender.region_id = tender.customer.region_id


def _first_papers(tender: Tender) -> None:
    due = (tender.submission_due - PAPERS_BEFORE).date()
    for item in listed("tender_document").items:
        if item.is_active:
            paper = TenderDocument(tender=tender, name=item.code, responsible=tender.owner, due_on=due)
            create_record(paper)


def update_tender(*, instance: Tender, expected_version: int | None, actor: User, **values: Any) -> Tender:
    """Change a tender. With another deadline its warnings begin anew, with another refund day it is chased anew.

    Raises StaleVersion, and DomainError for what does not change any more once the bid was handed in.
    """
    if instance.state not in BEFORE_SUBMISSION and (late := set(values) - ALWAYS):
        before = Tender._base_manager.get(pk=instance.pk)
        if any(getattr(before, name) != values[name] for name in late):
            raise DomainError(_("The bid was handed in: only the bond, the remark and the lessons can be changed."))
    months, owner_before = months_of(instance), instance.owner_id
    changed = {name for name in DEADLINES if name in values and values[name] != getattr(instance, name)}
    if values.get("bond_refund_due", instance.bond_refund_due) != instance.bond_refund_due:
        instance.bond_chased_on = None
    for name, value in values.items():
        setattr(instance, name, value)
    instance.owner = instance.owner or actor
    _take_from_opportunity(instance)
    _place(instance)
    instance.warned = {name: days for name, days in instance.warned.items() if name not in changed}
    instance.search_text = search_text(instance)
    derived = ["owner", "team", "business_unit", "region", "product_line", "warned", "bond_chased_on", "search_text"]
    if "currency" in values:
        _set_amount(instance)
        derived += SUMS
    with transaction.atomic():
        saved = save_record(instance, expected_version=expected_version, fields=[*values, *derived])
        announce(saved, months)
        if saved.owner_id != owner_before:
            _tell_owner([saved.pk], saved.owner_id, actor)
    return saved


def sum_up(tender: Tender) -> None:
    """Work out amount and main product from the lots; call it under the lock of the tender, in its transaction."""
    _set_amount(tender)
    save_record(tender, expected_version=None, fields=SUMS)


def _set_amount(tender: Tender) -> None:
    lots = list(TenderLot._base_manager.filter(tender=tender).order_by("number", "pk"))
    currency = str(tender.currency_id)
    amount = rounded(sum((lot.amount for lot in lots), Decimal(0)), currency)
    largest = max(lots, key=lambda lot: lot.amount, default=None)
    tender.amount = amount
    tender.amount_base = to_base(amount, currency, timezone.localdate()) if amount else Decimal(0)
    tender.product_id = largest.product_id if largest is not None else None


def transfer_tenders(rows: QuerySet[Tender], *, owner: User, actor: User, reason: str = "") -> int:
    """Give these tenders to a new owner, who is told; returns how many changed hands. Papers that the owner before was to see to
    go along. Raises DomainError on "owner" for somebody who is not active."""
    if not owner.is_active:
        raise DomainError(_("%(name)s is not active any more: choose another owner.") % {"name": owner}, field="owner")
    today = timezone.localdate()
    with transaction.atomic(), acting(verb="transfer_owner", reason=reason):
        chosen = Tender._base_manager.filter(pk__in=rows.order_by().values("pk")).exclude(owner=owner)
        locked = list(chosen.order_by("pk").select_for_update(of=("self",)))
        for tender in locked:
            TenderDocument._base_manager.filter(
                tender=tender, responsible=tender.owner_id, done_on__isnull=True
            ).update(responsible=owner, version=F("version") + 1)
        keys = [tender.pk for tender in locked]
        Tender._base_manager.filter(pk__in=keys).update(
            owner=owner,
            team=placement_of(owner, today).team,
            version=F("version") + 1,
            updated_at=timezone.now(),
        )
        if keys:
            months = sorted({month for tender in locked for month in months_of(tender)})
            facts_changed.send(facts=[FACT], months=months)
            _tell_owner(keys, owner.pk, actor)
    return len(locked)


def count_owned(user: User) -> int:
    """How many running tenders the user owns."""
    return Tender.objects.running().filter(owner=user).count()


def take_over_tenders(*, source: User, target: User, actor: User) -> int:
    """Give the running tenders of somebody who leaves to a colleague; returns how many. Decided ones stay."""
    return transfer_tenders(Tender.objects.running().filter(owner=source), owner=target, actor=actor)


def search_text(tender: Tender) -> str:
    """What the search finds the tender by."""
    customer = tender.customer
    return search_text_of(
        tender.title, customer.name, customer.short_name, others=(tender.code, tender.reference, customer.code)
    )


def months_of(tender: Tender) -> list[str]:
    """The month that a tender counts in: that of its opening."""
    return [month_start(tender.opened_on).isoformat()] if tender.opened_on else []


def announce(tender: Tender, before: list[str] | None = None) -> None:
    """Tell which months' figures the tender touches."""
    if months := sorted({*months_of(tender), *(before or [])}):
        facts_changed.send(facts=[FACT], months=months)


def _tell_owner(keys: list[int], owner: Any, actor: User) -> None:
    owner_changed.send(label=Tender._meta.label_lower, keys=keys, owner=owner, actor=actor.pk)
