"""Finding a person in all that is registered, by name, phone number or e-mail address."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from crm.base.querysets import digits_of, fold
from crm.extension_points import PersonalData, personal_data
from crm.personal.register import Chosen, kind_of, model_of, persons

MOST = 200  # candidates of a kind
PHONE_DIGITS = 4


@dataclass(frozen=True)
class Found:
    """The records of one kind that are about the person."""

    kind: PersonalData
    records: list[Any]


def find_person(*, actor: Any, text: str, exact: bool = False) -> list[Found]:
    """The records in the actor's reach that name the person; `exact`: with that very name, number or address."""
    if not text.strip():
        return []
    out = []
    for kind in persons():
        rows = model_of(kind).objects.visible_to(actor)
        if hasattr(rows.model, "search_text"):
            rows = rows.search(text)
        else:
            rows = rows.filter(
                reduce(or_, (Q(**{f"{f}__icontains": text.strip()}) for f in (*kind.names, *kind.phones, *kind.emails)))
            )
        records = [row for row in rows.order_by("pk")[:MOST] if names_person(kind, row, text, exact)]
        if records:
            out.append(Found(kind, records))
    return out


def names_person(kind: PersonalData, record: Any, text: str, exact: bool) -> bool:
    """Whether the text is the person's name, number or address, or part of it."""
    sought, digits = fold(text), digits_of(text)
    texts = [fold(str(getattr(record, name) or "")) for name in (*kind.names, *kind.emails)]
    numbers = [digits_of(str(getattr(record, name) or "")) for name in kind.phones]
    if exact:
        return sought in texts or (bool(digits) and digits in numbers)
    by_number = len(digits) >= PHONE_DIGITS and any(digits in number for number in numbers)
    return by_number or any(sought in value for value in texts)


def chosen_records(*, actor: Any, pairs: Iterable[str]) -> list[Found]:
    """The records named as "app.Model:5" that are in the actor's reach."""
    keys: dict[str, set[int]] = defaultdict(set)
    for pair in pairs:
        key, _colon, pk = pair.rpartition(":")
        if pk.isascii() and pk.isdecimal() and len(pk) < 19:
            keys[key].add(int(pk))
    out = []
    for kind in persons():
        records = list(model_of(kind).objects.visible_to(actor).filter(pk__in=keys[kind.key]).order_by("pk"))
        if records:
            out.append(Found(kind, records))
    return out


def with_dependents(found: Iterable[Found]) -> list[Found]:
    """The same with the rows of other kinds that belong to these records: sessions and sign-ins of a user."""
    out = list(found)
    by_key = {entry.kind.key: [record.pk for record in entry.records] for entry in out}
    for kind in personal_data.all():
        if kind.parent is not None and (keys := by_key.get(kind.parent[0])):
            rows = list(model_of(kind)._base_manager.filter(**{f"{kind.parent[1]}__in": keys}).order_by("pk"))
            if rows:
                out.append(Found(kind, rows))
    return out


def keys_of(found: Iterable[Found]) -> dict[str, list[int]]:
    """The keys by kind, as the log keeps them."""
    return {entry.kind.key: [record.pk for record in entry.records] for entry in found}


def stored_records(chosen: Chosen) -> list[Found]:
    """The records that a log entry names and that are still there."""
    out = []
    for key, keys in chosen.items():
        kind = kind_of(key)
        if kind is not None:
            out.append(Found(kind, list(model_of(kind)._base_manager.filter(pk__in=keys).order_by("pk"))))
    return out
