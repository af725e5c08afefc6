"""Locks, in one place and one order: advisory before row, rows by primary key."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import TypeVar

from django.db import connection, models, transaction

M = TypeVar("M", bound=models.Model)


class AdvisoryLock(IntEnum):
    """The name spaces of advisory locks; the second key is the row's id."""

    SYNC = 1
    IMPORT = 2
    KPI = 3
    DEMO = 4
    EXPORT = 9
    PERSONAL = 18
    BULK = 10
    EXTRA_INDEXES = 22
    MERGE_CHOICE = 23
    JOB = 24
    CUSTOMER_GROUPS = 25
    GRADES = 31
    RECYCLE = 32
    OUTBOX = 40
    EXTERNAL_KEY = 41
    WEBHOOK = 42
    DOCUMENT_LINKS = 43


class LockTaken(RuntimeError):
    """Somebody else holds the lock."""


@contextmanager
def session_lock(kind: AdvisoryLock, key: int = 0) -> Iterator[None]:
    """Hold a lock over several transactions (a sync, an import); LockTaken when another process has it.

    PostgreSQL frees it when the connection ends, so a killed worker blocks nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [int(kind), key])
        if not cursor.fetchone()[0]:
            raise LockTaken(kind.name)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [int(kind), key])


def hold(kind: AdvisoryLock, key: int) -> bool:
    """Hold a lock as session_lock does, until `let_go` or the end of the connection; False when another process has it."""
    if _held(kind, key, by_me=True):
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [int(kind), key])
        return bool(cursor.fetchone()[0])


def let_go(kind: AdvisoryLock, key: int) -> None:
    """Free a lock that this connection holds; no harm when it does not."""
    if _held(kind, key, by_me=True):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [int(kind), key])


def is_held(kind: AdvisoryLock, key: int) -> bool:
    """Whether any process holds the lock at this moment."""
    return _held(kind, key)


def _held(kind: AdvisoryLock, key: int, *, by_me: bool = False) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s AND objid = %s"
            " AND objsubid = 2 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND (pid = pg_backend_pid() OR NOT %s))",
            [int(kind), key, by_me],
        )
        return bool(cursor.fetchone()[0])


def lock_row(queryset: models.QuerySet[M], pk: object) -> M:
    """The row, locked until the transaction ends. Raises DoesNotExist, and TransactionManagementError outside a transaction."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("lock_row needs a transaction")
    return queryset.order_by("pk").select_for_update(of=("self",)).get(pk=pk)


def transaction_lock(kind: AdvisoryLock, key: int = 0) -> None:
    """Wait for the lock and hold it until the transaction ends, for what only one may change at a time."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("transaction_lock needs a transaction")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [int(kind), key])


def transaction_locks(kind: AdvisoryLock, keys: Iterable[int]) -> None:
    """Wait for all these locks as transaction_lock does, in one query and, for everybody, in the same order."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("transaction_locks needs a transaction")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, k) FROM unnest(%s::int[]) AS k", [int(kind), sorted(set(keys))]
        )
