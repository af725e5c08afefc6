"""Change lists of choices, count where their items are used, and let one item take another's place on all records."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Count, F, Max, Model
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.remembered import changed
from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.events import records_changed
from crm.extension_points import choice_lists
from crm.locks import lock_row
from crm.organisation.models import User
from crm.records.models import ChoiceItem, ChoiceList, ExtraField, FieldType, ListedField
from crm.records.models.choices import CODE_LENGTH

AT_A_TIME = 500  # records


@dataclass(frozen=True)
class Use:
    """A place where records hold items of a list: a field of theirs, or an extra field."""

    model: type[Model]
    field: str = ""
    extra: ExtraField | None = None

    @property
    def label(self) -> str:
        """The kind of record and the field, in words."""
        meta = self.model._meta
        name = self.extra.label if self.extra else meta.get_field(self.field).verbose_name  # type: ignore[union-attr]
        return f"{meta.verbose_name_plural} · {name}"

    def holding(self, value: str) -> Any:
        """The records that hold the value."""
        rows = self.model._base_manager.all()
        if self.extra is None:
            return rows.filter(**{self.field: value})
        several = self.extra.type == FieldType.CHOICES
        return rows.filter(extra__contains={self.extra.key: [value] if several else value})

    def counts(self) -> Counter[str]:
        """How many records hold each value."""
        rows = self.model._base_manager.order_by()
        if self.extra is None:
            found = rows.exclude(**{self.field: ""}).values_list(self.field).annotate(n=Count("pk"))
            return Counter(dict(found))
        counted: Counter[str] = Counter()
        for value in rows.filter(extra__has_key=self.extra.key).values_list(f"extra__{self.extra.key}", flat=True):
            counted.update(value if isinstance(value, list) else [value])
        return counted

    def replace(self, source: str, target: str) -> int:
        """Let up to AT_A_TIME records hold `target` instead of `source`; returns how many it was."""
        stamp = {"version": F("version") + 1, "updated_at": timezone.now()}
        with transaction.atomic():
            rows = list(self.holding(source).order_by("pk").select_for_update(of=("self",))[:AT_A_TIME])
            keys = [row.pk for row in rows]
            records_changed.send(label=self.model._meta.label_lower, keys=keys)
            if self.extra is None:
                self.model._base_manager.filter(pk__in=keys).update(**{self.field: target}, **stamp)
                return len(rows)
            for row in rows:
                value = _replaced(row.extra[self.extra.key], source, target)
                extra = {**row.extra, self.extra.key: value}
                self.model._base_manager.filter(pk=row.pk).update(extra=extra, **stamp)
        return len(rows)


def _replaced(value: Any, source: str, target: str) -> Any:
    if isinstance(value, list):
        return list(dict.fromkeys(target if code == source else code for code in value))
    return target


@lru_cache(maxsize=1)
def _listed_fields() -> tuple[tuple[type[Model], ListedField], ...]:
    return tuple(
        (model, field)
        for model in apps.get_models()
        if not hasattr(model, "pgh_tracked_model") and not model._meta.proxy
        for field in model._meta.concrete_fields
        if isinstance(field, ListedField)
    )


def uses_of(choices: ChoiceList) -> list[Use]:
    """Every place that holds items of the list."""
    found = [Use(model, field.name) for model, field in _listed_fields() if field.list_key == choices.key]
    extra = ExtraField.objects.filter(choice_list=choices).order_by("pk")
    return [*found, *(Use(apps.get_model(field.record), extra=field) for field in extra)]


def counts_of(choices: ChoiceList) -> Counter[str]:
    """How many records hold each value, items and other text."""
    return sum((use.counts() for use in uses_of(choices)), Counter())


def is_built_in(choices: ChoiceList) -> bool:
    """Whether an app brought it; the others an administrator made."""
    return any(kind.key == choices.key for kind in choice_lists.all())


def create_list(*, actor: User, **values: Any) -> ChoiceList:
    """A list of the administrators' own, for extra fields."""
    made = ChoiceList(**values)
    base = slugify(made.name_en)[:30] or "list"
    with transaction.atomic():
        made.key = _unused(f"own-{base}", lambda key: ChoiceList.objects.filter(key=key).exists(), 40)
        create_record(made)
        changed()
    return made


def update_list(*, instance: ChoiceList, expected_version: int | None, actor: User, **values: Any) -> ChoiceList:
    """Change a list's names, or whether other text may be entered. Raises StaleVersion."""
    for name, value in values.items():
        setattr(instance, name, value)
    with transaction.atomic():
        save_record(instance, expected_version=expected_version, fields=list(values))
        changed()
    return instance


