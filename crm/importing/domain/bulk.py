"""Write many rows of a model: COPY into a temporary table, then one statement. Triggers fire as for any write.

For columns that the caller has validated; signals and model methods play no part. Call inside a transaction.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone
from psycopg.types.json import Jsonb

_TEMPORARY = "crm_bulk_rows"


def insert_many(objects: Sequence[Model]) -> None:
    """Insert new objects of one model, in order. Those without a primary key get one."""
    if not objects:
        return
    model = type(objects[0])
    table, now = model._meta.db_table, timezone.now()
    _give_keys([instance for instance in objects if instance.pk is None], table)
    fields = _columns(model)
    for field in fields:
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            for instance in objects:
                setattr(instance, field.attname, now)
    _copy(objects, fields)
    names = ", ".join(f'"{field.column}"' for field in fields)
    key = model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT {names} FROM {_TEMPORARY} ORDER BY "{key}"')  # noqa: S608 -- our names
        cursor.execute(f"DROP TABLE {_TEMPORARY}")


def _give_keys(objects: Sequence[Model], table: str) -> None:
    """Take as many numbers from the table's own sequence."""
    if not objects:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, len(objects)]
        )
        for instance, (key,) in zip(objects, cursor.fetchall(), strict=True):
            instance.pk = key


def update_many(objects: Sequence[Model], names: Sequence[str]) -> None:
    """Write the named fields of stored records whose rows the caller holds locked; version and time of change move on."""
    if not objects:
        return
    model = type(objects[0])
    table = model._meta.db_table
    fields = [field for field in _columns(model) if field.name in names or field.primary_key]
    _copy(objects, fields)
    sets = ", ".join(f'"{f.column}" = d."{f.column}"' for f in fields if not f.primary_key)
    statement = (
        f'UPDATE "{table}" t SET {sets}, version = t.version + 1, updated_at = %s FROM {_TEMPORARY} d WHERE t.id = d.id'  # noqa: S608 -- our names
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [timezone.now()])
        cursor.execute(f"DROP TABLE {_TEMPORARY}")


def _columns(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def _copy(objects: Sequence[Model], fields: Sequence[Any]) -> None:
    """The values of these fields in a temporary table of the same types."""
    table = type(objects[0])._meta.db_table
    names = ", ".join(f'"{field.column}"' for field in fields)
    attributes = [field.attname for field in fields]
    create = f'CREATE TEMPORARY TABLE {_TEMPORARY} ON COMMIT DROP AS SELECT {names} FROM "{table}" WHERE false'  # noqa: S608 -- our names
    with connection.cursor() as cursor:
        cursor.execute(create)
        with cursor.copy(f"COPY {_TEMPORARY} ({names}) FROM STDIN") as copy:
            for instance in objects:
                copy.write_row([_plain(getattr(instance, attribute)) for attribute in attributes])


def _plain(value: Any) -> Any:
    """A value as COPY takes it."""
    return Jsonb(value) if isinstance(value, dict) else value
