"""Add and change contacts; a customer has at most one main contact, and its first one is it."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from crm.base.saving import create_record, save_record
from crm.models import User
from crm.records.extra import searched
from crm.records.pinyin import search_text_of
from customers.models import Contact


def add_contact(*, actor: User, **values: Any) -> Contact:
    """A new contact. As main contact it takes the place of the present one."""
    contact = Contact(**values)
    contact.search_text = search_text(contact)
    with transaction.atomic():
        if not Contact._base_manager.filter(customer=contact.customer, is_primary=True).exists():
            contact.is_primary = True
        _step_back(contact)
        return create_record(contact)


def update_contact(*, instance: Contact, expected_version: int | None, actor: User, **values: Any) -> Contact:
    """Change a contact. Raises StaleVersion when somebody was quicker; then the main contact stays who it was."""
    for name, value in values.items():
        setattr(instance, name, value)
    instance.search_text = search_text(instance)
    with transaction.atomic():
        _step_back(instance)
        return save_record(instance, expected_version=expected_version, fields=[*values, "search_text"])


def search_text(contact: Contact) -> str:
    """What the search finds the contact by."""
    return search_text_of(contact.name, others=(contact.email, *searched(contact)), phone=contact.phone)


def _step_back(contact: Contact) -> None:
    """When this one becomes the main contact, the other is it no longer."""
    if contact.is_primary:
        Contact._base_manager.filter(customer=contact.customer, is_primary=True).exclude(pk=contact.pk).update(
            is_primary=False, version=F("version") + 1, updated_at=timezone.now()
        )
