"""Define extra fields. Values are written by the apps' own domain functions, with the record."""

from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from crm.base.remembered import changed
from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.extension_points import extra_kinds
from crm.jobs import enqueue
from crm.organisation.models import User
from crm.records.models import ExtraField

AT_A_TIME = 500
FIXED = ("record", "key")  # never changed
FIXED_ONCE_USED = ("type", "choice_list", "places")


def count_used(field: ExtraField) -> int:
    """How many records have a value in the field."""
    return apps.get_model(field.record)._base_manager.filter(extra__has_key=field.key).count()


def create_field(*, actor: User, **values: Any) -> ExtraField:
    """A new field of a kind of record that can have some. Raises DomainError for a key in use, a choice without list."""
    field = ExtraField(**values)
    if all(kind.key != field.record for kind in extra_kinds.all()):
        raise DomainError(_("This kind of record cannot have extra fields."), field="record")
    with transaction.atomic():
        create_record(field)
        _follow_up(field, search=field.searchable)
    return field


def update_field(*, instance: ExtraField, expected_version: int | None, actor: User, **values: Any) -> ExtraField:
    """Change a field. Its key never changes, its type only while no record has a value: make a new field instead.

    Raises StaleVersion and DomainError.
    """
    stored = ExtraField.objects.get(pk=instance.pk)
    if any(name in values and values[name] != getattr(stored, name) for name in FIXED):
        raise TypeError("record and key of an extra field do not change")
    differing = [name for name in FIXED_ONCE_USED if name in values and values[name] != getattr(stored, name)]
    if differing and count_used(stored):
        message = _(
            "Records have values in this field, so its type stays: make a new field and take this one out of use."
        )
        raise DomainError(message, field=differing[0])
    for name, value in values.items():
        setattr(instance, name, value)
    instance.index_ready = instance.index_ready and not differing and instance.filterable and instance.is_active
    with transaction.atomic():
        save_record(instance, expected_version=expected_version, fields=[*values, "index_ready"])
        _follow_up(instance, search=(stored.searchable, stored.is_active) != (instance.searchable, instance.is_active))
    return instance


def delete_field(*, field: ExtraField, actor: User) -> None:
    """Remove a field that no record has a value in. Raises DomainError otherwise: then it is taken out of use."""
    if count_used(field):
        raise DomainError(_("Records have values in this field: take it out of use instead."))
    with transaction.atomic():
        field.delete()
        changed()
        enqueue("crm.extra_indexes")


def _follow_up(field: ExtraField, *, search: bool) -> None:
    changed()
    enqueue("crm.extra_indexes")
    if search:
        enqueue("crm.extra_search", field_id=field.pk)


def renew_search(field_id: int) -> int:
    """Let the search find records by the field's values, or no longer; returns how many changed. Safe to run again."""
    field = ExtraField.objects.filter(pk=field_id).first()
    if field is None:
        return 0
    kind, rows = extra_kinds.get(field.record), apps.get_model(field.record)._base_manager
    wanted = rows.filter(extra__has_key=field.key)
    done = last = 0
    while page := list(wanted.filter(pk__gt=last).order_by("pk")[:AT_A_TIME]):
        last = page[-1].pk
        for record in page:
            text = kind.search_text(record)
            if text != record.search_text:
                # only if it is what was read: somebody who saves meanwhile writes a newer one
                done += rows.filter(pk=record.pk, version=record.version).update(search_text=text)
    return done
