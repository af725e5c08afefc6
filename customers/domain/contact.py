"""Add and change contacts; a customer has at most one main contact, and its first one is it."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.events import records_changed
from crm.locks import lock_row
from crm.models import User
from crm.records.extra import searched
from crm.records.pinyin import search_text_of
from customers.domain.completeness import score
from customers.models import Contact, Customer


def add_contact(*, actor: User, **values: Any) -> Contact:
    """A new contact. As main contact it takes the place of the present one.

    Raises DomainError on "reports_to" for somebody of another company."""
    contact = Contact(**values)
    contact.search_text = search_text(contact)
    with transaction.atomic():
        if not Contact._base_manager.filter(customer=contact.customer, is_primary=True).exists():
            contact.is_primary = True
        _step_back(contact)
        _refuse_circle(contact)
        create_record(contact)
        score([contact.customer_id])
    return contact


def update_contact(*, instance: Contact, expected_version: int | None, actor: User, **values: Any) -> Contact:
    """Change a contact. Raises StaleVersion when somebody was quicker; then the main contact stays who it was.

    Raises DomainError on "reports_to" for somebody of another company, or who reports to this contact."""
    for name, value in values.items():
        setattr(instance, name, value)
    instance.search_text = search_text(instance)
    with transaction.atomic():
        _step_back(instance)
        if "reports_to" in values:
            _refuse_circle(instance)
        save_record(instance, expected_version=expected_version, fields=[*values, "search_text"])
        score([instance.customer_id])
    return instance


def search_text(contact: Contact) -> str:
    """What the search finds the contact by."""
    return search_text_of(contact.name, others=(contact.email, *searched(contact)), phone=contact.phone)


def _step_back(contact: Contact) -> None:
    """When this one becomes the main contact, the other is it no longer."""
    if contact.is_primary:
        rows = Contact._base_manager.filter(customer=contact.customer, is_primary=True).exclude(pk=contact.pk)
        keys = list(rows.values_list("pk", flat=True))
        rows.update(is_primary=False, version=F("version") + 1, updated_at=timezone.now())
        records_changed.send(label=Contact._meta.label_lower, keys=keys)


def _refuse_circle(contact: Contact) -> None:
    """Raise DomainError when the contact would report to another company's, or in a circle. The customer's row is locked, so
    that two changes of one chart at the same moment cannot make a circle together."""
    if contact.reports_to_id is None:
        return
    lock_row(Customer._base_manager.all(), contact.customer_id)
    rows = Contact._base_manager.filter(customer=contact.customer_id).values_list("pk", "reports_to")
    above: dict[int, int | None] = dict(rows)
    if contact.reports_to_id not in above:
        raise DomainError(_("Choose somebody of the same customer."), field="reports_to")
    at: int | None = contact.reports_to_id
    while at is not None and at != contact.pk:
        at = above.get(at)
    if at is not None:
        message = _("%(name)s reports to this contact already, directly or not.")
        raise DomainError(message % {"name": contact.reports_to}, field="reports_to")
