"""Stores the months of customers, and sees in them whose volume drops; whoever knows orders and invoices computes them."""

import datetime as dt
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.formats import num, qty
from crm.periods import add_months, month_start
from crm.workflow.domain.notifications import notify
from customers.models import Customer, CustomerCourse

_TABLE = CustomerCourse._meta.db_table
_CUSTOMERS = Customer._meta.db_table
NAMES = ("ordered", "shipped", "invoiced", "received", "volume_kg")

DROP_PERCENT = Decimal(30)  # a month that is this much or more below the mean of those before
MEAN_OF = 3  # months
DROP = "customer.volume_drop"


class CourseRow(NamedTuple):
    """The months of one customer; `until` is the last."""

    customer_id: int
    until: dt.date
    ordered: list[Decimal]
    shipped: list[Decimal]
    invoiced: list[Decimal]
    received: list[Decimal]
    volume_kg: list[Decimal]


def store_courses(rows: Iterable[CourseRow], *, customer_ids: Collection[int]) -> None:
    """Write the months of these customers over the stored ones, in one transaction; one of them without a row has none.

    `rows` are taken while a COPY runs, so making them must not ask the database. Customers that are gone by now are left out.
    """
    columns, values = ", ".join(CourseRow._fields), ["until", *NAMES]
    sets = ", ".join(f"{name} = excluded.{name}" for name in values)
    new, old = (", ".join(f"{table}.{name}" for name in values) for table in ("excluded", "c"))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE courses_given AS SELECT {columns} FROM {_TABLE} WITH NO DATA"  # noqa: S608 -- our own names
        )
        with cursor.cursor.copy(f"COPY courses_given ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            f"DELETE FROM {_TABLE} c WHERE customer_id = ANY(%s)"  # noqa: S608 -- our own names
            " AND NOT EXISTS (SELECT FROM courses_given g WHERE g.customer_id = c.customer_id)",
            [list(customer_ids)],
        )
        cursor.execute(
            f"INSERT INTO {_TABLE} AS c ({columns}) SELECT {', '.join(f'g.{name}' for name in CourseRow._fields)}"  # noqa: S608 -- our own names
            f" FROM courses_given g JOIN {_CUSTOMERS} k ON k.id = g.customer_id"
            f" ON CONFLICT (customer_id) DO UPDATE SET {sets} WHERE ({new}) IS DISTINCT FROM ({old})"
        )
        cursor.execute("DROP TABLE courses_given")


class VolumeDrop(NamedTuple):
    """The last full month against the mean of the three before it, in kg."""

    month: dt.date
    volume: Decimal
    mean: Decimal
    percent: Decimal  # how much less that is

    @property
    def first(self) -> dt.date:
        """The first of the months that the mean is of."""
        return add_months(self.month, -MEAN_OF)

    @property
    def last(self) -> dt.date:
        """The last of them."""
        return add_months(self.month, -1)


def volume_drop(course: CustomerCourse | None, today: dt.date) -> VolumeDrop | None:
    """Whether the last full month's volume is 30 % or more below the mean of the three months before; None when it is not, and
    where nothing was bought in those or the months are not known."""
    if course is None:
        return None
    month = add_months(today, -1)
    volume = course.value("volume_kg", month)
    before = [course.value("volume_kg", add_months(month, -back)) for back in range(1, MEAN_OF + 1)]
    known = [value for value in before if value is not None]
    if volume is None or len(known) < MEAN_OF:
        return None
    mean = sum(known, Decimal(0)) / MEAN_OF
    if mean <= 0:
        return None
    percent = (mean - volume) * 100 / mean
    return VolumeDrop(month, volume, mean, percent) if percent >= DROP_PERCENT else None


def drop_words(drop: VolumeDrop) -> str:
    """The drop in a sentence."""
    values = {
        "month": f"{drop.month:%Y-%m}",
        "volume": qty(drop.volume),
        "percent": num(drop.percent),
        "mean": qty(drop.mean),
        "first": f"{drop.first:%Y-%m}",
        "last": f"{drop.last:%Y-%m}",
    }
    return (
        _("%(volume)s invoiced in %(month)s: %(percent)s%% below the mean of %(first)s to %(last)s (%(mean)s).")
        % values
    )


def warn_of_drops(today: dt.date | None = None) -> int:
    """Tell owners of customers whose volume dropped last month; each month once, and not before its sums were made
    after its end. Returns how many were told of.

    Each is told and marked in one transaction, so a run that dies goes on where it was.
    """
    today = today or timezone.localdate()
    month = add_months(month_start(today), -1)
    rows = CustomerCourse._base_manager.filter(until__gt=month, customer__owner__is_active=True)
    waiting = rows.exclude(drop_told=month).only("customer_id", "until", "volume_kg").order_by("pk")
    dropped = [course.pk for course in waiting.iterator(chunk_size=2000) if volume_drop(course, today)]
    return sum(_warn_one(key, month, today) for key in dropped)


def _warn_one(key: int, month: dt.date, today: dt.date) -> int:
    with transaction.atomic():
        rows = CustomerCourse._base_manager.select_related("customer__owner").filter(pk=key)
        course = rows.select_for_update(of=("self",)).first()
        drop = volume_drop(course, today)
        if course is None or drop is None or course.drop_told == month or course.customer.owner is None:
            return 0
        CustomerCourse._base_manager.filter(pk=key).update(drop_told=month)
        name = str(course.customer)
        notify(
            recipients=[course.customer.owner],
            kind=DROP,
            title=lambda: _("%(name)s buys less: volume −%(percent)s%%") % {"name": name, "percent": num(drop.percent)},
            text=lambda: drop_words(drop),
            record=course.customer,
        )
    return 1