def create_item(*, choices: ChoiceList, actor: User, **values: Any) -> ChoiceItem:
    """A new item at the end of the list. Its code comes from the English name, or else is the name."""
    item = ChoiceItem(list=choices, **values)
    with transaction.atomic():
        lock_row(ChoiceList.objects.all(), choices.pk)
        base = slugify(item.name_en)[: CODE_LENGTH - 4] or item.name[: CODE_LENGTH - 4]
        item.code = _unused(base, lambda code: ChoiceItem.objects.filter(list=choices, code=code).exists())
        last = ChoiceItem.objects.filter(list=choices).aggregate(last=Max("position"))["last"] or 0
        item.position = last + 1
        create_record(item)
        changed()
    return item


def _unused(base: str, is_taken: Any, length: int = CODE_LENGTH) -> str:
    """The base, or the base with the first number behind it that is free."""
    code, number = base[:length], 1
    while is_taken(code):
        number += 1
        code = f"{base[: length - 4]}-{number}"
    return code


def update_item(*, instance: ChoiceItem, expected_version: int | None, actor: User, **values: Any) -> ChoiceItem:
    """Rename an item, retire it or offer it again. Raises StaleVersion, DomainError for one that the program relies on."""
    for name, value in values.items():
        setattr(instance, name, value)
    with transaction.atomic():
        save_record(instance, expected_version=expected_version, fields=list(values))
        changed()
    return instance


def order_items(*, choices: ChoiceList, keys: list[int], actor: User) -> None:
    """Put the items into this order; items not named, because somebody just added them, come after."""
    with transaction.atomic():
        lock_row(ChoiceList.objects.all(), choices.pk)
        items = {item.pk: item for item in ChoiceItem.objects.filter(list=choices).order_by("position", "pk")}
        ordered = [items.pop(key) for key in dict.fromkeys(keys) if key in items] + list(items.values())
        for position, item in enumerate(ordered, 1):
            if item.position != position:
                ChoiceItem.objects.filter(pk=item.pk).update(
                    position=position, version=F("version") + 1, updated_at=timezone.now()
                )
        changed()


def delete_item(*, item: ChoiceItem, actor: User) -> None:
    """Remove an item that no record holds. Raises DomainError otherwise: then it is retired."""
    if item.is_fixed:
        raise DomainError(_("The program relies on this item: it can be renamed, not deleted."))
    with transaction.atomic():
        lock_row(ChoiceItem.objects.all(), item.pk)
        if any(use.holding(item.code).exists() for use in uses_of(item.list)):
            raise DomainError(_("Records use this item: retire it, or merge it into another."))
        item.delete()
        changed()


def delete_list(*, choices: ChoiceList, actor: User) -> None:
    """Remove a list that no field uses. Raises DomainError otherwise."""
    if is_built_in(choices) or uses_of(choices):
        raise DomainError(_("Fields use this list: it cannot be deleted."))
    with transaction.atomic():
        choices.delete()
        changed()


def count_holding(choices: ChoiceList, value: str) -> list[tuple[Use, int]]:
    """Where a value is held, and by how many records."""
    return [(use, count) for use in uses_of(choices) if (count := use.holding(value).count())]


def check_merge(*, choices: ChoiceList, value: str, target: ChoiceItem) -> ChoiceItem | None:
    """The item whose place `target` would take, None for text that is no item. Raises DomainError when it cannot."""
    source = ChoiceItem.objects.filter(list=choices, code=value).first()
    if target.list_id != choices.pk or target.code == value:
        raise DomainError(_("Choose another item of the same list."), field="target")
    if not target.is_active:
        raise DomainError(_("This item is retired: choose one that is offered."), field="target")
    if source is not None and source.is_fixed:
        raise DomainError(_("The program relies on this item: it can be renamed, not merged."))
    return source


def merge_values(*, choices: ChoiceList, value: str, target: ChoiceItem, actor: User) -> Iterator[int]:
    """Let all records that hold `value` hold `target`, some hundred at a time, each in a transaction of its own; yields how
    many are done. The item is retired first, so that nobody chooses it meanwhile. Safe to run again after a stop."""
    source = check_merge(choices=choices, value=value, target=target)
    if source is not None and source.is_active:
        update_item(instance=source, expected_version=None, actor=actor, is_active=False)
    done = 0
    with acting(verb="merge_choice", reason=f"{value} → {target.code}", user=actor.pk):
        for use in uses_of(choices):
            while count := use.replace(value, target.code):
                done += count
                yield done
