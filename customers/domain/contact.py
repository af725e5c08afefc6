"""Add and change contacts; a customer has at most one main contact, and its first one is it."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from crm.base.saving import create_record, save_record
from crm.models import User
from customers.models import Contact


def add_contact(*, actor: User, **values: Any) -> Contact:
    """A new contact. As main contact it takes the place of the present one."""
    contact = Contact(**values)
    with transaction.atomic():
        if not Contact._base_manager.filter(customer=contact.customer, is_primary=True).exists():
            contact.is_primary = True
        _step_back(contact)
        return create_record(contact)


def update_contact(*, instance: Contact, expected_version: int | None, actor: User, **values: Any) -> Contact:
    """Change a contact. Raises StaleVersion when somebody was quicker; then the main contact stays who it was."""
    for name, value in values.items():
        setattr(instance, name, value)
    with transaction.atomic():
        _step_back(instance)
        return save_record(instance, expected_version=expected_version, fields=list(values))


def _step_back(contact: Contact) -> None:
    """When this one becomes the main contact, the other is it no longer."""
    if contact.is_primary:
        Contact._base_manager.filter(customer=contact.customer, is_primary=True).exclude(pk=contact.pk).update(
            is_primary=False, version=F("version") + 1, updated_at=timezone.now()
        )
