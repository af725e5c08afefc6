"""Protected fields: which they are, and that nobody changes them past a request. docs/customer-changes.md explains it."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.acting import acting
from crm.errors import DomainError, NotAllowed
from crm.formats import enumerated
from crm.models import User
from crm.records.extra import fields_of
from crm.workflow.domain.approval_facts import extra_of, with_extra
from customers.models import Customer, ProtectedField

CHANGE = "customers.change_protected"
CONFIGURE = "customers.change_protectedfield"
OPEN = ("owner", "next_step", "next_step_on", "notes")  # daily work, and what only the hand-over changes


def protected_fields() -> frozenset[str]:
    """The names of the fields that are changed by request."""
    return frozenset(ProtectedField._base_manager.values_list("field", flat=True))


def held_fields(user: User) -> frozenset[str]:
    """The fields that this person changes by request; none with the right to change them at once."""
    return frozenset() if user.has_perm(CHANGE) else protected_fields()


def held_changes(customer: Customer, values: Mapping[str, Any], user: User) -> dict[str, Any]:
    """Those of the values that differ from what is stored in fields that this person changes by request. Extra fields stand
    under their names in forms, although `values` has them in one."""
    held = held_fields(user)
    found = {name: value for name, value in values.items() if name in held and getattr(customer, name) != value}
    if "extra" in values:
        for field in fields_of(Customer):
            value = values["extra"].get(field.key)
            if field.form_name in held and customer.extra.get(field.key) != value:
                found[field.form_name] = value
    return found


def free_values(customer: Customer, values: Mapping[str, Any], held: Collection[str]) -> dict[str, Any]:
    """The values without the held ones; held extra fields keep what is stored."""
    free = {name: value for name, value in values.items() if name not in held}
    if "extra" in free:
        for field in fields_of(Customer):
            if field.form_name in held:
                free["extra"] = with_extra(free["extra"], field, customer.extra.get(field.key))
    return free


def refuse_held_changes(customer: Customer, values: Mapping[str, Any], user: User) -> None:
    """Raise DomainError on the first field that this person changes by request."""
    held = held_changes(customer, values, user)
    if held:
        message = ngettext(
            "%(fields)s is protected: ask for the change on the customer's edit page.",
            "%(fields)s are protected: ask for the changes on the customer's edit page.",
            len(held),
        )
        raise DomainError(message % {"fields": labels(held)}, field=next(iter(held)))


def labels(names: Collection[str]) -> str:
    """Fields in words."""
    return enumerated(label_of(name) for name in names)


def label_of(name: str) -> str:
    """A field's name in words."""
    extra = extra_of(Customer, name)
    if extra is not None:
        return extra.label
    try:
        return str(capfirst(Customer._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return name


def set_protected_fields(*, fields: Collection[str], actor: User) -> None:
    """Protect exactly these. Raises NotAllowed, DomainError for a field that cannot be protected."""
    if not actor.has_perm(CONFIGURE):
        raise NotAllowed(_("You may not change which fields are protected."))
    wrong = [name for name in fields if name in OPEN or label_of(name) == name]
    if wrong:
        raise DomainError(_("These fields cannot be protected: %(fields)s.") % {"fields": labels(wrong)})
    with transaction.atomic(), acting(verb="protect"):
        ProtectedField._base_manager.exclude(field__in=fields).delete()
        for name in sorted(set(fields)):
            ProtectedField._base_manager.get_or_create(field=name)
