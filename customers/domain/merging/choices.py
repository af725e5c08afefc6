"""Which customer's value stands for each field after a merge."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.formats import EMPTY, day, money, num
from crm.models import User
from crm.records.choices import listed
from crm.records.extra import all_fields_of, fields_of, shown
from crm.records.models import ListedField
from customers.models import Customer

WINNER, LOSER = "winner", "loser"
OWNER = "owner"
EXTRA = "extra:"
PLACEMENT = ("owner", "team", "business_unit")
# Not a matter of choice: the number stays, and these follow from others.
NOT_CHOSEN = frozenset({*PLACEMENT, "extra", "version", "created_at", "updated_at", "merged_into", "known_as"})


@dataclass(frozen=True)
class Choice:
    """A field in which the two differ: both values in words, and the side that is proposed."""

    name: str
    label: str
    winner: str
    loser: str
    proposed: str


def chosen_fields() -> list[Any]:
    """The customer's own fields that can be taken from either side; those of later migrations too."""
    return [f for f in Customer._meta.concrete_fields if f.editable and not f.primary_key and f.name not in NOT_CHOSEN]


def choices_between(winner: Customer, loser: Customer) -> list[Choice]:
    """A line for each field that differs. Proposed is what is filled, then what the customer has that was changed last; of names
    the longer one; the owner stays."""
    newer = LOSER if loser.updated_at > winner.updated_at else WINNER
    lines = []
    for field in chosen_fields():
        ours, theirs = getattr(winner, field.attname), getattr(loser, field.attname)
        if ours != theirs:
            side = _proposed(ours, theirs, newer, field.get_default())
            if field.name == "name":  # the registered name is the full one; what is shorter left something out
                side = LOSER if len(theirs) > len(ours) else WINNER
            label = str(capfirst(field.verbose_name))
            lines.append(Choice(field.name, label, in_words(winner, field), in_words(loser, field), side))
    for extra in fields_of(Customer):
        ours, theirs = winner.extra.get(extra.key), loser.extra.get(extra.key)
        if ours != theirs:
            side, words = _proposed(ours, theirs, newer), [shown(extra, value) or EMPTY for value in (ours, theirs)]
            lines.append(Choice(f"{EXTRA}{extra.key}", extra.label, words[0], words[1], side))
    if winner.owner_id != loser.owner_id:
        names = [customer.owner.label if customer.owner else EMPTY for customer in (winner, loser)]
        lines.append(Choice(OWNER, str(_("Owner")), names[0], names[1], WINNER if winner.owner_id else LOSER))
    return lines


def taken(values: Mapping[str, str], winner: Customer, loser: Customer) -> dict[str, tuple[Any, Any]]:
    """Attribute of the customer -> its value before and after, of what is taken from the loser."""
    wanted = {name for name, side in values.items() if side == LOSER}
    found: dict[str, tuple[Any, Any]] = {}
    for field in chosen_fields():
        if field.name in wanted:
            found[field.attname] = (getattr(winner, field.attname), getattr(loser, field.attname))
    if OWNER in wanted and loser.owner_id:
        for name in PLACEMENT:
            found[f"{name}_id"] = (getattr(winner, f"{name}_id"), getattr(loser, f"{name}_id"))
    keys = {field.key for field in all_fields_of(Customer)}
    extra = dict(winner.extra)
    for key in keys:
        if f"{EXTRA}{key}" in wanted:
            extra.pop(key, None)
            if loser.extra.get(key) is not None:
                extra[key] = loser.extra[key]
    # What the winner lacks and nobody asked about (a field out of use) is not lost with the loser.
    asked = {name.removeprefix(EXTRA) for name in values}
    extra |= {key: value for key, value in loser.extra.items() if key not in extra and key not in asked}
    if extra != winner.extra:
        found["extra"] = (winner.extra, extra)
    return {name: pair for name, pair in found.items() if pair[0] != pair[1]}


def in_words(customer: Customer, field: Any) -> str:
    """A field's value as a reader knows it."""
    value = getattr(customer, field.name)
    if value in (None, "", []):
        return EMPTY
    if isinstance(field, ListedField):
        return str(listed(field.list_key).label(value))
    if field.choices:
        return str(getattr(customer, f"get_{field.name}_display")())
    if isinstance(value, User) or hasattr(value, "label"):
        return str(value.label)
    if field.get_internal_type() == "DateField":
        return day(value)
    if field.name == "credit_limit":
        return money(value)
    return num(value) if field.get_internal_type() == "DecimalField" else str(value)


def _proposed(ours: Any, theirs: Any, newer: str, default: Any = None) -> str:
    """What is filled, then what is newer; a value that a new customer begins with counts as not filled."""
    empty: tuple[Any, ...] = (None, "", [], default)
    if (ours in empty) != (theirs in empty):
        return LOSER if ours in empty else WINNER
    return newer
