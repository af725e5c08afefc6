"""Register a company as a customer: type it, send it, have it decided (BP-AM-01). docs/customers.md explains it."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.saving import change_record, create_record, readable
from crm.errors import DomainError, Frozen
from crm.events import facts_changed, owner_changed
from crm.models import ApprovalRequest, User
from crm.organisation.domain.placement import placement_of
from crm.periods import month_start
from crm.records.domain.numbers import record_number
from crm.records.pinyin import search_text_of
from crm.transitions import transition
from crm.workflow.domain.approvals import request_approval
from customers.domain.contact import add_contact
from customers.domain.corrections import FACT
from customers.domain.credit_code_places import province_of
from customers.domain.customer import create_customer
from customers.domain.registration_candidates import plain_name, same_company
from customers.enums import RegistrationState
from customers.models import Customer, CustomerRegistration

DOCUMENT = "customer_registration"
OPEN = (
    RegistrationState.DRAFT,
    RegistrationState.RETURNED,
    RegistrationState.REJECTED,
    RegistrationState.WITHDRAWN,
)
_CARRIED = ("name", "credit_code", "kind", "industry", "region", "province", "city", "next_step")


def register_customer(
    *,
    actor: User,
    owner: User | None = None,
    passed_over: Sequence[dict[str, Any]] = (),
    send: bool = True,
    **values: Any,
) -> CustomerRegistration:
    """Write down a company and send it for approval (not with `send` false: then it stays a draft). Where no policy decides,
    the customer exists at once; it is the owner's, by default the actor's. Raises DomainError as submit() does; nothing is
    written then."""
    with transaction.atomic():
        registration = _new_registration(owner or actor, passed_over, values)
        if send:
            submit(registration=registration, actor=actor)
    return registration


def update_registration(
    *, instance: CustomerRegistration, expected_version: int | None, actor: User, **values: Any
) -> CustomerRegistration:
    """Correct what was typed, while it is not decided for good. Raises StaleVersion, DomainError, Frozen while it waits."""
    if instance.state not in OPEN:
        raise Frozen(_("Only what is not sent, or came back, can be changed."))
    for name, value in values.items():
        setattr(instance, name, value)
    _derive(instance)
    also = ["name_key", "province", "region", "search_text"]
    return change_record(instance, expected_version=expected_version, values=values, also=also)


def submit(*, registration: CustomerRegistration, actor: User) -> ApprovalRequest:
    """Send it for approval, the first time or again.

    Raises DomainError when the company is a customer already, a registration of it waits, or nobody can decide; TransitionError,
    StaleVersion when it is not to be sent as it stands.
    """
    try:
        with transaction.atomic():
            refuse_known(registration)
            transition(
                registration,
                RegistrationState.SUBMITTED,
                actor=actor,
                changes={"submissions": registration.submissions + 1, "reason": ""},
            )
            request = request_approval(document=DOCUMENT, record=registration, actor=actor)
    except IntegrityError as error:
        raise _waiting(registration, readable(registration, error)) from error
    registration.refresh_from_db()
    return request


def give_up(*, registration: CustomerRegistration, actor: User) -> None:
    """What is not sent, or came back, is not wanted any more; it can be sent again all the same. Raises TransitionError."""
    if registration.state == RegistrationState.SUBMITTED:
        raise DomainError(_("It waits for approval: withdraw the request."))
    transition(registration, RegistrationState.WITHDRAWN, actor=actor)


def refuse_known(registration: CustomerRegistration) -> None:
    """Raise DomainError when the company is a customer already, unless it was passed over as another one of that name."""
    passed = {entry["customer"] for entry in registration.passed_over}
    if registration.credit_code:
        passed -= set(Customer._base_manager.filter(credit_code=registration.credit_code).values_list("pk", flat=True))
    other = same_company(name=registration.name, credit_code=registration.credit_code, besides=passed)
    if other is None:
        return
    where = " · ".join(filter(None, (other.business_unit.label, other.owner.label if other.owner else "")))
    field = "credit_code" if registration.credit_code and other.credit_code == registration.credit_code else "name"
    raise DomainError(
        _("This company is a customer already: %(name)s (%(where)s).") % {"name": other.name, "where": where},
        field=field,
    )


def ready(record: CustomerRegistration, changes: dict[str, Any]) -> None:
    """Raise DomainError for one that was not sent by submit(), which checks it."""
    if record.state != RegistrationState.SUBMITTED:
        raise DomainError(_("Send the registration from its own page."))


def on_approved(*, record: CustomerRegistration, request: ApprovalRequest, actor: User) -> None:
    """The customer and its first contact exist. Raises DomainError when somebody made the same customer meanwhile."""
    refuse_known(record)
    owner = record.owner
    assert owner is not None
    values = {name: getattr(record, name) for name in _CARRIED}
    customer = create_customer(actor=actor, create_anyway=True, owner=owner, **values)
    add_contact(actor=actor, customer=customer, name=record.contact_name, phone=record.contact_phone)
    _decide(record, RegistrationState.APPROVED, request, actor, customer=customer)


def on_rejected(*, record: CustomerRegistration, request: ApprovalRequest, actor: User) -> None:
    """It does not become a customer; the reason stands on it."""
    _decide(record, RegistrationState.REJECTED, request, actor)


def on_returned(*, record: CustomerRegistration, request: ApprovalRequest, actor: User) -> None:
    """Something is to be corrected; the reason stands on it."""
    _decide(record, RegistrationState.RETURNED, request, actor)


def on_withdrawn(*, record: CustomerRegistration, request: ApprovalRequest, actor: User) -> None:
    """Who asked took it back."""
    transition(record, RegistrationState.WITHDRAWN, actor=actor)


def count_owned(user: User) -> int:
    """How many registrations of the user's are not decided for good."""
    return _unfinished(user).count()


