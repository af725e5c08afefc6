"""Two companies of the demo company that were entered twice: one pair has been merged, the other waits for the steward."""

from itertools import islice
from typing import Any

from crm.errors import DomainError
from crm.models import User
from customers.domain.contact import add_contact
from customers.domain.customer import create_customer
from customers.domain.merging.assets import refuse_unsettled
from customers.domain.merging.merge import merge_customers
from customers.models import Customer

STEWARD = "fangj"
FORM = "有限公司"
PEOPLE = (("周海燕", "采购员", "13957412286"), ("孙国平", "仓库主管", "13586590417"))
REASON = "同一家公司，业务员重复录入"


def generate(_world: Any) -> None:
    """The twins are entered like any customer, once the others are there."""


def load(_world: Any) -> None:
    """Enter both again, and merge the first pair."""
    steward = User.objects.filter(username=STEWARD).first()
    known = Customer.objects.filter(owner__is_active=True, name__endswith=FORM, merged_into=None).exclude(
        credit_code=""
    )
    settled = filter(_is_settled, known.order_by("pk").iterator(chunk_size=50))
    for number, customer in enumerate(list(islice(settled, len(PEOPLE)))):
        twin = _twin(customer, *PEOPLE[number])
        if number == 0 and steward is not None:
            stored = Customer.objects.get(pk=customer.pk)
            merge_customers(winner=stored, loser=twin, values={}, actor=steward, reason=REASON)


def _is_settled(customer: Customer) -> bool:
    """Whether nothing waits that has to be decided before the customer can be merged."""
    try:
        refuse_unsettled((customer, customer))
    except DomainError:
        return False
    return True


def _twin(customer: Customer, person: str, title: str, phone: str) -> Customer:
    """The same company as somebody in a hurry enters it: without credit code, the form of the company cut short."""
    owner = customer.owner
    assert owner is not None
    twin = create_customer(
        actor=owner,
        owner=owner,
        create_anyway=True,
        name=customer.name.removesuffix(FORM) + "公司",
        province=customer.province,
        city=customer.city,
        region=customer.region,
        industry=customer.industry,
    )
    add_contact(actor=owner, customer=twin, name=person, title=title, phone=phone)
    return twin
