"""The people, competitors, further products and colleagues in a deal."""

import re
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from crm.base.saving import create_record, refuse_held, save_record
from crm.errors import DomainError
from crm.locks import lock_row
from crm.models import RecordShare, User
from crm.organisation.domain.shares import end_share_of, refuse_others, share_record
from opportunities.domain.opportunity import follow_amount, update_opportunity
from opportunities.models import (
    Opportunity,
    OpportunityContact,
    OpportunityMember,
    OpportunityProduct,
    OpportunityRival,
)

LONGEST = 200  # of the names of all competitors together
SEPARATORS = re.compile("[,，、;；/]")


def add_contact(*, actor: User, **values: Any) -> OpportunityContact:
    """Name somebody who has a say. Raises DomainError for somebody of another company than customer and end customer."""
    entry = OpportunityContact(**values)
    _check_company(entry)
    with transaction.atomic():
        _lock(entry.opportunity)
        return create_record(entry)


def update_contact(
    *, instance: OpportunityContact, expected_version: int | None, actor: User, **values: Any
) -> OpportunityContact:
    """Change what is known of the person. Raises StaleVersion, and DomainError as on creation."""
    for name, value in values.items():
        setattr(instance, name, value)
    _check_company(instance)
    with transaction.atomic():
        _lock(instance.opportunity)
        return save_record(instance, expected_version=expected_version, fields=list(values))


def _check_company(entry: OpportunityContact) -> None:
    companies = (entry.opportunity.customer_id, entry.opportunity.end_customer_id)
    if entry.contact.customer_id not in companies:
        raise DomainError(_("Choose a contact of the customer, or of the end customer."), field="contact")


def add_rival(*, actor: User, **values: Any) -> OpportunityRival:
    """Name a competitor; the opportunity's line of competitors follows, and with it the gate."""
    rival = OpportunityRival(**values)
    with transaction.atomic():
        opportunity = _lock(rival.opportunity)
        create_record(rival)
        _name_rivals(opportunity, actor)
    return rival


def update_rival(
    *, instance: OpportunityRival, expected_version: int | None, actor: User, **values: Any
) -> OpportunityRival:
    """Change what is known of a competitor. Raises StaleVersion."""
    for name, value in values.items():
        setattr(instance, name, value)
    with transaction.atomic():
        opportunity = _lock(instance.opportunity)
        saved = save_record(instance, expected_version=expected_version, fields=list(values))
        _name_rivals(opportunity, actor)
    return saved


def add_product(*, actor: User, **values: Any) -> OpportunityProduct:
    """Name a further product; the opportunity's amount follows. Raises DomainError for a product of another line."""
    part = OpportunityProduct(**values)
    _check_line(part)
    with transaction.atomic():
        opportunity = _lock(part.opportunity)
        create_record(part)
        follow_amount(opportunity)
    return part


def update_product(
    *, instance: OpportunityProduct, expected_version: int | None, actor: User, **values: Any
) -> OpportunityProduct:
    """Change volumes and prices. Raises StaleVersion, and DomainError as on creation."""
    for name, value in values.items():
        setattr(instance, name, value)
    _check_line(instance)
    with transaction.atomic():
        opportunity = _lock(instance.opportunity)
        saved = save_record(instance, expected_version=expected_version, fields=list(values))
        follow_amount(opportunity)
    return saved


def _check_line(part: OpportunityProduct) -> None:
    if part.product is not None and part.product.product_line_id != part.product_line_id:
        raise DomainError(_("Choose a product of that product line."), field="product")


def add_member(*, actor: User, **values: Any) -> OpportunityMember:
    """Take a colleague into the team, who may then work on the opportunity. Raises DomainError for the owner, and when the shares
    come to more than 100 %; NotAllowed for those who may not choose who works on the record."""
    member = OpportunityMember(**values)
    with transaction.atomic():
        opportunity = _lock(member.opportunity)
        create_record(member)
        _check_shares(opportunity)
        share_record(record=opportunity, user=member.user, level=RecordShare.Level.WRITE, actor=actor)
    return member


def update_member(
    *, instance: OpportunityMember, expected_version: int | None, actor: User, **values: Any
) -> OpportunityMember:
    """Change task and share. Raises StaleVersion, DomainError and NotAllowed as on creation: nobody raises the own share."""
    refuse_others(instance.opportunity, actor)
    for name, value in values.items():
        setattr(instance, name, value)
    with transaction.atomic():
        opportunity = _lock(instance.opportunity)
        saved = save_record(instance, expected_version=expected_version, fields=list(values))
        _check_shares(opportunity)
    return saved


def _check_shares(opportunity: Opportunity) -> None:
    given = opportunity.members.aggregate(sum=Sum("share"))["sum"] or 0
    if given > 100:
        raise DomainError(_("The shares come to %(sum)s %%: lower one.") % {"sum": given}, field="share")


Entry = OpportunityContact | OpportunityRival | OpportunityProduct | OpportunityMember


def remove_entry(entry: Entry, *, actor: User) -> None:
    """Take a person, a competitor, a product or a colleague out of the deal; the colleague is no collaborator any more. Raises
    NotAllowed for a colleague when the actor may not choose who works on the record."""
    if isinstance(entry, OpportunityMember):
        refuse_others(entry.opportunity, actor)
    with transaction.atomic():
        opportunity = _lock(entry.opportunity)
        entry.delete()
        if isinstance(entry, OpportunityMember):
            end_share_of(record=opportunity, user=entry.user, actor=actor)
        if isinstance(entry, OpportunityProduct):
            follow_amount(opportunity)
        if isinstance(entry, OpportunityRival):
            _name_rivals(opportunity, actor, removed=entry.competitor)


def _lock(opportunity: Opportunity) -> Opportunity:
    """One writer at a time, and none while a request holds the opportunity back."""
    stored: Opportunity = lock_row(Opportunity._base_manager.all(), opportunity.pk)
    refuse_held(Opportunity, [stored.pk])
    return stored


def _name_rivals(opportunity: Opportunity, actor: User, *, removed: Any = None) -> None:
    """Write those that are named into the line that lists, searches and gates read; names typed there besides stay."""
    companies = [rival.competitor for rival in opportunity.rivals.select_related("competitor")]
    known = {name.casefold() for company in [*companies, removed] if company for name in _names(company)}
    typed = [name.strip() for name in SEPARATORS.split(opportunity.competitors)]
    others = [name for name in typed if name and name.casefold() not in known]
    line = "、".join([*(_names(company)[0] for company in companies), *others])[:LONGEST]
    if line != opportunity.competitors:
        update_opportunity(instance=opportunity, expected_version=None, actor=actor, competitors=line)


def _names(company: Any) -> list[str]:
    return [name for name in (company.short_name, company.name, company.name_en) if name]
