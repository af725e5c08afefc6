"""What a sheet's row says beside the customer itself: invoice data, the usual addresses, the parent company."""

from collections.abc import Iterable, Sequence
from typing import Any

from crm.errors import DomainError
from crm.importing.domain.bulk import insert_many, update_many
from customers.domain.address import search_text
from customers.domain.group import take_place
from customers.models import Customer, CustomerAddress, CustomerBilling

BILLING = ("invoice_title", "tax_number", "bank", "bank_account")
ADDRESSES = {"ship_to_address": "ship_to", "invoice_to_address": "invoice_to", "plant_address": "plant"}


class Parts:
    """The parts of one customer as the rows would leave them. `apply` takes a row's values; what differs is written."""

    def __init__(self, customer: Customer) -> None:
        self.customer = customer
        self.billing: CustomerBilling | None = None
        self.addresses: dict[str, CustomerAddress] = {}
        self.parent = ""  # the code of the parent company
        self.billing_changed = self.parent_changed = False
        self.changed_addresses: dict[str, CustomerAddress] = {}

    def apply(self, clean: dict[str, Any]) -> bool:
        """Take over the values of a row; empty cells leave alone what there is. Whether anything differs."""
        found = [self._apply_billing(clean), self._apply_addresses(clean), self._apply_parent(clean)]
        return any(found)

    def _apply_billing(self, clean: dict[str, Any]) -> bool:
        values = {name: clean[name] for name in BILLING if clean.get(name)}
        billing = self.billing or CustomerBilling(customer=self.customer)
        if all(getattr(billing, name) == value for name, value in values.items()):
            return False
        for name, value in values.items():
            setattr(billing, name, value)
        self.billing, self.billing_changed = billing, True
        return True

    def _apply_addresses(self, clean: dict[str, Any]) -> bool:
        differs = False
        for column, kind in ADDRESSES.items():
            street = clean.get(column)
            address = self.addresses.get(kind)
            if not street or (address is not None and address.street == street):
                continue
            if address is None:
                address = CustomerAddress(customer=self.customer, kind=kind, is_default=True)
                address.province, address.city = clean.get("province", ""), clean.get("city", "")
            address.street = street
            self.addresses[kind] = self.changed_addresses[kind] = address
            differs = True
        return differs

    def _apply_parent(self, clean: dict[str, Any]) -> bool:
        code = clean.get("parent")
        if not code or code == self.parent:
            return False
        self.parent, self.parent_changed = code, True
        return True


def load_parts(parts: dict[int, Parts]) -> None:
    """Fill in what is stored of these customers, by their keys: three queries."""
    for billing in CustomerBilling._base_manager.filter(customer__in=parts):
        parts[billing.customer_id].billing = billing
    usual = CustomerAddress._base_manager.filter(customer__in=parts, is_default=True, kind__in=ADDRESSES.values())
    for address in usual:
        parts[address.customer_id].addresses[address.kind] = address
    parents = Customer._base_manager.filter(pk__in=parts, parent__isnull=False)
    for key, code in parents.values_list("pk", "parent__code"):
        parts[key].parent = code


def write_parts(parts: Sequence[Parts]) -> list[Parts]:
    """Write what differs, once the customers are stored; gives those whose parent company could not be set."""
    billings = [part.billing for part in parts if part.billing_changed and part.billing is not None]
    addresses = [address for part in parts for address in part.changed_addresses.values()]
    row: Any
    for row in (*billings, *addresses):
        row.customer = row.customer  # its key is known by now
    for address in addresses:
        address.search_text = search_text(address)
    insert_many([row for row in billings if row.pk is None])
    update_many([row for row in billings if row.pk is not None], BILLING)
    insert_many([row for row in addresses if row.pk is None])
    update_many([row for row in addresses if row.pk is not None], ("street", "search_text"))
    return _write_parents([part for part in parts if part.parent_changed])


def known_parents(codes: Iterable[str], actor: Any) -> set[str]:
    """Those of the codes that are customers in the person's reach."""
    wanted = sorted(set(codes))
    rows = Customer.objects.visible_to(actor).filter(code__in=wanted)
    return set(rows.values_list("code", flat=True)) if wanted else set()


def _write_parents(parts: Sequence[Parts]) -> list[Parts]:
    found = {row.code: row for row in Customer._base_manager.filter(code__in=[part.parent for part in parts])}
    refused = []
    for part in parts:
        try:
            take_place(part.customer, found[part.parent])
        except (DomainError, KeyError):
            refused.append(part)
            continue
        Customer._base_manager.filter(pk=part.customer.pk).update(parent=found[part.parent])
    return refused
