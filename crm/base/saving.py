"""Create and change records: every write of the apps' domain functions ends here.

A change carries the version that was read. It is one UPDATE that finds the row only at that version; when it finds none,
somebody was quicker, and StaleVersion carries what is stored now. Records that a registered guard holds back (a document that
waits for approval) are not changed.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected

from crm.base.constraints import field_of
from crm.base.days import check_days
from crm.errors import DomainError, Frozen, StaleVersion
from crm.events import record_changed, record_created
from crm.extension_points import save_guards

M = TypeVar("M", bound=models.Model)
R = TypeVar("R")


def create_record(instance: M) -> M:
    """Validate and insert; a broken constraint becomes a DomainError with the constraint's message."""
    check_days(
        type(instance), [(field.name, getattr(instance, field.attname)) for field in instance._meta.concrete_fields]
    )
    try:
        instance.full_clean(validate_unique=False, validate_constraints=False)
        again_after_deadlock(lambda: _insert(instance))
    except IntegrityError as error:
        raise readable(instance, error) from error
    except ValidationError as error:
        raise as_domain_error(error) from error
    return instance


def _insert(instance: models.Model) -> None:
    instance.save(force_insert=True)
    record_created.send(label=instance._meta.label_lower, pk=instance.pk)


def again_after_deadlock(write: Callable[[], R]) -> R:
    """What `write` returns, run in a transaction or savepoint; run once more when it ended in a deadlock.

    PostgreSQL finds what breaks an exclusion constraint after it has written the row: of two who write such rows at once each
    waits for the other, and one is ended. It then finds the other's row, and the rule's message is told.
    """
    try:
        with transaction.atomic():
            return write()
    except OperationalError as error:
        if not isinstance(error.__cause__, DeadlockDetected):
            raise
    with transaction.atomic():
        return write()


def save_record(instance: M, *, expected_version: int | None, fields: list[str] | None = None) -> M:
    """Write the given fields (all editable ones when None) if the stored version is still `expected_version`.

    Raises StaleVersion with the stored record otherwise. `expected_version` None means: whatever is stored now, for callers
    that hold a lock on the row. Raises Frozen when a guard holds the record back.
    """
    try:
        instance.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise as_domain_error(error) from error
    model = type(instance)
    names = (
        fields
        if fields is not None
        else [f.name for f in model._meta.concrete_fields if f.editable and not f.primary_key]
    )
    values: dict[str, Any] = {name: getattr(instance, name) for name in names}
    check_days(model, values.items())  # of those written alone: an old mistake holds back no other change
    values |= {"version": models.F("version") + 1, "updated_at": timezone.now()}
    rows = model._base_manager.filter(pk=instance.pk)
    if expected_version is not None:
        rows = rows.filter(version=expected_version)
    try:
        found = again_after_deadlock(lambda: _update(rows, instance, values))
    except IntegrityError as error:
        raise readable(instance, error) from error
    if not found:
        raise _stale(model._base_manager.get(pk=instance.pk))
    instance.refresh_from_db()
    return instance


def _update(rows: models.QuerySet[Any], instance: models.Model, values: Mapping[str, Any]) -> int:
    found = rows.update(**values)
    refuse_held(type(instance), [instance.pk])
    if found:
        record_changed.send(label=instance._meta.label_lower, pk=instance.pk)
    return found


def refuse_stale(instance: models.Model, expected_version: int | None) -> None:
    """Raise StaleVersion, as save_record does, where a rule would ask the actor about what somebody else has changed since."""
    current: Any = type(instance)._base_manager.get(pk=instance.pk)
    if expected_version is not None and current.version != expected_version:
        raise _stale(current)


def _stale(current: models.Model) -> StaleVersion:
    message = _(
        "Somebody else saved this record while you were editing it. Compare both versions below and save again."
    )
    return StaleVersion(message, current=current)


def change_record(
    instance: M, *, expected_version: int | None, values: Mapping[str, Any], also: Sequence[str] = ()
) -> M:
    """Set the values and write them, with the fields `also` that the caller has set, in a transaction; as save_record."""
    for name, value in values.items():
        setattr(instance, name, value)
    with transaction.atomic():
        return save_record(instance, expected_version=expected_version, fields=[*values, *also])


def refuse_held(model: type[models.Model], keys: Sequence[int]) -> None:
    """Raise Frozen when a guard holds one of these records back. Call it after writing them, in the same transaction: then nobody
    can begin to hold them in between."""
    for guard in save_guards.all():
        if guard.concerns(model):
            guard.check(model, keys)


def is_held(record: models.Model) -> bool:
    """Whether a guard holds the record back from changes; asks nothing of the database for kinds that none is concerned with."""
    try:
        refuse_held(type(record), [record.pk])
    except Frozen:
        return True
    return False


def change_many(rows: models.QuerySet[Any], change: Callable[[], R]) -> R:
    """Do `change()` to these rows; none of it when a guard holds one of them back, which raises Frozen."""
    if not any(guard.concerns(rows.model) for guard in save_guards.all()):
        return change()
    with transaction.atomic():
        keys = list(rows.order_by().values_list("pk", flat=True))
        done = change()
        refuse_held(rows.model, keys)
    return done


def readable(instance: models.Model, error: IntegrityError) -> DomainError:
    """The message of the constraint that PostgreSQL names; the error itself when it is none of ours."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    for constraint in instance._meta.constraints:
        if constraint.name == name:
            return DomainError(constraint.get_violation_error_message(), field=field_of(constraint))
    # the longest column first: "_customer_id_" holds "_id_" too
    for field in sorted(instance._meta.concrete_fields, key=lambda field: -len(field.column or "")):
        if field.unique and f"_{field.column}_" in f"{name}_":
            message = _("This value of “%(field)s” is in use already: choose another.") % {"field": field.verbose_name}
            return DomainError(message, field=field.name)
    raise error


def as_domain_error(error: ValidationError) -> DomainError:
    """The first message of a validation error, with its field."""
    if hasattr(error, "error_dict"):
        field, messages = next(iter(error.message_dict.items()))
        return DomainError(messages[0], field=None if field == "__all__" else field)
    return DomainError(error.messages[0])
