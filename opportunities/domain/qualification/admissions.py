"""Begin, submit, conclude and renew admissions as a supplier, and whether we are admitted."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.acting import acting
from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.events import facts_changed, owner_changed
from crm.formats import enumerated
from crm.locks import lock_row
from crm.models import User
from crm.organisation.domain.placement import placement_of
from crm.periods import month_start
from crm.records.choices import listed
from crm.records.domain.numbers import record_number
from crm.records.pinyin import search_text_of
from crm.transitions import transition
from opportunities.enums import SupplierState
from opportunities.models import AuditFinding, SupplierAdmission, SupplierItem

FACT = "supplier_admission"
RUNNING = (SupplierState.PREPARING, SupplierState.SUBMITTED, SupplierState.AUDIT)
WAS_PASSED = (SupplierState.PASSED, SupplierState.LAPSED)


def create_admission(*, actor: User, follows: SupplierAdmission | None = None, **values: Any) -> SupplierAdmission:
    """One that is being prepared, with the items customers usually ask for, or those of what it renews; the actor's unless said
    otherwise. Raises DomainError when the opportunity is another customer's, or the renewal is under way."""
    admission = SupplierAdmission(**values, follows=follows, state_since=timezone.now())
    admission.owner = admission.owner or actor
    _take_from_opportunity(admission)
    _place(admission)
    with transaction.atomic():
        admission.code = record_number("supplier_admission", admission)
        admission.search_text = search_text(admission)
        create_record(admission)
        for name, required in _first_items(follows):
            item = SupplierItem(
                admission=admission,
                name=name,
                is_required=required,
                responsible=admission.owner,
                due_on=admission.submit_by,
            )
            create_record(item)
    return admission


def _first_items(follows: SupplierAdmission | None) -> list[tuple[str, bool]]:
    if follows is not None:
        return list(follows.items.order_by("pk").values_list("name", "is_required"))
    return [(item.code, True) for item in listed("supplier_checklist").items if item.is_active]


def _take_from_opportunity(admission: SupplierAdmission) -> None:
    opportunity = admission.opportunity
    if opportunity is not None and opportunity.customer_id != admission.customer_id:
        message = _("This opportunity is another customer's: choose one of %(name)s.")
        raise DomainError(message % {"name": admission.customer}, field="opportunity")


def _place(admission: SupplierAdmission) -> None:
    """The team of the owner, unit and region of the customer."""
    owner: Any = admission.owner
    admission.team = placement_of(owner, timezone.localdate()).team
    admission.business_unit_id = admission.customer.business_unit_id
    admission.region_id = admission.customer.region_id


def update_admission(
    *, instance: SupplierAdmission, expected_version: int | None, actor: User, **values: Any
) -> SupplierAdmission:
    """Change one that has no result yet. Raises StaleVersion, DomainError."""
    if instance.state not in RUNNING:
        raise DomainError(_("This admission has its result: it stays as it is. Renew it for the time after."))
    owner_before = instance.owner_id
    for name, value in values.items():
        setattr(instance, name, value)
    instance.owner = instance.owner or actor
    _take_from_opportunity(instance)
    _place(instance)
    instance.search_text = search_text(instance)
    fields = [*values, "owner", "team", "business_unit", "region", "search_text"]
    with transaction.atomic():
        saved = save_record(instance, expected_version=expected_version, fields=fields)
        if saved.owner_id != owner_before:
            _tell_owner([saved.pk], saved.owner_id, actor)
    return saved


def missing_items(admission: SupplierAdmission) -> list[str]:
    """The required items that are not there yet."""
    rows = SupplierItem._base_manager.filter(admission=admission, is_required=True, done_on__isnull=True)
    return [str(item) for item in rows.order_by("pk")]


def open_findings(admission: SupplierAdmission) -> int:
    """How many findings wait for their corrective action; remarks need none."""
    rows = AuditFinding._base_manager.filter(admission=admission, done_on__isnull=True)
    return rows.exclude(kind="remark").count()


def submit_admission(*, admission: SupplierAdmission, actor: User, on: dt.date) -> Any:
    """The papers went to the customer. Raises DomainError that lists the required items that are missing; TransitionError."""
    _refuse_future(on)
    with transaction.atomic():
        lock_row(SupplierAdmission._base_manager.all(), admission.pk)
        if names := missing_items(admission):
            raise DomainError(_("Before it is submitted these are missing: %(names)s.") % {"names": enumerated(names)})
        return transition(admission, SupplierState.SUBMITTED, actor=actor, changes={"submitted_on": on})


def begin_audit(*, admission: SupplierAdmission, actor: User) -> Any:
    """The customer audits us. Raises TransitionError, StaleVersion."""
    return transition(admission, SupplierState.AUDIT, actor=actor)


def back_to_preparation(*, admission: SupplierAdmission, actor: User, reason: str = "") -> Any:
    """The customer wants more. Raises TransitionError without a reason, StaleVersion."""
    return transition(admission, SupplierState.PREPARING, actor=actor, reason=reason)


