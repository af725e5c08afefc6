"""How rows go from one customer to another: set-based, with locks, and with a note of each row's value before.

    merge_movers.register(foreign_keys("visits", _("Visits"), "visits.Visit.customer"))

is all that an app writes for a table with a plain foreign key; `one_of` and `unique` say what to do where both customers have
something that only one can have.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.db.models.lookups import IsNull
from django.utils import timezone

from crm.base.saving import refuse_held
from crm.events import facts_changed, records_changed
from crm.periods import month_start
from customers.extension_points import Label, MergeMover, Moved
from customers.models import Customer

BOTH_HAVE_IT = "both_have_it"
Told = Callable[[Sequence[int], Sequence[Moved]], None]


def nothing_to_tell(customers: Sequence[int], moved: Sequence[Moved]) -> None:
    """For rows from which nothing is worked out."""


def foreign_keys(
    key: str,
    label: Label,
    *paths: str,
    one_of: str = "",
    unique: Sequence[str] | None = None,
    among: Q | None = None,
    told: Told = nothing_to_tell,
    order: int = 100,
) -> MergeMover:
    """The mover of one or more foreign keys ("app.Model.field"); the rows of the first are what a reader counts.

    Args:
        one_of: a flag that one row of a customer has (the main contact); the loser's gives it up where the winner has one.
        unique: fields that, with the customer, are unique (`among` the rows of a condition); a row of which the winner has the
            like stays with the loser. An empty one: a customer has a single row.
        told: see MergeMover.
    """

    def move(loser: int, winner: int) -> list[Moved]:
        done: list[Moved] = []
        for path in paths:
            model, field = _at(path)
            done += _give_up(model, field, one_of, loser, winner) if one_of else []
            done += move_but(
                model._base_manager.filter(**{field: loser}),
                f"{field}_id",
                loser,
                winner,
                None if unique is None else _doubles(model, field, unique, winner, among),
            )
        return done

    def count(loser: int) -> int:
        model, field = _at(paths[0])
        return int(model._base_manager.filter(**{field: loser}).count())

    return MergeMover(key, label, paths, count, move, told, order)


def tells_facts(fact: str, days: Mapping[str, Sequence[str]]) -> Told:
    """For `told`: the months of the moved rows are summed again. `days` names the fields, by model, of the days a row counts
    on."""

    def tell(customers: Sequence[int], moved: Sequence[Moved]) -> None:
        months: set[dt.date] = set()
        for one in moved:
            rows = apps.get_model(one.model)._base_manager.filter(pk__in=one.keys).order_by()
            for day in days.get(one.model, ()):
                found = rows.filter(**{f"{day}__isnull": False}).annotate(month_of=TruncMonth(day))
                months.update(found.values_list("month_of", flat=True).distinct())
        if months:
            facts_changed.send(facts=[fact], months=sorted(month_start(month).isoformat() for month in months))

    return tell


def about(
    key: str, label: Label, name: str, *, unique: Sequence[str] = (), among: Q | None = None, order: int = 100
) -> MergeMover:
    """The mover of rows that name any kind of record by content type and key (files, comments, tasks); `unique` as above."""

    def rows(loser: int) -> Any:
        return apps.get_model(name)._base_manager.filter(content_type=_kind(), object_id=loser)

    def move(loser: int, winner: int) -> list[Moved]:
        doubles = None
        if unique:
            same = {field: OuterRef(field) for field in unique}
            likes = rows(winner).filter(**same)
            doubles = Exists(likes.filter(among)) & among if among is not None else Q(Exists(likes))
        return move_but(rows(loser), "object_id", loser, winner, doubles)

    return MergeMover(
        key, label, [f"{name}.object_id"], lambda loser: int(rows(loser).count()), move, nothing_to_tell, order
    )


def change_rows(rows: QuerySet[Any], field: str, before: Any, after: Any) -> list[Moved]:
    """Lock these rows and change the field; what was changed. Raises Frozen when something holds one of them back."""
    model = rows.model
    keys = list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    if not keys:
        return []
    write(model, keys, field, after)
    refuse_held(model, keys)
    return [Moved(model._meta.label, field, keys, before, after)]


def write(model: type[Model], keys: Sequence[int], field: str, value: Any) -> int:
    """One UPDATE; an edit form that is open somewhere gets stale by it."""
    values: dict[str, Any] = {field: value}
    names = {one.name for one in model._meta.concrete_fields}
    if "version" in names:
        values["version"] = F("version") + 1
    if "updated_at" in names:
        values["updated_at"] = timezone.now()
    count = int(model._base_manager.filter(pk__in=keys).update(**values))
    records_changed.send(label=model._meta.label_lower, keys=list(keys))
    return count


def move_but(rows: QuerySet[Any], field: str, loser: int, winner: int, doubles: Any) -> list[Moved]:
    """Move the rows of the loser but for doubles (a condition, or None), which stay and are noted."""
    done: list[Moved] = []
    if doubles is not None:
        kept = list(rows.filter(doubles).order_by("pk").values_list("pk", flat=True))
        if kept:
            done.append(Moved(rows.model._meta.label, field, kept, loser, loser, BOTH_HAVE_IT))
            rows = rows.exclude(pk__in=kept)
    return done + change_rows(rows, field, loser, winner)


def _give_up(model: Any, field: str, flag: str, loser: int, winner: int) -> list[Moved]:
    if not model._base_manager.filter(**{field: winner, flag: True}).exists():
        return []
    return change_rows(model._base_manager.filter(**{field: loser, flag: True}), flag, before=True, after=False)


def _doubles(model: Any, field: str, unique: Sequence[str], winner: int, among: Q | None) -> Any:
    likes = model._base_manager.filter(**{field: winner})
    for name in unique:
        like = Q(**{name: OuterRef(name)})
        if model._meta.get_field(name).null:
            like |= Q(**{f"{name}__isnull": True}) & Q(IsNull(OuterRef(name), True))
        likes = likes.filter(like)
    return Q(Exists(likes.filter(among))) & among if among is not None else Q(Exists(likes))


def _at(path: str) -> tuple[Any, str]:
    name, _dot, field = path.rpartition(".")
    return apps.get_model(name), field


def _kind() -> ContentType:
    return ContentType.objects.get_for_model(Customer)