def take_over_registrations(*, source: User, target: User, actor: User) -> int:
    """Give the unfinished registrations of somebody who leaves to a colleague, with team and unit; returns how many."""
    place = placement_of(target, timezone.localdate())
    changes: dict[str, Any] = {"owner": target, "team": place.team, "updated_at": timezone.now()}
    if place.business_unit is not None:
        changes["business_unit"] = place.business_unit
    with transaction.atomic(), acting(verb="transfer_owner"):
        keys = list(_unfinished(source).order_by("pk").select_for_update().values_list("pk", flat=True))
        rows = CustomerRegistration._base_manager.filter(pk__in=keys)
        count: int = rows.update(version=F("version") + 1, **changes)
        if keys:
            label = CustomerRegistration._meta.label_lower
            owner_changed.send(label=label, keys=keys, owner=target.pk, actor=actor.pk)
    return count


def search_text(registration: CustomerRegistration) -> str:
    """What the search finds the registration by."""
    others = (registration.code, registration.credit_code, registration.contact_name)
    return search_text_of(registration.name, others=others, phone=registration.contact_phone)


def _unfinished(user: User) -> Any:
    states = [*OPEN[:3], RegistrationState.SUBMITTED]
    return CustomerRegistration._base_manager.filter(owner=user, state__in=states)


def _new_registration(
    owner: User, passed_over: Sequence[dict[str, Any]], values: dict[str, Any]
) -> CustomerRegistration:
    registration = CustomerRegistration(owner=owner, passed_over=list(passed_over), **values)
    today = timezone.localdate()
    place = placement_of(owner, today)
    if place.business_unit is None:
        raise DomainError(_("You belong to no business unit: an administrator has to put you into one."))
    registration.team, registration.business_unit = place.team, place.business_unit
    registration.state_since = timezone.now()
    _derive(registration)
    registration.code = record_number(FACT, registration, day=today)
    registration.search_text = search_text(registration)
    return create_record(registration)


def _derive(registration: CustomerRegistration) -> None:
    """What follows from what was typed: the province from the credit code, the region from where its neighbours are."""
    registration.name_key = plain_name(registration.name)[:200]
    if not registration.name_key:
        raise DomainError(_("Give the name of the company."), field="name")
    registration.province = registration.province or province_of(registration.credit_code)
    if not registration.province and registration.city:
        registration.province = _usual("province", city=registration.city) or ""
    if registration.region_id is None:
        registration.region_id = _usual_region(registration)
    registration.search_text = search_text(registration)


def _usual_region(registration: CustomerRegistration) -> int | None:
    """The region that most customers of that city, else of that province, have; else the team's own."""
    for place in ({"city": registration.city}, {"province": registration.province}):
        if all(place.values()) and (found := _usual("region", **place)):
            return int(found)
    return registration.team.region_id if registration.team else None


def _usual(field: str, **place: str) -> Any:
    """What most customers of a place have in the field; None when there are none."""
    rows = Customer._base_manager.filter(**place).exclude(**({"region": None} if field == "region" else {field: ""}))
    found = rows.order_by().values(field).annotate(n=Count("pk")).order_by("-n", field).first()
    return found[field] if found else None


def _decide(
    record: CustomerRegistration, target: str, request: ApprovalRequest, actor: User, customer: Customer | None = None
) -> None:
    last = request.state_changes.order_by("-pk").first()
    reason = last.reason if last else ""
    today = timezone.localdate()
    months = {month_start(day).isoformat() for day in (today, record.decided_on) if day}
    changes: dict[str, Any] = {"reason": reason, "decided_on": today, "decisions": record.decisions + 1}
    if customer is not None:
        changes["customer"] = customer
    else:
        changes["refusals"] = record.refusals + 1
    transition(record, target, actor=actor, reason=reason, changes=changes)
    facts_changed.send(facts=[FACT], months=sorted(months))


def _waiting(registration: CustomerRegistration, error: DomainError) -> DomainError:
    """The message, with the number and the person of the registration that waits."""
    rows = CustomerRegistration._base_manager.filter(state=RegistrationState.SUBMITTED).exclude(pk=registration.pk)
    rows = rows.select_related("owner", "business_unit")
    other = rows.filter(credit_code=registration.credit_code).first() if registration.credit_code else None
    field = "credit_code" if other else "name"
    other = other or rows.filter(name_key=registration.name_key).first()
    if other is None or other.owner is None:
        return DomainError(error.message, field=field)
    message = _("%(name)s (%(unit)s) has registered this company already (%(code)s): it waits for its decision.")
    values = {"name": other.owner.label, "unit": other.business_unit.label, "code": other.code}
    return DomainError(message % values, field=field)
