"""Begin, submit, renew and withdraw admissions, and whether a customer is admitted."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError, NotAllowed
from crm.formats import enumerated
from crm.locks import lock_row
from crm.models import ApprovalRequest, BusinessUnit, ProductLine, User
from crm.records.domain.numbers import record_number
from crm.records.pinyin import search_text_of
from crm.transitions import transition
from crm.workflow.domain.approvals import request_approval
from customers.domain.admission.answers import evidence_missing, lines_of, take_over
from customers.domain.admission.checklists import checklist_for, refuse_foreign_line
from customers.enums import AdmissionKind, AdmissionState
from customers.models import Admission, Customer
from customers.rules import months_later

DOCUMENT = "customer_admission"
REVOKE = "customers.revoke_admission"
WAS_ADMITTED = (AdmissionState.ADMITTED, AdmissionState.EXPIRED)


def start_admission(*, actor: User, follows: Admission | None = None, **values: Any) -> Admission:
    """A draft with the checklist in force and the answers that are known: the customer's first, else an extension (or the renewal
    of `follows`). Raises DomainError without a checklist, for a line of another unit, or when one is under way for the same."""
    admission = Admission(state_since=timezone.now(), follows=follows, **values)
    refuse_foreign_line(admission.business_unit, admission.product_line)
    checklist = checklist_for(admission.business_unit, admission.product_line)
    if checklist is None:
        message = _(
            "No admission checklist is in force for this: an administrator can put one into force in the settings."
        )
        raise DomainError(message, field="business_unit")
    admission.checklist = checklist
    admission.kind = _kind(admission)
    with transaction.atomic():
        admission.code = record_number("admission", admission)
        admission.search_text = search_text(admission)
        create_record(admission)
        take_over(admission)
    return admission


def _kind(admission: Admission) -> AdmissionKind:
    if admission.follows is not None:
        return AdmissionKind.RENEWAL
    before = Admission._base_manager.filter(customer=admission.customer, state__in=WAS_ADMITTED)
    return AdmissionKind.EXTENSION if before.exists() else AdmissionKind.FIRST


def update_admission(*, instance: Admission, expected_version: int | None, actor: User, **values: Any) -> Admission:
    """Change the days, conditions or plant of a draft. Raises StaleVersion, DomainError for one that was submitted."""
    if instance.state != AdmissionState.DRAFT:
        raise DomainError(_("Only a draft is changed: this admission was submitted already."))
    for name, value in values.items():
        setattr(instance, name, value)
    instance.search_text = search_text(instance)
    with transaction.atomic():
        return save_record(instance, expected_version=expected_version, fields=[*values, "search_text"])


def submit_admission(*, admission: Admission, actor: User, reason: str = "") -> ApprovalRequest:
    """Send a draft for approval. Raises DomainError when required questions are open, and as request_approval() does."""
    refuse_open_questions(admission)
    with transaction.atomic():
        transition(admission, AdmissionState.SUBMITTED, actor=actor, reason=reason)
        return request_approval(document=DOCUMENT, record=admission, actor=actor, reason=reason)


def refuse_open_questions(admission: Admission) -> None:
    """Raise DomainError that names the first required questions without an answer that counts."""
    lines = lines_of(admission)
    open_ones = [line for line in lines if line.is_missing]
    open_ones += [line for line in evidence_missing(lines) if line not in open_ones]
    if open_ones:
        named = enumerated(line.item.label for line in open_ones[:3]) + ("…" if len(open_ones) > 3 else "")
        raise DomainError(_("These questions need an answer first: %(questions)s") % {"questions": named})


def ready(admission: Admission, changes: dict[str, Any]) -> None:
    """Raise DomainError unless the admission was submitted: the button on its page does both."""
    if admission.state != AdmissionState.SUBMITTED:
        raise DomainError(_("Submit the admission on its page."))


def on_approved(*, record: Admission, request: ApprovalRequest, actor: User) -> None:
    """Admitted: from the day asked for, today at the earliest, until the day asked for or as long as the checklist says."""
    start = max(record.valid_from or timezone.localdate(), timezone.localdate())
    months = record.checklist.valid_months
    end = record.valid_to or (months_later(start, months) if months else None)
    if end is not None and end < start:
        raise DomainError(_("The last day has passed: return the admission for change."))
    days = {"valid_from": start, "valid_to": end, "warned_days": None}
    transition(record, AdmissionState.ADMITTED, actor=actor, reason=request.code, changes=days)
    _end_renewed(record, start, actor)


def _end_renewed(renewal: Admission, start: dt.date, actor: User) -> None:
    """The admission that was renewed holds until the day before: over at once when that has passed, else when it comes."""
    if renewal.follows_id is None:
        return
    before = lock_row(Admission._base_manager.all(), renewal.follows_id)
    if before.state != AdmissionState.ADMITTED or before.valid_from is None:
        return
    last = max(start - dt.timedelta(days=1), before.valid_from)
    last = min(last, before.valid_to) if before.valid_to is not None else last
    if start <= timezone.localdate():
        reason = _("Renewed by %(code)s.") % {"code": renewal.code}
        transition(before, AdmissionState.EXPIRED, actor=actor, reason=reason, changes={"valid_to": last})
    elif last != before.valid_to:
        before.valid_to = last
        save_record(before, expected_version=None, fields=["valid_to"])


def on_rejected(*, record: Admission, request: ApprovalRequest, actor: User) -> None:
    """Refused; another one can be begun."""
    transition(record, AdmissionState.REFUSED, actor=actor, reason=request.code)


def on_given_back(*, record: Admission, request: ApprovalRequest, actor: User) -> None:
    """Returned or taken back: a draft again."""
    transition(record, AdmissionState.DRAFT, actor=actor, reason=request.code)


def renew_admission(*, admission: Admission, actor: User) -> Admission:
    """A draft for the time after, with the last answers. Raises DomainError for one that was never admitted, or is
    renewed already."""
    if admission.state not in WAS_ADMITTED:
        raise DomainError(_("Only what was admitted is renewed."))
    if renewals_under_way().filter(follows=admission).exists():
        raise DomainError(_("The renewal is under way already."))
    start = admission.valid_to + dt.timedelta(days=1) if admission.valid_to is not None else None
    return start_admission(
        actor=actor,
        follows=admission,
        customer=admission.customer,
        business_unit=admission.business_unit,
        product_line=admission.product_line,
        plant=admission.plant,
        conditions=admission.conditions,
        valid_from=start if start is not None and start > timezone.localdate() else None,
    )


def renewals_under_way() -> Any:
    """Renewals that are neither refused nor given up."""
    gone = [AdmissionState.REFUSED, AdmissionState.WITHDRAWN]
    return Admission._base_manager.filter(follows__isnull=False).exclude(state__in=gone)


def withdraw_admission(*, admission: Admission, actor: User, reason: str = "") -> Any:
    """Give a draft up, or take an admission back, which needs the right to. Raises NotAllowed, TransitionError, StaleVersion."""
    if admission.state == AdmissionState.ADMITTED and not actor.has_perm(REVOKE):
        raise NotAllowed(_("You may not withdraw what was admitted."))
    return transition(admission, AdmissionState.WITHDRAWN, actor=actor, reason=reason)


def admitted_on(customer: Customer, on: dt.date) -> Any:
    """The admissions of the customer that hold on that day."""
    rows = Admission._base_manager.filter(customer=customer, state__in=WAS_ADMITTED, valid_from__lte=on)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def is_admitted(
    customer: Customer, business_unit: BusinessUnit, product_line: ProductLine | None = None, on: dt.date | None = None
) -> bool:
    """Whether the customer is admitted on that day (today): an admission to the whole business unit holds for its lines too,
    one to a line not for the unit."""
    rows = admitted_on(customer, on or timezone.localdate()).filter(business_unit=business_unit)
    lines = Q(product_line__isnull=True)
    if product_line is not None:
        lines |= Q(product_line=product_line)
    return bool(rows.filter(lines).exists())


def search_text(admission: Admission) -> str:
    """What the search finds the admission by."""
    customer = admission.customer
    return search_text_of(customer.name, customer.short_name, others=(admission.code, customer.code, admission.plant))
