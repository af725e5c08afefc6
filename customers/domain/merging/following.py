"""The database leads rows that come for a merged customer to the winner, whoever writes them and however.

A merge holds both customers locked and moves what there is. An order that is being entered at that moment, or a page of the ERP
sync that looked its customer up before, comes afterwards with the loser's key; no check in the code that writes it would see
the merge in time. So each table that refers to customers has two triggers: after an insert they wait for a merge that is
under way, and what came for a merged customer goes on to the winner. They are made after each migration for the tables of
all apps, those of later ones too. What both can have only once stays with the loser.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import ForeignKey, Model, OneToOneField

from customers.models import Customer, CustomerMerge, NotTheSame

CUSTOMERS = Customer._meta.db_table
# Of the log itself: it names both sides.
NOT_LED = (CustomerMerge, NotTheSame)
_IS_CUSTOMER = (
    "content_type_id = (SELECT id FROM django_content_type WHERE app_label = 'customers' AND model = 'customer')"
)

ARRIVED = f"""
CREATE OR REPLACE FUNCTION customers_led_to_winner() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    field text := TG_ARGV[0];
    key text := TG_ARGV[1];
    about text := CASE WHEN TG_ARGV[2] = '' THEN '' ELSE ' WHERE ' || TG_ARGV[2] END;
    merged boolean;
BEGIN
    EXECUTE format('SELECT 1 FROM {CUSTOMERS} WHERE id IN (SELECT %I FROM arrived%s) ORDER BY id FOR KEY SHARE', field, about);
    EXECUTE format(
        'SELECT EXISTS (SELECT 1 FROM {CUSTOMERS} WHERE merged_into_id IS NOT NULL AND id IN (SELECT %I FROM arrived%s))',
        field, about) INTO merged;
    IF merged THEN
        BEGIN
            EXECUTE format('UPDATE %1$s t SET %2$I = c.merged_into_id FROM {CUSTOMERS} c
                WHERE c.id = t.%2$I AND c.merged_into_id IS NOT NULL AND t.%3$I IN (SELECT %3$I FROM arrived%4$s)',
                TG_RELID::regclass, field, key, about);
        EXCEPTION WHEN unique_violation THEN
            NULL;
        END;
    END IF;
    RETURN NULL;
END $$
"""  # noqa: S608 -- our own names
CHANGED = f"""
CREATE OR REPLACE FUNCTION customers_led_on_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    field text := TG_ARGV[0];
    winner bigint;
BEGIN
    SELECT merged_into_id INTO winner FROM {CUSTOMERS} WHERE id = (to_jsonb(NEW) ->> field)::bigint FOR KEY SHARE;
    IF winner IS NOT NULL THEN
        NEW := jsonb_populate_record(NEW, jsonb_build_object(field, winner));
    END IF;
    RETURN NEW;
END $$
"""  # noqa: S608 -- our own names


class Way(NamedTuple):
    """A column that refers to customers, with its table's key; `about` narrows the rows to those that are about customers."""

    table: str
    column: str
    key: str
    about: str

    @property
    def triggers(self) -> tuple[str, str]:
        """The names of its two triggers."""
        return f"customers_led_{self.column}", f"customers_led_{self.column}_changed"


def references() -> Iterator[tuple[type[Model], str]]:
    """Every reference to a customer in any table of ours: model and field. Event tables of the trail are none: they say what
    was. A field "object_id" is one by content type."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed or hasattr(model, "pgh_tracked_model"):
            continue
        fields = {field.name: field for field in model._meta.concrete_fields}
        for name, field in fields.items():
            if isinstance(field, ForeignKey) and field.related_model is Customer:
                yield model, name
        kind = fields.get("content_type")
        if kind is not None and kind.related_model is ContentType and "object_id" in fields:
            yield model, "object_id"


def ways() -> Iterator[Way]:
    """The references that rows are led by: all but those that are one row per customer, and the log's own."""
    for model, name in references():
        field = model._meta.get_field(name)
        if model in NOT_LED or isinstance(field, OneToOneField) or field.primary_key:  # type: ignore[union-attr]
            continue
        about = _IS_CUSTOMER if name == "object_id" else ""
        yield Way(model._meta.db_table, str(field.column), str(model._meta.pk.column), about)  # type: ignore[union-attr]


def install(**_signal: Any) -> None:
    """Make functions and triggers anew, for the tables there are."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = {row[0] for row in cursor.fetchall()}
        cursor.execute(
            "SELECT 1 FROM information_schema.columns WHERE table_name = %s AND column_name = 'merged_into_id'",
            [CUSTOMERS],
        )
        if not cursor.fetchone():
            return
        cursor.execute(ARRIVED)
        cursor.execute(CHANGED)
        for way in ways():
            if way.table in tables:
                for statement in _statements(way):
                    cursor.execute(statement)


def uninstall(**_signal: Any) -> None:
    """Take the triggers away, so that a migration may change any column."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'customers\\_led\\_%'")
        for name, table in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name} ON {table}")


def _statements(way: Way) -> list[str]:
    arrived, changed = way.triggers
    quoted = way.about.replace("'", "''")
    differs = f"NEW.{way.column} IS DISTINCT FROM OLD.{way.column}"
    out = [
        f"CREATE OR REPLACE TRIGGER {arrived} AFTER INSERT ON {way.table} REFERENCING NEW TABLE AS arrived"
        f" FOR EACH STATEMENT EXECUTE FUNCTION customers_led_to_winner('{way.column}', '{way.key}', '{quoted}')"
    ]
    if not way.about:
        out.append(
            f"CREATE OR REPLACE TRIGGER {changed} BEFORE UPDATE OF {way.column} ON {way.table} FOR EACH ROW"
            f" WHEN ({differs}) EXECUTE FUNCTION customers_led_on_change('{way.column}')"
        )
    return out
