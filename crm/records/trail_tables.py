"""What the database holds around the event tables of the audit trail, for every model that is tracked, later ones included.

pghistory's triggers write a row's state at each insert and update. Here stands what it does not do: the state before the first
recorded change, deletes, the guard that lets nothing be changed or taken away, the index by time, and the view that puts all
event tables together. It is made after each migration and taken away before one, so that a migration may change any column.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import pgtrigger
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

PER_KIND = 10**10  # keys of the view: the kind's number, then the key in its event table; 18 digits at most
ERASURE = "crm_trailerasure"
CONTEXT = "pghistory_context"

GUARD = f"""
CREATE OR REPLACE FUNCTION crm_trail_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME <> '{ERASURE}' AND EXISTS (
        SELECT 1 FROM {ERASURE} WHERE id = NULLIF(current_setting('crm.trail_erasure', true), '')::bigint
            AND transaction = pg_current_xact_id()::text::bigint
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The audit trail is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'See docs/trail.md: erasure and retention leave an entry.';
END $$
"""  # noqa: S608 -- our own names

# pgtrigger's own lets a session switch its triggers off by a setting, and costs a millisecond for each row that is written
IGNORE_NOTHING = """
CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean LANGUAGE plpgsql IMMUTABLE
AS $$ BEGIN RETURN false; END $$
"""


@dataclass(frozen=True)
class Tracked:
    """A tracked model with its event table. `writes_deletes` when pghistory's own trigger records them."""

    model: type[Model]
    events: type[Model]
    writes_deletes: bool

    @property
    def kind(self) -> str:
        """What names the model in the trail."""
        return self.model._meta.label_lower

    @property
    def number(self) -> int:
        """The kind's number in the keys of the view: it stays when other kinds come and go."""
        return crc32(self.kind.encode()) % 10**8


def tracked_models() -> Iterator[Tracked]:
    """The tracked models, in the order of the registry."""
    for events in apps.get_models():
        model = getattr(events, "pgh_tracked_model", None)
        if model is not None:
            triggers: Any = getattr(model._meta, "triggers", ())
            yield Tracked(model, events, any(trigger.operation is pgtrigger.Delete for trigger in triggers))


def install(**_signal: Any) -> None:
    """Make it all, unless it is there already as this version wants it."""
    with transaction.atomic(), connection.cursor() as cursor:
        tables = _columns(cursor)
        if ERASURE not in tables:
            return
        kinds = [kind for kind in tracked_models() if kind.events._meta.db_table in tables]
        wanted = [GUARD, IGNORE_NOTHING, *(_guard(table) for table in (CONTEXT, ERASURE))]
        for kind in kinds:
            wanted += _around(kind, tables)
        wanted.append(_view(kinds, tables))
        digest = hashlib.sha256("\n".join(wanted).encode()).hexdigest()
        cursor.execute("SELECT obj_description(to_regclass('crm_trail'), 'pg_class')")
        if cursor.fetchone()[0] == digest:
            return
        _drop(cursor)
        for statement in wanted:
            cursor.execute(statement)
        cursor.execute(f"COMMENT ON VIEW crm_trail IS '{digest}'")


def uninstall(plan: Any = (), **_signal: Any) -> None:
    """Take away what holds on to columns, before migrations change any. The guard and the indexes stay."""
    if plan:
        with transaction.atomic(), connection.cursor() as cursor:
            _drop(cursor)


def _drop(cursor: Any) -> None:
    cursor.execute("DROP VIEW IF EXISTS crm_trail")
    cursor.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'crm\\_trail\\_keep\\_%'")
    for (name,) in cursor.fetchall():
        cursor.execute(f"DROP FUNCTION {connection.ops.quote_name(name)}() CASCADE")  # with its triggers


def _columns(cursor: Any) -> dict[str, dict[str, str]]:
    """The columns of all tables with their types, as the database has them now."""
    cursor.execute(
        "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema()"
    )
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in cursor.fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def _guard(table: str) -> str:
    return (
        f"CREATE OR REPLACE TRIGGER crm_trail_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION crm_trail_guard()"
    )


def _around(kind: Tracked, tables: dict[str, dict[str, str]]) -> list[str]:
    """Guard, index by time, and the triggers on the tracked table."""
    table, events = kind.model._meta.db_table, kind.events._meta.db_table
    key = kind.model._meta.pk.column  # type: ignore[union-attr]
    columns = [name for name in tables[events] if name in tables.get(table, {})]
    names = ", ".join(f'"{name}"' for name in columns)
    old = ", ".join(f'OLD."{name}"' for name in columns)
    insert = (
        f"INSERT INTO {events} ({names}, pgh_created_at, pgh_label, pgh_obj_id, pgh_context_id) VALUES ({old}, NOW()"  # noqa: S608 -- our own names
    )
    gone = (
        ""
        if kind.writes_deletes
        else f"IF TG_OP = 'DELETE' THEN {insert}, 'delete', OLD.\"{key}\", _pgh_attach_context()); END IF;"
    )
    keep = f"crm_trail_keep_{events}"
    changed = " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in columns)
    return [
        _guard(events),
        f"CREATE INDEX IF NOT EXISTS {events[:50]}_newest ON {events} (pgh_created_at, pgh_id)",
        f"CREATE OR REPLACE FUNCTION {keep}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"  # noqa: S608 -- our own names
        f' IF NOT EXISTS (SELECT 1 FROM {events} WHERE pgh_obj_id = OLD."{key}") THEN'
        f" {insert}, 'before', OLD.\"{key}\", NULL); END IF; {gone} RETURN NULL; END $$",
        # triggers of a row fire in the order of their names: these before pghistory's
        f"CREATE OR REPLACE TRIGGER crm_trail_before AFTER UPDATE ON {table} FOR EACH ROW WHEN ({changed})"
        f" EXECUTE FUNCTION {keep}()",
        f"CREATE OR REPLACE TRIGGER crm_trail_gone AFTER DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {keep}()",
    ]


def _view(kinds: list[Tracked], tables: dict[str, dict[str, str]]) -> str:
    """All event tables as one list. Each arm is a plain read of one table, so that the newest rows come from the indexes."""
    numbers = {kind.number for kind in kinds}
    if len(numbers) != len(kinds):
        raise ValueError("Two kinds of record have the same number in the trail: rename one of the models.")
    arms = [
        f"SELECT {kind.number * PER_KIND}::bigint + pgh_id::bigint AS id, pgh_created_at AS at, '{kind.kind}'::text AS kind,"  # noqa: S608 -- our own names
        f" pgh_label::text AS label, {_record_key(tables[kind.events._meta.db_table])} AS record_id,"
        f" pgh_id::bigint AS event_id, pgh_context_id AS context_id FROM {kind.events._meta.db_table}"
        for kind in kinds
    ]
    return "CREATE VIEW crm_trail AS " + " UNION ALL ".join(arms)


def _record_key(columns: dict[str, str]) -> str:
    return "pgh_obj_id" if columns["pgh_obj_id"] == "bigint" else "NULL::bigint"
