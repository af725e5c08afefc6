"""The indexes of extra fields: numbers and dates get one that sorts and finds from-to, texts one that finds words.

Equal values, choices, people and yes or no are found by the index on the whole column (`extra_index`).
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import connection

from crm.base.remembered import changed
from crm.locks import AdvisoryLock, LockTaken, session_lock
from crm.records.models import ExtraField
from crm.records.models.extra import RANGES, TEXTS

_PRESENT = """
SELECT c.relname, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relname ~ '^extra_[0-9]+_[a-z0-9]+_(value|words)$'
"""


@dataclass(frozen=True)
class Index:
    """An index that shall exist."""

    field_id: int
    name: str
    statement: str


def wanted_indexes() -> list[Index]:
    """Those of the fields in use that lists can be filtered by."""
    found = []
    for field in ExtraField.objects.filter(is_active=True, filterable=True, type__in=[*RANGES, *TEXTS]).order_by("pk"):
        table = connection.ops.quote_name(apps.get_model(field.record)._meta.db_table)
        is_range = field.type in RANGES
        name = f"extra_{field.pk}_{field.key}_{'value' if is_range else 'words'}"
        # keys are small letters and digits: nothing in them needs quoting
        columns = (
            f"((extra -> '{field.key}'), id)"
            if is_range
            else f"USING gin (crm_bigrams(lower(extra ->> '{field.key}')))"
        )
        condition = f"WHERE extra ? '{field.key}'"
        statement = f"CREATE INDEX CONCURRENTLY {name} ON {table} {columns} {condition}"
        found.append(Index(field.pk, name, statement))
    return found


def renew_indexes() -> tuple[int, int]:
    """Build what is missing and drop what is not wanted, without holding up anybody's work; returns how many of each.

    Needs a connection outside a transaction. Safe to run at any time: a half-built index is dropped and built anew.
    """
    try:
        with session_lock(AdvisoryLock.EXTRA_INDEXES):
            return _renew()
    except LockTaken:  # whoever holds it may have read the definitions before the last change
        return 0, 0


def _renew() -> tuple[int, int]:
    built = dropped = 0
    while True:
        wanted = {index.name: index for index in wanted_indexes()}
        with connection.cursor() as cursor:
            cursor.execute(_PRESENT)
            present = dict(cursor.fetchall())
            surplus = [name for name, valid in present.items() if name not in wanted or not valid]
            missing = [index for name, index in wanted.items() if not present.get(name)]
            for name in surplus:
                cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            for index in missing:
                cursor.execute(index.statement)
        built, dropped = built + len(missing), dropped + len(surplus)
        if ExtraField.objects.filter(pk__in=[i.field_id for i in wanted.values()], index_ready=False).update(
            index_ready=True
        ):
            changed()
        if not surplus and not missing:
            return built, dropped
