"""Saying whose a number of the ERP is, and taking a wrong word back.

The ExternalRef is what the sync goes by; NumberLink beside it is what somebody said, for the trail. Two who give the same number
at once meet at the constraint of ExternalRef: the second is told who has it.
"""

from typing import Any

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.errors import DomainError, NotAllowed
from crm.locks import AdvisoryLock, is_held
from crm.models import User
from crm.transitions import transition
from customers.domain.merging.preview import standing
from customers.domain.registration import register_customer, submit
from customers.enums import RegistrationState
from customers.models import CustomerRegistration
from integrations.domain.retrying import queue_rows
from integrations.domain.runs import queue_sync
from integrations.domain.unknown import LINK, MODELS, holder, waiting_rows
from integrations.enums import MessageKind, MessageState, NumberKind, Problem, RunKind
from integrations.models import ErpCustomer, ErpProduct, ExternalRef, NumberLink, OutboxMessage
from integrations.sap.mapping import ENTITY_SETS
from integrations.sap.values import norm_id
from integrations.sync.documents import ask, forget
from integrations.sync.lookups import SYSTEM
from integrations.sync.what import What
from orders.models import OrderRequest

LONGEST = 80
UNSURE = (MessageState.SENDING, MessageState.DOUBT)

log = structlog.get_logger(__name__)


def give_number(*, kind: str, number: str, record: Any, actor: User) -> int:
    """The number is this customer's or product's. The rows that wait for it are tried again in the background; how many they are.

    Raises NotAllowed; DomainError for a number that another one has, and for a customer that is being handed over just now.
    """
    _require(actor)
    return settle_number(kind=kind, number=number, record=record, actor=actor)


def settle_number(*, kind: str, number: str, record: Any, actor: User | None) -> int:
    """The same for rules that know by themselves whose it is, such as by the tax number."""
    number = norm_id(number)
    if not number or len(number) > LONGEST:
        raise DomainError(_("Enter the number as it stands in the ERP."), field="number")
    with transaction.atomic(), acting(verb="give_erp_number"):
        key = standing(record.pk) if kind == NumberKind.CUSTOMER else record.pk
        _claim(kind, number, key)
        NumberLink._base_manager.update_or_create(kind=kind, number=number, defaults={f"{kind}_id": key})
        if kind == NumberKind.CUSTOMER:
            ErpCustomer._base_manager.filter(number=number).update(customer=key)
            _end_message(key, number, actor)
        else:
            ErpProduct._base_manager.filter(number=number).update(product=key)
        return queue_rows(waiting_rows(kind, number), actor=actor)


def take_number_away(*, kind: str, number: str, actor: User, reason: str) -> int:
    """The number is not this one's: its documents are read again, and those that name it wait until somebody gives it to the
    right one. How many documents are read.

    Raises NotAllowed; DomainError without a reason, for a number nobody has, one that the ERP gave to what was handed over from
    here, and while an order is on its way under it.
    """
    _require(actor)
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    with transaction.atomic(), acting(verb="take_erp_number", reason=reason.strip()):
        ref = (
            ExternalRef._base_manager.select_for_update()
            .filter(system=SYSTEM, entity=kind, external_id=number)
            .order_by("pk")
            .first()
        )
        if ref is None or holder(kind, number) is None:
            raise DomainError(_("Nobody here has the ERP number %(number)s.") % {"number": number})
        if kind == NumberKind.CUSTOMER:
            _refuse_handed_over(ref.object_id, number)
        link, _made = NumberLink._base_manager.get_or_create(
            kind=kind, number=number, defaults={f"{kind}_id": ref.object_id}
        )
        link.delete()
        ref.delete()
        return _read_again(kind, ref.object_id, actor)


def register_for(
    *, number: str, actor: User, send: bool = True, passed_over: Any = (), **values: Any
) -> CustomerRegistration:
    """Register the company that has the number in the ERP; once it is a customer it has the number here, too.

    Raises NotAllowed, and DomainError as register_customer does, or when the number is somebody's or is being registered.
    """
    _require(actor)
    number = norm_id(number)
    with transaction.atomic(), acting(verb="give_erp_number"):
        found = holder(NumberKind.CUSTOMER, number)
        if found is not None:
            raise _taken(number, found)
        registration = register_customer(actor=actor, passed_over=passed_over, send=False, **values)
        _note_claim(number, registration)
        if send:
            submit(registration=registration, actor=actor)
            registration.refresh_from_db()
    return registration


