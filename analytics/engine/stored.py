"""Reads stored sums. A month's members lie in one row; they are taken apart in the database, and only those wanted leave it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from analytics.models import Cell

_CELLS = "c.measure = ANY(%s) AND c.dimension = ANY(%s) AND c.month = ANY(%s)"
_FROM = f"FROM {Cell._meta.db_table} c, unnest(c.members, c.sums) AS u(member, value) WHERE {_CELLS}"
# A few members are looked up in their places: taking a month's arrays apart for them would make a row of every other member.
_LOOKED_UP = (
    f"FROM {Cell._meta.db_table} c, unnest(%s::bigint[]) AS w(member),"
    " LATERAL (SELECT w.member, c.sums[array_position(c.members, w.member)] AS value) u"
    f" WHERE {_CELLS} AND u.value IS NOT NULL"
)
_FEW = 10


@dataclass(frozen=True)
class Shelf:
    """Where stored sums lie that answer a question, and which members of them (None: all).

    A place is a dimension ("" is the total) or a dimension within a business unit; several of them are added up.
    """

    places: tuple[str, ...]
    members: tuple[int, ...] | None


def sums(measures: list[str], shelf: Shelf, months: Iterable[dt.date]) -> list[tuple[str, dt.date, int, Decimal]]:
    """Measure, month, member, sum."""
    condition, params = _where(measures, shelf, months)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT c.measure, c.month, u.member, u.value {condition}", params)
        return cursor.fetchall()


def largest(
    measure: str, shelf: Shelf, months: Iterable[dt.date], count: int
) -> tuple[list[tuple[int, Decimal]], Decimal]:
    """The members with the largest sums over these months, and the sum of all."""
    condition, params = _where([measure], shelf, months)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT member, total, sum(total) OVER () FROM"  # noqa: S608 -- our own names
            f" (SELECT u.member, sum(u.value) AS total {condition} GROUP BY 1) t"
            " ORDER BY total DESC, member LIMIT %s",
            [*params, count],
        )
        rows = cursor.fetchall()
    return [(member, total) for member, total, _whole in rows], rows[0][2] if rows else Decimal(0)


def _where(measures: list[str], shelf: Shelf, months: Iterable[dt.date]) -> tuple[str, list[Any]]:
    params: list[Any] = [measures, list(shelf.places), sorted(set(months))]
    if shelf.members is None:
        return _FROM, params
    if len(shelf.members) <= _FEW:
        return _LOOKED_UP, [list(shelf.members), *params]
    return f"{_FROM} AND u.member = ANY(%s)", [*params, list(shelf.members)]
