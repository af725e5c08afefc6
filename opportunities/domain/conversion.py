"""From a qualified lead to an opportunity: what the lead knows is taken over, nothing is typed again.

A company that is no customer yet goes through the registration of customers, like any other; the lead waits for it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from crm.errors import DomainError, TransitionError
from crm.locks import lock_row
from crm.models import User
from crm.records.choices import listed
from crm.workflow.domain.notifications import notify
from customers.domain.contact import update_contact
from customers.domain.registration import register_customer
from customers.enums import RegistrationState
from customers.models import Contact, Customer, CustomerRegistration
from leads import choices as lead_choices
from leads.domain.lead import mark_converted
from leads.enums import LeadState
from leads.models import Lead
from opportunities import choices
from opportunities.domain.opportunity import create_opportunity
from opportunities.models import LeadConversion, Opportunity

SOURCES = {lead_choices.COLD_CALL: choices.VISIT}  # the others are called alike in both lists
TOLD = "lead.converted"
log = structlog.get_logger(__name__)


def convert_lead(*, lead: Lead, actor: User, customer: Customer | None = None, **values: Any) -> Opportunity:
    """Make an opportunity of a qualified lead for this customer, else for the lead's own; the lead is converted.

    All of it or nothing. `values` go over what the lead says. Raises TransitionError for a lead that is not qualified,
    StaleVersion when somebody was quicker, DomainError on "customer" when there is none: `register_and_convert` adds one.
    """
    _refuse_unqualified(lead)
    customer = customer or lead.customer
    if customer is None:
        raise DomainError(_("Choose the customer, or register the company as a new one."), field="customer")
    with transaction.atomic():
        opportunity = create_opportunity(
            actor=actor, **{**taken_over(lead), **values, "customer": customer, "lead": lead}
        )
        mark_converted(lead=lead, customer=customer, actor=actor)
    return opportunity


def register_and_convert(
    *,
    lead: Lead,
    actor: User,
    opportunity: Mapping[str, Any],
    passed_over: Sequence[dict[str, Any]] = (),
    send: bool = True,
    **company: Any,
) -> LeadConversion:
    """Register the lead's company as a customer, and make the opportunity as soon as that is approved: at once where nobody
    has to, else by `finish_approved`. Until then the lead stays qualified.

    `opportunity` are its name, product line and expected close. Raises TransitionError for a lead that is not qualified,
    DomainError while a registration of this lead waits already, and as `register_customer` does; nothing is written then.
    """
    with transaction.atomic():
        lock_row(Lead._base_manager.all(), lead.pk)  # two people at once: the second finds what the first has sent
        lead.refresh_from_db()
        _refuse_unqualified(lead)
        _refuse_waiting(lead)
        registration = register_customer(
            actor=actor,
            owner=lead.owner or actor,
            passed_over=passed_over,
            send=send,
            **{"region": lead.region, **company},
        )
        conversion, _made = LeadConversion._base_manager.update_or_create(
            lead=lead, defaults={**opportunity, "registration": registration, "asked_by": actor}
        )
        if registration.state == RegistrationState.APPROVED:
            finish_conversion(conversion=conversion, actor=actor)
    return conversion


def finish_conversion(*, conversion: LeadConversion, actor: User) -> Opportunity:
    """Make the opportunity: the company is a customer now. Raises DomainError when it is none yet, else as `convert_lead`."""
    registration, lead = conversion.registration, conversion.lead
    if registration.customer is None:
        raise DomainError(_("The registration of the company is not approved yet."))
    customer = registration.customer.merged_into or registration.customer
    values = {name: getattr(conversion, name) for name in ("name", "product_line", "expected_close_on")}
    with transaction.atomic():
        _keep_email(lead, registration, actor)
        return convert_lead(lead=lead, actor=actor, customer=customer, **values)


def finish_approved(*, label: str, pk: int, **_more: Any) -> None:
    """Somebody decided about a record: when it is the registration of a lead's company, the opportunity is made, in the name of
    who asked for it. What speaks against it is not lost: the lead's page offers to finish it."""
    if label != CustomerRegistration._meta.label_lower:
        return
    rows = LeadConversion._base_manager.select_related("lead__owner", "registration__customer__merged_into", "asked_by")
    ready = {"registration__state": RegistrationState.APPROVED, "lead__state": LeadState.QUALIFIED}
    conversion = rows.filter(registration=pk, **ready).first()
    if conversion is None:
        return
    try:
        with transaction.atomic():
            opportunity = finish_conversion(conversion=conversion, actor=conversion.asked_by)
            _tell(conversion, opportunity)
    except DomainError as error:
        log.warning("lead_not_converted", lead=conversion.lead_id, reason=str(error.message))


def waiting_registration(lead: Lead) -> CustomerRegistration | None:
    """The registration of the lead's company that is not sent yet, or waits for its decision."""
    waiting = (RegistrationState.DRAFT, RegistrationState.SUBMITTED)
    rows = LeadConversion._base_manager.select_related("registration").filter(lead=lead)
    found = rows.filter(registration__state__in=waiting).first()
    return found.registration if found is not None else None


def taken_over(lead: Lead) -> dict[str, Any]:
    """What the lead says about the opportunity."""
    return {
        "name": opportunity_name(lead),
        "product_line": lead.product_line,
        "need": lead.need,
        "source": source_of(lead),
        "owner": lead.owner,
    }


def source_of(lead: Lead) -> str:
    """The lead's source as the list of opportunities' sources has it: the same code, or else the same name; "" for neither."""
    known = listed("opportunity_source")
    code = SOURCES.get(lead.source, lead.source)
    item = listed("lead_source").by_code.get(lead.source)
    names = [code, item.name, item.name_en] if item is not None else [code]
    return next((found for name in names if name and (found := known.find(name))), "")


def opportunity_name(lead: Lead) -> str:
    """A name to start with: the first words of the need, else company and product line."""
    need = lead.need.strip().splitlines()
    if need:
        return need[0][:60]
    line = f" · {lead.product_line.label}" if lead.product_line else ""
    return f"{lead.company_name}{line}"[:200]


def _refuse_unqualified(lead: Lead) -> None:
    if lead.state != LeadState.QUALIFIED:
        raise TransitionError(_("Only a qualified lead can become an opportunity: qualify it first."))


def _refuse_waiting(lead: Lead) -> None:
    if (waiting := waiting_registration(lead)) is not None:
        message = _("The company of this lead is being registered already (%(code)s).")
        raise DomainError(message % {"code": waiting.code})


def _keep_email(lead: Lead, registration: CustomerRegistration, actor: User) -> None:
    """A registration has no e-mail: the one of the lead goes to the contact, when that is the same person."""
    if not lead.email or lead.contact_name != registration.contact_name:
        return
    contacts = Contact._base_manager.filter(customer=registration.customer, name=lead.contact_name, email="")
    if (contact := contacts.order_by("pk").first()) is not None:
        update_contact(instance=contact, expected_version=contact.version, actor=actor, email=lead.email)


def _tell(conversion: LeadConversion, opportunity: Opportunity) -> None:
    people = {person.pk: person for person in (conversion.asked_by, conversion.lead.owner) if person is not None}
    company = conversion.lead.company_name
    notify(
        recipients=people.values(),
        kind=TOLD,
        title=lambda: _("%(company)s is a customer now: the lead became an opportunity") % {"company": company},
        record=opportunity,
    )
