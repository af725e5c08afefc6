"""From a qualified lead to an opportunity: what the lead knows is taken over, nothing is typed again."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.errors import NotAllowed, TransitionError
from crm.models import User
from crm.records.choices import listed
from customers.domain.contact import add_contact
from customers.domain.customer import create_customer
from customers.models import Customer
from leads import choices as lead_choices
from leads.domain.lead import mark_converted
from leads.enums import LeadState
from leads.models import Lead
from opportunities import choices
from opportunities.domain.opportunity import create_opportunity
from opportunities.models import Opportunity

SOURCES = {lead_choices.COLD_CALL: choices.VISIT}  # the others are called alike in both lists


def convert_lead(
    *, lead: Lead, actor: User, customer: Customer | None = None, create_anyway: bool = False, **values: Any
) -> Opportunity:
    """Make an opportunity of a qualified lead, and a customer when none is given and the lead has none; the lead is converted.

    All of it or nothing. `values` go over what the lead says. Raises TransitionError for a lead that is not qualified,
    StaleVersion when somebody was quicker, NotAllowed without the right to add a customer, DomainError as the creation does
    (a customer of that name exists and `create_anyway` is not set).
    """
    if lead.state != LeadState.QUALIFIED:
        raise TransitionError(_("Only a qualified lead can become an opportunity: qualify it first."))
    with transaction.atomic():
        customer = customer or lead.customer or _new_customer(lead, actor, create_anyway)
        opportunity = create_opportunity(
            actor=actor, **{**taken_over(lead), **values, "customer": customer, "lead": lead}
        )
        mark_converted(lead=lead, customer=customer, actor=actor)
    return opportunity


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


def _new_customer(lead: Lead, actor: User, create_anyway: bool) -> Customer:
    """A customer from what the lead says about the company, with the person as its main contact."""
    if not actor.has_perm("customers.add_customer"):
        raise NotAllowed(
            _("You may not add customers: choose an existing one, or ask a colleague who may."), field="customer"
        )
    customer = create_customer(
        actor=actor,
        create_anyway=create_anyway,
        name=lead.company_name,
        phone="" if lead.contact_name else lead.phone,
        region=lead.region,
        owner=lead.owner or actor,
    )
    if lead.contact_name:  # the number is the person's, whose contact data has readers of its own
        add_contact(
            actor=actor, customer=customer, name=lead.contact_name, phone=lead.phone, email=lead.email, is_primary=True
        )
    return customer