def pass_admission(
    *, admission: SupplierAdmission, actor: User, on: dt.date, valid_until: dt.date | None = None, conclusion: str = ""
) -> Any:
    """The customer admitted us; the one that this renews lapses. Raises DomainError while findings wait for their corrective
    action, and on "valid_until" for a day before `on`; TransitionError, StaleVersion."""
    _refuse_future(on)
    if valid_until is not None and valid_until < on:
        raise DomainError(_("The last day must not be before the first day."), field="valid_until")
    with transaction.atomic():
        lock_row(SupplierAdmission._base_manager.all(), admission.pk)
        if count := open_findings(admission):
            message = ngettext(
                "%(count)d finding waits for its corrective action: finish it first.",
                "%(count)d findings wait for their corrective action: finish them first.",
                count,
            )
            raise DomainError(message % {"count": count})
        changes = {"concluded_on": on, "valid_until": valid_until, "conclusion": conclusion, "warned_days": None}
        row = transition(admission, SupplierState.PASSED, actor=actor, changes=changes)
        before = admission.follows
        if before is not None and before.state == SupplierState.PASSED:
            reason = _("Renewed by %(code)s.") % {"code": admission.code}
            transition(before, SupplierState.LAPSED, actor=actor, reason=reason)
        announce(admission)
    return row


def fail_admission(*, admission: SupplierAdmission, actor: User, reason: str = "") -> Any:
    """The customer did not admit us, or we gave up. Raises TransitionError without a reason, StaleVersion."""
    changes = {"concluded_on": timezone.localdate(), "conclusion": reason}
    with transaction.atomic():
        row = transition(admission, SupplierState.FAILED, actor=actor, reason=reason, changes=changes)
        announce(admission)
    return row


def renew_admission(*, admission: SupplierAdmission, actor: User) -> SupplierAdmission:
    """One for the time after, with the same items. Raises DomainError for one that was never passed, or is renewed already."""
    if admission.state not in WAS_PASSED:
        raise DomainError(_("Only what was passed is renewed."))
    return create_admission(
        actor=actor,
        follows=admission,
        customer=admission.customer,
        opportunity=admission.opportunity,
        product_line=admission.product_line,
        product=admission.product,
        title=admission.title,
        owner=admission.owner if admission.owner is not None and admission.owner.is_active else actor,
        submit_by=admission.valid_until,
    )


def transfer_admissions(rows: QuerySet[SupplierAdmission], *, owner: User, actor: User, reason: str = "") -> int:
    """Give these to a new owner, who is told, with the open items that the owner before was to see to; returns how many."""
    if not owner.is_active:
        raise DomainError(_("%(name)s is not active any more: choose another owner.") % {"name": owner}, field="owner")
    with transaction.atomic(), acting(verb="transfer_owner", reason=reason):
        chosen = SupplierAdmission._base_manager.filter(pk__in=rows.order_by().values("pk")).exclude(owner=owner)
        locked = list(chosen.order_by("pk").select_for_update(of=("self",)))
        for admission in locked:
            for model in (SupplierItem, AuditFinding):
                mine = model._base_manager.filter(admission=admission, responsible=admission.owner_id)
                mine.filter(done_on__isnull=True).update(responsible=owner, version=F("version") + 1)
        keys = [admission.pk for admission in locked]
        SupplierAdmission._base_manager.filter(pk__in=keys).update(
            owner=owner,
            team=placement_of(owner, timezone.localdate()).team,
            version=F("version") + 1,
            updated_at=timezone.now(),
        )
        if keys:
            facts_changed.send(facts=[FACT], months=sorted({month for row in locked for month in months_of(row)}))
            _tell_owner(keys, owner.pk, actor)
    return len(locked)


def followed(rows: Any) -> Any:
    """Those that somebody has to look after: without a result, or passed."""
    return rows.filter(state__in=(*RUNNING, SupplierState.PASSED))


def count_owned(user: User) -> int:
    """How many the user looks after."""
    return int(followed(SupplierAdmission.objects.filter(owner=user)).count())


def take_over_admissions(*, source: User, target: User, actor: User) -> int:
    """Give those of somebody who leaves to a colleague; returns how many."""
    return transfer_admissions(followed(SupplierAdmission.objects.filter(owner=source)), owner=target, actor=actor)


def search_text(admission: SupplierAdmission) -> str:
    """What the search finds it by."""
    customer = admission.customer
    return search_text_of(admission.title, customer.name, customer.short_name, others=(admission.code, customer.code))


def months_of(admission: SupplierAdmission) -> list[str]:
    """The month that it counts in: that of its result."""
    return [month_start(admission.concluded_on).isoformat()] if admission.concluded_on else []


def announce(admission: SupplierAdmission) -> None:
    """Tell which month's figures it touches."""
    facts_changed.send(facts=[FACT], months=months_of(admission))


def _refuse_future(on: dt.date) -> None:
    if on > timezone.localdate():
        raise DomainError(_("This day is still to come: enter when it happened."), field="on")


def _tell_owner(keys: list[int], owner: Any, actor: User) -> None:
    label = SupplierAdmission._meta.label_lower
    owner_changed.send(label=label, keys=keys, owner=owner, actor=actor.pk)
