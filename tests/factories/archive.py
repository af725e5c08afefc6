"""Parts of a customer's archive, and registrations, for tests."""

import itertools
from typing import Any

from django.utils import timezone

from crm.models import Role, User
from customers.domain.registration import search_text
from customers.domain.registration_candidates import plain_name
from customers.models import Contact, Customer, CustomerAddress, CustomerBilling, CustomerLegal, CustomerRegistration
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer, owned

_numbers = itertools.count(1)


def make_address(org: Organisation, *, customer: Customer | None = None, **values: Any) -> CustomerAddress:
    """A ship-to address."""
    values = {"kind": "ship_to", "city": "宁波", "street": f"长兴路 {next(_numbers)} 号", **values}
    return CustomerAddress.objects.create(customer=customer or make_customer(org), **values)


def make_owned_address(org: Organisation, *, owner: User | None = None, **values: Any) -> CustomerAddress:
    """An address of a customer of that owner."""
    return make_address(org, customer=make_customer(org, owner=owner), **values)


def make_owned_billing(org: Organisation, *, owner: User | None = None, **values: Any) -> CustomerBilling:
    """Invoice data of a customer of that owner."""
    number = next(_numbers)
    values = {"invoice_title": f"开票公司{number}", "tax_number": f"91330200{number:010d}", **values}
    return CustomerBilling.objects.create(customer=make_customer(org, owner=owner), **values)


def make_owned_legal(org: Organisation, *, owner: User | None = None, **values: Any) -> CustomerLegal:
    """Legal facts of a customer of that owner."""
    values = {"legal_form": "limited", "registered_capital": 5_000_000 + next(_numbers), **values}
    return CustomerLegal.objects.create(customer=make_customer(org, owner=owner), **values)


def make_registration(org: Organisation, *, owner: User | None = None, **values: Any) -> CustomerRegistration:
    """A draft of a registration."""
    number = next(_numbers)
    values = {
        "name": f"新登记{number}化工有限公司",
        "code": f"REG-T-{number:04d}",
        "city": "宁波",
        "contact_name": "陈志远",
        "contact_phone": f"138{number:08d}",
        "state_since": timezone.now(),
        **values,
    }
    row = CustomerRegistration(**{**owned(org, owner), **values})
    row.name_key = plain_name(row.name)
    row.search_text = search_text(row)
    row.save()
    return row


def make_report(org: Organisation, customer: Customer, name: str, above: Contact | None = None) -> Contact:
    """A contact who reports to another."""
    return Contact.objects.create(customer=customer, name=name, reports_to=above, search_text=name)


def direct(user: User) -> User:
    """The person, with the right to enter customers without registration."""
    role, _made = Role.objects.get_or_create(
        code="direct", defaults={"name": "直接建档", "permissions": ["customers.skip_registration"]}
    )
    user.roles.add(role)
    return user