def on_state_changed(*, label: str, pk: int, **_others: Any) -> None:
    """Inside the transaction of the approval: the new customer gets the number that it was registered for."""
    if label != "customers.customerregistration":
        return
    link = NumberLink._base_manager.filter(registration=pk, customer=None).select_related("registration").first()
    registration = link.registration if link is not None else None
    if (
        link is None
        or registration is None
        or registration.state != RegistrationState.APPROVED
        or registration.customer is None
    ):
        return
    try:
        with transaction.atomic():
            settle_number(kind=NumberKind.CUSTOMER, number=link.number, record=registration.customer, actor=None)
    except DomainError as error:  # somebody else has got it meanwhile: the customer is one all the same
        log.warning("erp_number_taken", number=link.number, reason=str(error.message))
        link.delete()


def _claim(kind: str, number: str, key: int) -> None:
    """Make the ExternalRef. Raises DomainError when another one has the number."""
    values = {"system": SYSTEM, "entity": kind, "external_id": number}
    try:
        with transaction.atomic():
            ExternalRef._base_manager.create(**values, object_id=key)
    except IntegrityError as error:
        ref = ExternalRef._base_manager.select_for_update().get(**values)
        found = MODELS[kind]._base_manager.filter(pk=ref.object_id).first()
        if found is not None and found.pk != key:
            raise _taken(number, found) from error
        ExternalRef._base_manager.filter(pk=ref.pk).update(object_id=key)


def _taken(number: str, found: Any) -> DomainError:
    words = {"number": number, "name": found.name, "code": found.code}
    return DomainError(
        _("%(number)s is %(name)s (%(code)s) already. Take it away there first if that is wrong.") % words
    )


def _note_claim(number: str, registration: CustomerRegistration) -> None:
    """Keep what the registration is for. Raises DomainError while another one is under way for the number."""
    link = (
        NumberLink._base_manager.select_for_update(of=("self",))
        .select_related("registration")
        .filter(kind=NumberKind.CUSTOMER, number=number)
        .order_by("pk")
        .first()
    )
    other = link.registration if link is not None else None
    if other is not None and other.state in (
        RegistrationState.DRAFT,
        RegistrationState.RETURNED,
        RegistrationState.SUBMITTED,
    ):
        words = {"number": number, "code": other.code}
        raise DomainError(_("%(number)s is being registered already: %(code)s.") % words)
    values = {"registration": registration, "customer": None}
    try:
        with transaction.atomic():
            NumberLink._base_manager.update_or_create(kind=NumberKind.CUSTOMER, number=number, defaults=values)
    except IntegrityError as error:
        raise DomainError(_("Somebody registers %(number)s just now.") % {"number": number}) from error


def _end_message(customer: int, number: str, actor: User | None) -> None:
    """The customer need not be handed over any more, and orders that wait for its number go out."""
    message = (
        OutboxMessage._base_manager.select_for_update().filter(kind=MessageKind.PARTNER, object_id=customer).first()
    )
    if message is not None and (message.state in UNSURE or is_held(AdvisoryLock.OUTBOX, message.pk)):
        raise DomainError(_("The customer is being handed over to the ERP just now: wait for its answer."))
    if message is not None and message.state in (MessageState.WAITING, MessageState.REFUSED, MessageState.DEAD):
        reason = _("It is %(number)s in the ERP.") % {"number": number}
        transition(message, MessageState.GIVEN_UP, actor=actor, reason=reason)
    waiting = OutboxMessage._base_manager.filter(state=MessageState.WAITING, problem=Problem.NO_CUSTOMER)
    waiting.update(next_try_at=timezone.now())


def _refuse_handed_over(customer: int, number: str) -> None:
    made = OutboxMessage._base_manager.filter(kind=MessageKind.PARTNER, erp_number=number)
    if made.filter(state=MessageState.CONFIRMED).exists():
        raise DomainError(_("The ERP gave %(number)s to what was handed over from here.") % {"number": number})
    requests = OrderRequest._base_manager.filter(customer=customer).values("pk")
    sent = OutboxMessage._base_manager.filter(kind=MessageKind.ORDER, object_id__in=requests)
    if sent.filter(Q(state__in=UNSURE) | Q(posted_at__isnull=False)).exists():
        raise DomainError(_("An order is on its way to the ERP under this number: wait for its answer."))


def _read_again(kind: str, key: int, actor: User) -> int:
    """Have the documents of the one that lost the number read once more; how many. Their hashes go, or a later run would take the
    unchanged row for taken."""
    asked = {one.name: forget(one, kind, key) for one in ENTITY_SETS.values()}
    names = [name for name, numbers in asked.items() if numbers]
    for name in names:
        ask(name, asked[name])
    if names:
        queue_sync(actor=actor, names=names, what=What(RunKind.ASKED))
    return sum(map(len, asked.values()))


def _require(actor: User) -> None:
    if not actor.has_perm(LINK):
        raise NotAllowed(_("You are not allowed to do this."))
