"""The nightly run of a pool: foresee, warn, take. Each part is idempotent and goes in short transactions, so that a run that was
killed is made good by starting it again."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from crm.acting import acting
from crm.formats import enumerated
from crm.locks import AdvisoryLock, LockTaken, session_lock
from crm.models import User
from crm.workflow.domain.notifications import notify
from customers.domain.pool import plan
from customers.domain.pool.activity import latest_contacts, store_contacts
from customers.domain.pool.entries import close_stale, lock_customers, put_in
from customers.models import Customer, CustomerActivity, CustomerPool

CHUNK = 500
NAMED = 5
_TABLE = CustomerActivity._meta.db_table


@dataclass(frozen=True)
class Night:
    """What a run did: customers whose day was foreseen anew, owners' customers warned about, customers taken."""

    foreseen: int = 0
    warned: int = 0
    taken: int = 0


def refresh_activity() -> int:
    """Store the days of last contact of all customers; returns how many changed."""
    return store_contacts(latest_contacts(None))


def recycle(pool: CustomerPool, *, on: dt.date | None = None) -> Night:
    """The night of `on` (today) for a pool. Another run of the same pool leaves it to the one that is at it."""
    day = on or timezone.localdate()
    try:
        with session_lock(AdvisoryLock.RECYCLE, pool.pk), acting(verb="recycle"):
            close_stale(pool)
            taken = _take(pool, day)
            soon = plan.night(pool, day, within=plan.NOTICE)
            return Night(_foresee(pool, day, soon), _warn(soon, day), taken)
    except LockTaken:
        return Night()


def _foresee(pool: CustomerPool, on: dt.date, soon: Sequence[plan.Planned]) -> int:
    """Store on which day each customer goes, where that has changed; `soon` are those that go within the notice. Customers that
    business keeps have none, and get their notice anew once it is finished."""
    found: dict[int, dt.date] = {}
    for rule in plan.rules_of(pool):
        for key, day in plan.foreseen(rule, on).values_list("pk", "goes_on"):
            found[key] = min(day, found.get(key, day))
    near = on + dt.timedelta(days=plan.NOTICE)
    going = {each.customer_id: each.goes_on for each in soon}
    days = {key: going.get(key) if day <= near else day for key, day in found.items()}
    return _store(pool, days)


def _store(pool: CustomerPool, days: dict[int, dt.date | None]) -> int:
    """Write the days that differ; a warning that was given stands only for the day it was given for. Customers under no rule any
    more have none."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE foreseen_given (customer_id bigint PRIMARY KEY, day date) ON COMMIT DROP"
        )
        with cursor.cursor.copy("COPY foreseen_given FROM STDIN") as copy:
            for row in days.items():
                copy.write_row(row)
        cursor.execute("ANALYZE foreseen_given")
        cursor.execute(
            f"INSERT INTO {_TABLE} (customer_id, recycle_on)"  # noqa: S608 -- our own names
            f" SELECT g.customer_id, g.day FROM foreseen_given g LEFT JOIN {_TABLE} a USING (customer_id)"
            " WHERE a.recycle_on IS DISTINCT FROM g.day ORDER BY 1"
            " ON CONFLICT (customer_id) DO UPDATE SET recycle_on = excluded.recycle_on, warned = NULL"
        )
        changed: int = cursor.rowcount
        cursor.execute("DROP TABLE foreseen_given")
    stale = CustomerActivity._base_manager.filter(
        customer__in=plan.covered(pool).values("pk"), recycle_on__isnull=False
    )
    gone = [key for key in stale.values_list("pk", flat=True) if key not in days]
    return changed + CustomerActivity._base_manager.filter(pk__in=gone).update(recycle_on=None, warned=None)


def _warn(soon: Sequence[plan.Planned], on: dt.date) -> int:
    """Tell owners which of their customers go in 7, 3 and 1 days: one message per owner and night."""
    by_owner: dict[int, list[plan.Planned]] = defaultdict(list)
    for each in soon:
        left = (each.goes_on - on).days
        level = next((step for step in plan.WARN if left <= step), None)
        told = each.warned if each.stored == each.goes_on else None  # another day is told anew
        if left >= 1 and level is not None and (told is None or told > level):
            by_owner[each.owner_id].append(each)
    owners = User.objects.in_bulk(by_owner)
    return sum(_tell(owners[key], found, on) for key, found in sorted(by_owner.items()))


def _tell(owner: User, found: Sequence[plan.Planned], on: dt.date) -> int:
    """The mark and the message are one transaction: whoever was told is not told again."""
    with transaction.atomic():
        rows = CustomerActivity._base_manager.filter(pk__in=[each.customer_id for each in found])
        stored = {row.pk: row for row in rows.order_by("pk").select_for_update(of=("self",))}
        told = []
        for each in found:
            level = next(step for step in plan.WARN if (each.goes_on - on).days <= step)
            row = stored.get(each.customer_id)
            if row is None or row.recycle_on != each.goes_on or (row.warned is not None and row.warned <= level):
                continue
            row.warned = level
            told.append(row)
        for level in plan.WARN:
            keys = [row.pk for row in told if row.warned == level]
            CustomerActivity._base_manager.filter(pk__in=keys).update(warned=level)
        if told:
            names = dict(Customer._base_manager.filter(pk__in=[row.pk for row in told]).values_list("pk", "name"))
            first = min(row.recycle_on for row in told if row.recycle_on is not None)
            listed = enumerated(names[row.pk] for row in told[:NAMED]) + ("…" if len(told) > NAMED else "")
            notify(
                recipients=[owner],
                kind="pool.warning",
                title=lambda: (
                    ngettext(
                        "%(n)d of your customers goes into the pool, the first on %(day)s",
                        "%(n)d of your customers go into the pool, the first on %(day)s",
                        len(told),
                    )
                    % {"n": len(told), "day": first.isoformat()}
                ),
                text=listed,
                url=reverse("customers:pool_warnings"),
            )
    return len(told)


def _take(pool: CustomerPool, on: dt.date) -> int:
    """Take what the plan of this night says. Chunk by chunk it is asked again under the customers' locks: who got another owner,
    a contact or an order in between stays."""
    wanted = plan.night(pool, on)
    taken = 0
    for start in range(0, len(wanted), CHUNK):
        some = wanted[start : start + CHUNK]
        with transaction.atomic():
            locked = {row.pk: row for row in lock_customers(Q(pk__in=[each.customer_id for each in some]))}
            still: dict[int, plan.Planned] = {}
            for rule in {each.rule.pk: each.rule for each in some}.values():
                keys = [each.customer_id for each in some if each.rule == rule]
                still |= {each.customer_id: each for each in plan.planned(rule, on, keys=keys)}
            going = [(locked[key], each.reason) for key, each in sorted(still.items()) if key in locked]
            owners = defaultdict(list)
            for customer, _reason in going:
                owners[customer.owner_id].append(customer)
            taken += put_in(pool, going)
            for owner in User.objects.filter(pk__in=list(owners)).order_by("pk"):
                _tell_taken(owner, owners[owner.pk])
    return taken


def _tell_taken(owner: User, customers: Sequence[Customer]) -> None:
    notify(
        recipients=[owner],
        kind="pool.taken",
        title=lambda: (
            ngettext(
                "%(n)d of your customers went into the pool",
                "%(n)d of your customers went into the pool",
                len(customers),
            )
            % {"n": len(customers)}
        ),
        text=enumerated(customer.name for customer in customers[:NAMED]) + ("…" if len(customers) > NAMED else ""),
        url=reverse("customers:poolentry_list"),
    )
