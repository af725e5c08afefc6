"""Create and change customers."""

from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.events import records_changed
from crm.models import Team, User
from crm.organisation.domain.placement import Placement, placement_of
from crm.records.domain.numbers import record_number
from crm.records.extra import searched
from crm.records.pinyin import search_text_of
from customers.domain.completeness import score
from customers.domain.corrections import PROTECTED, note_corrections
from customers.domain.grading.grades import check_grade, follow_unit, note_grades
from customers.domain.group import take_place
from customers.domain.protected import refuse_held_changes
from customers.domain.recognition import same_name
from customers.domain.recognition_keys import SOURCES, remember_keys
from customers.enums import GradeSource
from customers.models import Customer, CustomerFigures


def create_customer(*, actor: User, create_anyway: bool = False, **values: Any) -> Customer:
    """A new customer with the next number; team and business unit are the owner's of today.

    Raises DomainError on "name" when a customer of that name exists and `create_anyway` is not set, on "credit_code" when the
    code is taken, on "owner" when nobody can be found to place it under.
    """
    customer = Customer(**values)
    check_grade(actor, "", customer.grade)
    if not create_anyway:
        refuse_same_name(customer)
    _place(customer, actor)
    customer.search_text = search_text(customer)
    with transaction.atomic():
        customer.code = record_number("customer", customer)
        customer.search_text = search_text(customer)
        create_record(customer)
        if customer.parent is not None:
            take_place(customer, customer.parent)
        remember_keys([customer])
        CustomerFigures._base_manager.get_or_create(customer=customer, defaults={"refreshed_at": timezone.now()})
        score([customer.pk])
        if customer.grade:
            note_grades([customer.pk], source=GradeSource.TYPED, actor=actor)
    return customer


def update_customer(
    *,
    instance: Customer,
    expected_version: int | None,
    actor: User,
    create_anyway: bool = False,
    approved: bool = False,
    **values: Any,
) -> Customer:
    """Change a customer's own data; the owner changes by `customers.domain.transfer` only.

    Raises StaleVersion when somebody was quicker, DomainError like `create_customer`, and on a protected field that the actor
    changes by request only (`save_customer`), unless the change is `approved`; NotAllowed for a grade that the actor may not
    set.
    """
    if not approved:
        refuse_held_changes(instance, values, actor)
    regraded = "grade" in values and values["grade"] != instance.grade
    check_grade(actor, instance.grade, values.get("grade", instance.grade))
    renamed = "name" in values and values["name"] != instance.name
    corrected = [name for name in PROTECTED if name in values and values[name] != getattr(instance, name)]
    parent, unit = instance.parent_id, instance.business_unit_id
    _refuse_typed_demand(instance, values)
    for name, value in values.items():
        setattr(instance, name, value)
    if instance.business_unit_id != unit:
        values = {**values, "team": _team_in_unit(instance)}
    if renamed and not create_anyway:
        refuse_same_name(instance)
    instance.search_text = search_text(instance)
    with transaction.atomic():
        if instance.parent_id != parent:
            take_place(instance, instance.parent)
        save_record(instance, expected_version=expected_version, fields=[*values, "search_text"])
        if corrected:
            note_corrections([instance.pk])
        if SOURCES & values.keys():
            remember_keys([instance])
        score([instance.pk])
        if regraded:
            note_grades([instance.pk], source=GradeSource.TYPED, actor=actor)
        elif instance.business_unit_id != unit and follow_unit([instance.pk]):
            instance.refresh_from_db(fields=["grade"])
    return instance


def _team_in_unit(customer: Customer) -> Team | None:
    """The owner's team when it lies in the customer's business unit, which is set on the customer too; none otherwise."""
    place = placement_of(customer.owner, timezone.localdate()) if customer.owner is not None else None
    customer.team = place.team if place is not None and place.business_unit == customer.business_unit else None
    return customer.team


def set_next_step(customers: QuerySet[Customer], *, next_step: str, next_step_on: Any, actor: User) -> int:
    """Give customers the same next step and day. One UPDATE; returns how many changed."""
    wanted = Customer._base_manager.filter(pk__in=customers.order_by().values("pk")).order_by("pk")
    with transaction.atomic():
        keys = list(wanted.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
        count = Customer._base_manager.filter(pk__in=keys).update(
            next_step=next_step, next_step_on=next_step_on, version=F("version") + 1, updated_at=timezone.now()
        )
        records_changed.send(label=Customer._meta.label_lower, keys=keys)
    return count


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


def _refuse_typed_demand(customer: Customer, values: dict[str, Any]) -> None:
    """Where statements say what the customer needs, the yearly demand is their sum."""
    if values.get("annual_demand_kg", customer.annual_demand_kg) == customer.annual_demand_kg:
        return
    if customer.demands.valid_on(timezone.localdate()).exists():
        raise DomainError(
            _("The yearly demand is the sum of the statements of demand: add or change one of these."),
            field="annual_demand_kg",
        )


def _place(customer: Customer, actor: User) -> None:
    place = placed(customer.owner or actor)
    customer.team = place.team
    assert place.business_unit is not None
    customer.business_unit = place.business_unit


def placed(owner: User) -> Placement:
    """Where a customer of this owner lies. Raises DomainError on "owner" for somebody who is not active or stands in no unit."""
    if not owner.is_active:
        raise DomainError(_("%(name)s is not active any more: choose another owner.") % {"name": owner}, field="owner")
    place = placement_of(owner, timezone.localdate())
    if place.business_unit is None:
        message = _("%(name)s belongs to no business unit: choose an owner who does.")
        raise DomainError(message % {"name": owner}, field="owner")
    return place
