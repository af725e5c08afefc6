"""When somebody last did something with a customer. Worked out from what the apps say, and stored for lists and rules."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone

from crm.models import Comment, Task
from crm.workflow.models import TaskState
from customers import extension_points
from customers.models import Customer, CustomerActivity

_TABLE, _CUSTOMERS = CustomerActivity._meta.db_table, Customer._meta.db_table
_ZONE = "AT TIME ZONE %s"

_NEXT_STEPS = f"""
    SELECT changed.id, max(changed.at {_ZONE})::date FROM (
        SELECT e.pgh_obj_id AS id, e.pgh_created_at AS at, (e.next_step, e.next_step_on) AS now,
               lag((e.next_step, e.next_step_on)) OVER ofone AS before, lag(e.pgh_id) OVER ofone AS previous
          FROM customers_customerevent e WHERE %s::bigint[] IS NULL OR e.pgh_obj_id = ANY(%s::bigint[])
        WINDOW ofone AS (PARTITION BY e.pgh_obj_id ORDER BY e.pgh_id)
    ) changed
    WHERE changed.previous IS NOT NULL AND changed.now IS DISTINCT FROM changed.before GROUP BY 1
"""  # noqa: S608 -- our own names


def next_steps_changed(keys: Sequence[int] | None) -> Mapping[int, dt.date]:
    """The day on which a customer's next step was last set or changed, from the audit trail."""
    given = None if keys is None else list(keys)
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_STEPS, [timezone.get_current_timezone_name(), given, given])
        return dict(cursor.fetchall())


def worked_on(model: Any, keys: Sequence[int] | None) -> Mapping[int, dt.date]:
    """The day of the last comment on, or to-do done about, a customer or (another `model`) a record that belongs to one."""
    customer = "r.id" if model is Customer else "r.customer_id"
    given, kind = None if keys is None else list(keys), ContentType.objects.get_for_model(model).pk
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {customer}, max(x.at {_ZONE})::date FROM ("  # noqa: S608 -- our own names
            f" SELECT object_id, created_at AS at FROM {Comment._meta.db_table} WHERE content_type_id = %s"
            f" UNION ALL SELECT object_id, state_since FROM {Task._meta.db_table}"
            f" WHERE content_type_id = %s AND state = %s) x JOIN {model._meta.db_table} r ON r.id = x.object_id"
            f" WHERE (%s::bigint[] IS NULL OR {customer} = ANY(%s::bigint[])) GROUP BY 1",
            [timezone.get_current_timezone_name(), kind, kind, TaskState.DONE, given, given],
        )
        return dict(cursor.fetchall())


def customers_worked_on(keys: Sequence[int] | None) -> Mapping[int, dt.date]:
    """`worked_on` of customers themselves."""
    return worked_on(Customer, keys)


def latest_contacts(keys: Sequence[int] | None) -> dict[int, dt.date]:
    """The day of the last contact of each of these customers (None: all) that had any: one query for each source."""
    found: dict[int, dt.date] = {}
    for source in extension_points.contact_sources.all():
        for key, day in source.latest(keys).items():
            if key not in found or day > found[key]:
                found[key] = day
    return found


def store_contacts(contacts: Mapping[int, dt.date]) -> int:
    """Write the days of last contact that differ from what is stored; set-based, returns how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE contacts_given (customer_id bigint, day date) ON COMMIT DROP")
        with cursor.cursor.copy("COPY contacts_given FROM STDIN") as copy:
            for row in contacts.items():
                copy.write_row(row)
        cursor.execute(
            f"INSERT INTO {_TABLE} (customer_id, last_contact_on)"  # noqa: S608 -- our own names
            f" SELECT g.customer_id, g.day FROM contacts_given g JOIN {_CUSTOMERS} c ON c.id = g.customer_id"
            f" LEFT JOIN {_TABLE} a ON a.customer_id = g.customer_id WHERE a.last_contact_on IS DISTINCT FROM g.day"
            f" ORDER BY g.customer_id"
            f" ON CONFLICT (customer_id) DO UPDATE SET last_contact_on = excluded.last_contact_on"
        )
        changed: int = cursor.rowcount
        cursor.execute("DROP TABLE contacts_given")
    return changed


def owned_from_today(keys: Sequence[int]) -> None:
    """These customers have another owner: their idle days count anew, and what was foreseen for the one before is void."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_TABLE} (customer_id, owned_since)"  # noqa: S608 -- our own names
            " SELECT key, %s FROM unnest(%s::bigint[]) key ORDER BY key ON CONFLICT (customer_id) DO UPDATE"
            " SET owned_since = excluded.owned_since, recycle_on = NULL, warned = NULL, protected_until = NULL",
            [timezone.localdate(), list(keys)],
        )
