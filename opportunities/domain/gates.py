"""Configure the gates: what must be answered before a stage is left, by product line.

What a gate asks is versioned. An opportunity keeps what held when it came into its stage, until it changes the stage.
"""

from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from crm.base.saving import create_record
from crm.errors import DomainError, StaleVersion
from crm.locks import lock_row
from crm.models import User
from crm.records.extra import fields_of
from opportunities.enums import GateAnswer, GateItemKind
from opportunities.models import GateItem, Opportunity, Stage
from opportunities.outcomes import gate_outcomes

NEW_KINDS: dict[str, str] = {
    "new": GateItemKind.SPECIFICATION,
    "check": GateItemKind.CHECK,
    "document": GateItemKind.DOCUMENT,
    "approval": GateItemKind.APPROVAL,
}

Levels = dict[int, tuple[str, dict[str, str]]]  # by the item's key in the database: level, levels by product line


def set_levels(*, stage: Stage, expected_version: int, actor: User, levels: Levels, order: list[int]) -> Stage:
    """What the gate of a stage asks from now on, and the order it is asked in. Items that are not named stay as they are.

    Raises StaleVersion when somebody else changed the gate since `expected_version` was read.
    """
    now = timezone.now()
    with transaction.atomic():
        stored = _locked(stage, expected_version)
        items = {item.pk: item for item in GateItem.objects.current().filter(stage=stored).order_by("position", "pk")}
        position = {pk: place for place, pk in enumerate(dict.fromkeys([*order, *items]), 1)}
        for pk, item in items.items():
            level, by_line = levels.get(pk, (item.level, item.levels))
            by_line = {code: value for code, value in by_line.items() if value != level}
            if (level, by_line) != (item.level, item.levels):
                _follow(item, level=level, levels=by_line, position=position[pk], now=now)
            elif item.position != position[pk]:
                GateItem.objects.filter(pk=pk).update(position=position[pk])
        _touch(stored)
    stored.refresh_from_db()
    return stored


def _follow(item: GateItem, *, now: Any, **values: Any) -> None:
    """The row ends, and another with these values begins."""
    GateItem.objects.filter(pk=item.pk).update(valid_until=now)
    item.pk = None
    item._state.adding = True
    item.valid_from = now
    for name, value in values.items():
        setattr(item, name, value)
    create_record(item)


def add_item(
    *,
    stage: Stage,
    expected_version: int,
    actor: User,
    level: str,
    source: str,
    name: str = "",
    name_en: str = "",
    **details: Any,
) -> GateItem:
    """Ask for something more. `source` is "field:<name>", "extra:<name in forms>", "outcome:<key>"; or "new" for an entry of the
    technical specification, "check", "document" and "approval", with the names given. `details` are the item's answer, unit,
    minimum, maximum and options. Raises DomainError, StaleVersion."""
    with transaction.atomic():
        stored = _locked(stage, expected_version)
        kind, _colon, key = source.partition(":")
        item = _new_item(kind, name, name_en) if kind in NEW_KINDS else _known_item(kind, key, name, name_en)
        for detail, value in details.items():
            setattr(item, detail, value)
        _check_details(item)
        item.stage, item.level, item.valid_from = stored, level, timezone.now()
        last = GateItem.objects.current().filter(stage=stored).aggregate(last=Max("position"))["last"]
        item.position = (last or 0) + 1
        create_record(item)
        _touch(stored)
    return item


def _new_item(source: str, name: str, name_en: str) -> GateItem:
    """An item that is no field yet, with a key of its own."""
    if not name:
        raise DomainError(_("Give the entry a name."), field="name")
    return GateItem(kind=NEW_KINDS[source], key=_new_key(name_en), name=name, name_en=name_en or name)


def _check_details(item: GateItem) -> None:
    """Raise DomainError for details that contradict each other."""
    if item.answer == GateAnswer.CHOICE and item.kind == GateItemKind.SPECIFICATION and len(item.options) < 2:
        raise DomainError(_("Give two choices at least, one in a line."), field="options")
    if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
        raise DomainError(_("The largest value is smaller than the smallest."), field="maximum")


def _known_item(kind: str, key: str, name: str, name_en: str) -> GateItem:
    """An item that asks for something there is: a field, an entry of the specification, an outcome."""
    if kind == GateItemKind.OUTCOME:
        outcome = next((one for one in gate_outcomes.all() if one.key == key), None)
        if outcome is None:
            raise DomainError(_("There is no such field: reload the page."), field="source")
        with override("zh-hans"):
            chinese = str(outcome.label)
        with override("en"):
            english = str(outcome.label)
        return GateItem(kind=kind, key=key, name=name or chinese, name_en=name_en or english)
    if kind == GateItemKind.EXTRA:
        field = next((field for field in fields_of(Opportunity) if field.form_name == key), None)
        if field is None:
            raise DomainError(_("There is no such field: reload the page."), field="source")
        return GateItem(kind=kind, key=key, name=name or field.name, name_en=name_en or field.name_en or field.name)
    if kind == GateItemKind.SPECIFICATION:
        same = GateItem.objects.filter(kind=kind, key=key).order_by("-pk").first()
        if same is None:
            raise DomainError(_("There is no such field: reload the page."), field="source")
        typed = {name: getattr(same, name) for name in ("answer", "unit", "minimum", "maximum", "options")}
        return GateItem(kind=kind, key=key, name=name or same.name, name_en=name_en or same.name_en, **typed)
    label = str(Opportunity._meta.get_field(key).verbose_name)  # type: ignore[union-attr]
    return GateItem(kind=GateItemKind.FIELD, key=key, name=name or label, name_en=name_en or label)


def _new_key(name_en: str) -> str:
    """A key for a new entry of the specification, that no field and no other entry has."""
    base = (slugify(name_en).replace("-", "_") or "entry")[:30]
    taken = set(GateItem.objects.values_list("key", flat=True)) | {
        field.name for field in Opportunity._meta.get_fields()
    }
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}_{number}"
    return key


def _locked(stage: Stage, expected_version: int) -> Stage:
    stored = lock_row(Stage.objects.all(), stage.pk)
    if stored.version != expected_version:
        message = _(
            "Somebody else changed this gate while you were editing it. Look at it as it is now and save again."
        )
        raise StaleVersion(message, current=stored)
    return stored


def _touch(stage: Stage) -> None:
    Stage.objects.filter(pk=stage.pk).update(version=F("version") + 1, updated_at=timezone.now())
