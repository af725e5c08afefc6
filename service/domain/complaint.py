"""Register, change and move complaints."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
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
from crm.records.extra import searched
from crm.records.pinyin import search_text_of
from crm.transitions import transition
from service.enums import ComplaintState
from service.models import Complaint, ComplaintStateChange
from service.rules import answer_due

FACT = "complaint"


def create_complaint(*, actor: User, **values: Any) -> Complaint:
    """Register a complaint under the next number of the month, for its owner (the actor unless given).

    The business unit is the customer's; the answer is due by the severity's days unless a day is given. Raises DomainError on
    "order" for an order of another customer.
    """
    complaint = Complaint(**{**values, "owner": values.get("owner") or actor})
    _check_order(complaint)
    _place(complaint)
    if complaint.due_on is None:
        complaint.due_on = answer_due(complaint.severity, complaint.received_on)
    complaint.state_since = timezone.now()
    with transaction.atomic():
        complaint.code = record_number("complaint", complaint)
        complaint.search_text = search_text(complaint)
        create_record(complaint)
        _tell(complaint.received_on)
    return complaint


def update_complaint(*, instance: Complaint, expected_version: int | None, actor: User, **values: Any) -> Complaint:
    """Change a complaint's own data; its state changes by `move_complaint` only. Raises StaleVersion and DomainError."""
    received_before, owner_before = instance.received_on, instance.owner_id
    for name, value in values.items():
        setattr(instance, name, value)
    _check_order(instance)
    _place(instance)
    instance.search_text = search_text(instance)
    fields = [*values, "team", "business_unit", "search_text"]
    with transaction.atomic():
        saved = save_record(instance, expected_version=expected_version, fields=fields)
        _tell(received_before, saved.received_on)
        if saved.owner_id is not None and saved.owner_id != owner_before:
            label = Complaint._meta.label_lower
            owner_changed.send(label=label, keys=[saved.pk], owner=saved.owner_id, actor=actor.pk)
    return saved


def move_complaint(
    complaint: Complaint, target: str, *, actor: User, reason: str = "", **changes: Any
) -> ComplaintStateChange:
    """Take a complaint to another state, writing `changes` (cause, action) with it.

    Raises TransitionError for a move that does not exist, or when it is to be closed without cause and action; DomainError on
    "reason" when a complaint is taken back without saying why.
    """
    if is_backward(complaint.state, target) and not reason.strip():
        raise DomainError(_("Say why the complaint is taken up again."), field="reason")
    with transaction.atomic():
        row = transition(complaint, target, actor=actor, reason=reason, changes=changes)
        _tell(complaint.received_on)
    return row


def count_owned(user: User) -> int:
    """How many complaints the user owns that are not closed."""
    return Complaint.objects.open().filter(owner=user).count()


def take_over_complaints(*, source: User, target: User, actor: User) -> int:
    """Give the open complaints of somebody who leaves to a colleague; the business unit stays. Returns how many."""
    return len(give_complaints(Complaint.objects.open().filter(owner=source), owner=target, actor=actor))


def give_complaints(complaints: QuerySet[Complaint], *, owner: User, actor: User) -> list[Complaint]:
    """Give complaints to another owner; team and business unit follow. Returns them."""
    with transaction.atomic(), acting(verb="transfer_owner"):
        rows = list(complaints.order_by("pk").select_for_update(of=("self",)))
        for complaint in rows:
            complaint.owner = owner
            _place(complaint)
            save_record(complaint, expected_version=None, fields=["owner", "team", "business_unit"])
        if rows:
            keys = [complaint.pk for complaint in rows]
            owner_changed.send(label=Complaint._meta.label_lower, keys=keys, owner=owner.pk, actor=actor.pk)
            _tell(*(complaint.received_on for complaint in rows))
    return rows


def is_backward(source: str, target: str) -> bool:
    """Whether a move takes the complaint back to be investigated again."""
    return target == ComplaintState.INVESTIGATING and source != ComplaintState.REGISTERED


def search_text(complaint: Complaint) -> str:
    """What the search finds the complaint by."""
    customer = complaint.customer
    return search_text_of(
        complaint.title,
        customer.name,
        customer.short_name,
        others=(complaint.code, complaint.batch, *searched(complaint)),
    )


def _check_order(complaint: Complaint) -> None:
    if complaint.order is not None and complaint.order.customer_id != complaint.customer_id:
        raise DomainError(_("This order belongs to another customer."), field="order")


def _place(complaint: Complaint) -> None:
    """The team of the owner, the business unit of the customer."""
    customer = complaint.customer
    place = placement_of(complaint.owner, timezone.localdate()) if complaint.owner else None
    complaint.business_unit = customer.business_unit
    same_unit = place is not None and place.team is not None and place.business_unit == customer.business_unit
    complaint.team = place.team if place is not None and same_unit else customer.team


def _tell(*days: dt.date) -> None:
    facts_changed.send(facts=[FACT], months=sorted({month_start(day).isoformat() for day in days}))
