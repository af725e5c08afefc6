"""Create, change and hand over customers."""

from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.events import owner_changed
from crm.models import User
from crm.organisation.domain.placement import Placement, placement_of
from crm.records.domain.numbers import record_number
from crm.records.extra import searched
from crm.records.pinyin import search_text_of
from customers.domain.recognition import same_name
from customers.domain.recognition_keys import SOURCES, remember_keys
from customers.models import Customer, CustomerFigures


def create_customer(*, actor: User, create_anyway: bool = False, **values: Any) -> Customer:
    """A new customer with the next number; team and business unit are the owner's of today.

    Raises DomainError on "name" when a customer of that name exists and `create_anyway` is not set, on "credit_code" when the
    code is taken, on "owner" when nobody can be found to place it under.
    """
    customer = Customer(**values)
    if not create_anyway:
        refuse_same_name(customer)
    _place(customer, actor)
    customer.search_text = search_text(customer)
    with transaction.atomic():
        customer.code = record_number("customer", customer)
        customer.search_text = search_text(customer)
        create_record(customer)
        remember_keys([customer])
        CustomerFigures._base_manager.get_or_create(customer=customer, defaults={"refreshed_at": timezone.now()})
    return customer


def update_customer(
    *, instance: Customer, expected_version: int | None, actor: User, create_anyway: bool = False, **values: Any
) -> Customer:
    """Change a customer's own data; the owner changes by `transfer_owner` only.

    Raises StaleVersion when somebody was quicker, DomainError like `create_customer`.
    """
    renamed = "name" in values and values["name"] != instance.name
    for name, value in values.items():
        setattr(instance, name, value)
    if renamed and not create_anyway:
        refuse_same_name(instance)
    instance.search_text = search_text(instance)
    with transaction.atomic():
        saved = save_record(instance, expected_version=expected_version, fields=[*values, "search_text"])
        if SOURCES & values.keys():
            remember_keys([saved])
    return saved


def transfer_owner(customers: QuerySet[Customer], *, owner: User, actor: User, reason: str = "") -> int:
    """Give customers to another owner; team and business unit follow the owner's of today. Returns how many changed.

    The new owner and the followers are told. Raises DomainError on "owner" for somebody who is not active or stands in no
    business unit.
    """
    if not owner.is_active:
        raise DomainError(_("%(name)s is not active any more: choose another owner.") % {"name": owner}, field="owner")
    place = _placement(owner)
    rows = Customer._base_manager.filter(pk__in=customers.order_by().values("pk")).exclude(owner=owner)
    with transaction.atomic(), acting(verb="transfer_owner", reason=reason):
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        count = rows.update(
            owner=owner,
            team=place.team,
            business_unit=place.business_unit,
            version=F("version") + 1,
            updated_at=timezone.now(),
        )
        if keys:
            owner_changed.send(label=Customer._meta.label_lower, keys=keys, owner=owner.pk, actor=actor.pk)
    return count


def count_owned(user: User) -> int:
    """How many customers the user owns."""
    return Customer._base_manager.filter(owner=user).count()


def take_over_customers(*, source: User, target: User, actor: User) -> int:
    """Give all customers of somebody who leaves to a colleague; returns how many. Raises DomainError as `transfer_owner`."""
    return transfer_owner(Customer._base_manager.filter(owner=source), owner=target, actor=actor)


def set_next_step(customers: QuerySet[Customer], *, next_step: str, next_step_on: Any, actor: User) -> int:
    """Give customers the same next step and day. One UPDATE; returns how many changed."""
    rows = Customer._base_manager.filter(pk__in=customers.order_by().values("pk"))
    with transaction.atomic():
        return rows.update(
            next_step=next_step, next_step_on=next_step_on, version=F("version") + 1, updated_at=timezone.now()
        )


def search_text(customer: Customer) -> str:
    """What the search finds the customer by."""
    others = (customer.code, customer.credit_code, customer.name_en, *searched(customer))
    if customer.known_as:
        return search_text_of(
            customer.name, customer.short_name, *customer.known_as.splitlines(), others=others, phone=customer.phone
        )
    return search_text_of(customer.name, customer.short_name, others=others, phone=customer.phone)


def refuse_same_name(customer: Customer) -> None:
    """Raise DomainError with the number of the customer that has this name already, and nothing else of it."""
    other = same_name(customer.name, besides=customer.pk)
    if other is not None:
        message = _("Customer %(code)s has this name already. Open that one, or confirm that this is another company.")
        raise DomainError(message % {"code": other.code}, field="name")


def _place(customer: Customer, actor: User) -> None:
    place = _placement(customer.owner or actor)
    customer.team = place.team
    assert place.business_unit is not None
    customer.business_unit = place.business_unit


def _placement(owner: User) -> Placement:
    place = placement_of(owner, timezone.localdate())
    if place.business_unit is None:
        message = _("%(name)s belongs to no business unit: choose an owner who does.")
        raise DomainError(message % {"name": owner}, field="owner")
    return place
