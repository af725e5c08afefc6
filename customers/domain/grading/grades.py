"""Write grades: by review, by exception, by hand, by import. Each leaves a row of the history (docs/decisions/0012-grades.md).

All end in `write_grades`, which takes any number of customers in five statements.
"""
# ruff: noqa: S608 -- the names in the statements are our own

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.errors import NotAllowed
from crm.events import records_changed
from crm.models import User
from customers.enums import GradeSource
from customers.models import Customer, CustomerGrade

SET_GRADE = "customers.set_grade"
_CUSTOMERS, _HISTORY = Customer._meta.db_table, CustomerGrade._meta.db_table
WANTED = "grades_wanted"  # the temporary table that `write_grades` reads
_CREATE = f"""CREATE TEMPORARY TABLE {WANTED} ON COMMIT DROP AS SELECT customer_id, business_unit_id, grade, source, points,
 run_id, model_id, reason, kept_until, actor_id FROM {_HISTORY} WITH NO DATA"""
_OWN_UNIT = f"""EXISTS (SELECT 1 FROM {_HISTORY} h WHERE h.customer_id = c.id AND h.business_unit_id = c.business_unit_id
 AND h.until IS NULL)"""  # a customer whose own unit grades it
_EFFECTIVE = f"""COALESCE((SELECT h.grade FROM {_HISTORY} h WHERE h.customer_id = c.id AND h.business_unit_id = c.business_unit_id
 AND h.until IS NULL), (SELECT h.grade FROM {_HISTORY} h WHERE h.customer_id = c.id AND h.business_unit_id IS NULL
 AND h.until IS NULL), c.grade)"""


@dataclass(frozen=True)
class Changed:
    """A customer whose grade changed."""

    pk: int
    owner_id: int | None
    old: str
    new: str


def may_set_grade(actor: Any) -> bool:
    """Whether the person may give customers a grade otherwise than by a review."""
    return bool(actor.has_perm(SET_GRADE))


def check_grade(actor: Any, before: str, after: str) -> None:
    """Raise NotAllowed on "grade" when somebody changes a grade who may not."""
    if before != after and not may_set_grade(actor):
        raise NotAllowed(_("Grades come from the grade review: you may not set them."), field="grade")


def begin_writing() -> None:
    """Make the table of what is wanted; the caller fills it, in its transaction, and calls `write_grades`."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {WANTED}")
        cursor.execute(_CREATE)


def write_grades(*, today: dt.date | None = None) -> list[Changed]:
    """Let the customers have the grades that stand in the table of what is wanted; those that have them already are left
    alone. Returns those whose visible grade is another one now. The customers' rows are held until the transaction ends."""
    day, now = today or timezone.localdate(), timezone.now()
    with connection.cursor() as cursor, acting(verb="grade"):
        cursor.execute(f"ANALYZE {WANTED}")
        cursor.execute(
            f"SELECT id FROM {_CUSTOMERS} WHERE id IN (SELECT customer_id FROM {WANTED}) ORDER BY id FOR UPDATE"
        )
        same = "h.customer_id = w.customer_id AND h.business_unit_id IS NOT DISTINCT FROM w.business_unit_id"
        cursor.execute(
            f"DELETE FROM {WANTED} w USING {_HISTORY} h WHERE {same} AND h.until IS NULL AND h.grade = w.grade"
            " AND w.kept_until IS NULL"
        )
        cursor.execute(
            f"UPDATE {_HISTORY} h SET until = GREATEST(h.since, %s) FROM {WANTED} w WHERE {same} AND h.until IS NULL",
            [day],
        )
        columns = "customer_id, business_unit_id, grade, source, points, run_id, model_id, reason, kept_until, actor_id"
        cursor.execute(
            f"INSERT INTO {_HISTORY} ({columns}, since, set_at) SELECT {columns}, %s, %s FROM {WANTED} ORDER BY customer_id",
            [day, now],
        )
        changed = _follow(cursor, f"SELECT customer_id FROM {WANTED}", [], now)
        cursor.execute(f"DROP TABLE {WANTED}")
    return changed


def _follow(cursor: Any, keys: str, params: Sequence[Any], now: dt.datetime) -> list[Changed]:
    """`Customer.grade` of these customers becomes what their histories say."""
    cursor.execute(
        f"WITH told AS (SELECT c.id, c.grade AS old, {_EFFECTIVE} AS new FROM {_CUSTOMERS} c WHERE c.id IN ({keys}))"
        f" UPDATE {_CUSTOMERS} c SET grade = told.new, version = c.version + 1, updated_at = %s FROM told"
        " WHERE c.id = told.id AND told.old <> told.new RETURNING c.id, c.owner_id, told.old, told.new",
        [*params, now],
    )
    changed = [Changed(*row) for row in cursor.fetchall()]
    records_changed.send(label=Customer._meta.label_lower, keys=[row.pk for row in changed])
    return changed


def follow_unit(keys: Sequence[int]) -> list[Changed]:
    """Customers that went to another business unit have its grade, where it grades them. Inside the transaction of the move."""
    if not keys:
        return []
    with connection.cursor() as cursor:
        return _follow(cursor, "SELECT unnest(%s::bigint[])", [list(keys)], timezone.now())


def note_grades(keys: Sequence[int], *, source: GradeSource, actor: User, reason: str = "") -> None:
    """The grades that were just written on these customers by hand or by import stand in the history too: in the one that the
    visible grade comes from. Inside the transaction that wrote them."""
    if not keys:
        return
    begin_writing()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {WANTED} (customer_id, business_unit_id, grade, source, reason, actor_id)"
            f" SELECT c.id, CASE WHEN {_OWN_UNIT} THEN c.business_unit_id END, c.grade, %s, %s, %s"
            f" FROM {_CUSTOMERS} c WHERE c.id = ANY(%s)",
            [str(source), reason, actor.pk, list(keys)],
        )
    write_grades()


def set_grade(
    *, customer: Customer, grade: str, actor: User, reason: str = "", kept_until: dt.date | None = None
) -> None:
    """Give a customer a grade by hand. With `kept_until` reviews keep it until that day. Raises NotAllowed."""
    if not may_set_grade(actor):
        raise NotAllowed(_("Grades come from the grade review: you may not set them."), field="grade")
    with transaction.atomic():
        begin_writing()
        source = GradeSource.EXCEPTION if kept_until else GradeSource.TYPED
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {WANTED} (customer_id, business_unit_id, grade, source, reason, kept_until, actor_id)"
                f" SELECT c.id, CASE WHEN {_OWN_UNIT} THEN c.business_unit_id END, %s, %s, %s, %s, %s"
                f" FROM {_CUSTOMERS} c WHERE c.id = %s",
                [grade, str(source), reason, kept_until, actor.pk, customer.pk],
            )
        write_grades()
