"""Add and change addresses; of each kind a customer has at most one usual address, and the first one is it."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from crm.base.saving import create_record, save_record
from crm.events import records_changed
from crm.locks import lock_row
from crm.models import User
from crm.records.pinyin import search_text_of
from customers.domain.completeness import score
from customers.models import Customer, CustomerAddress


def add_address(*, actor: User, **values: Any) -> CustomerAddress:
    """A new address. As usual address it takes the place of the present one of its kind."""
    address = CustomerAddress(**values)
    address.search_text = search_text(address)
    with transaction.atomic():
        lock_row(Customer._base_manager.all(), address.customer_id)
        if not _usual(address).exists():
            address.is_default = True
        _step_back(address)
        create_record(address)
        score([address.customer_id])
    return address


def update_address(
    *, instance: CustomerAddress, expected_version: int | None, actor: User, **values: Any
) -> CustomerAddress:
    """Change an address. Raises StaleVersion when somebody was quicker; then the usual address stays what it was."""
    for name, value in values.items():
        setattr(instance, name, value)
    instance.search_text = search_text(instance)
    with transaction.atomic():
        lock_row(Customer._base_manager.all(), instance.customer_id)
        _step_back(instance)
        save_record(instance, expected_version=expected_version, fields=[*values, "search_text"])
        score([instance.customer_id])
    return instance


def search_text(address: CustomerAddress) -> str:
    """What the search finds the address by."""
    place = (address.city, address.street, address.contact)
    return search_text_of(address.name, others=place, phone=address.phone)


def _usual(address: CustomerAddress) -> Any:
    rows = CustomerAddress._base_manager.filter(customer=address.customer_id, kind=address.kind, is_default=True)
    return rows.exclude(pk=address.pk) if address.pk else rows


def _step_back(address: CustomerAddress) -> None:
    """When this one becomes the usual address of its kind, the other is it no longer."""
    if address.is_default:
        rows = _usual(address)
        keys = list(rows.values_list("pk", flat=True))
        rows.update(is_default=False, version=F("version") + 1, updated_at=timezone.now())
        records_changed.send(label=CustomerAddress._meta.label_lower, keys=keys)
