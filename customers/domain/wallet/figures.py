"""Brings the stored shares of wallet up to date; set-based, as it is done for all customers at night."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from customers.domain.wallet.volumes import shipped, year_before
from customers.models import Customer, CustomerDemand, CustomerFigures

_FIGURES = CustomerFigures._meta.db_table
_CUSTOMERS = Customer._meta.db_table


def share_of(demand: Decimal, ours: Decimal) -> Decimal:
    """Our part of a demand in per cent, 100 at most: a demand that was stated too low makes no share above it."""
    return min(ours * 100 / demand, Decimal(100)).quantize(Decimal("0.01"))


def wallets(keys: Sequence[int] | None, day: dt.date) -> dict[int, tuple[Decimal, Decimal]]:
    """The demand per year stated for that day and our part in per cent, of each customer that has a statement.

    Of every product line no more than its demand counts as ours.
    """
    rows = CustomerDemand.objects.valid_on(day).order_by()
    if keys is not None:
        rows = rows.filter(customer__in=keys)
    stated = list(rows.values_list("customer_id", "product_line_id", "kg_per_year"))
    if not stated:
        return {}
    ours = shipped(keys, year_before(day), day)
    demand: dict[int, Decimal] = defaultdict(Decimal)
    part: dict[int, Decimal] = defaultdict(Decimal)
    for customer, line, kg in stated:
        demand[customer] += kg
        part[customer] += min(max(ours.get((customer, line), Decimal(0)), Decimal(0)), kg)
    return {customer: (kg, share_of(kg, part[customer])) for customer, kg in demand.items()}


def refresh_wallets(keys: Sequence[int] | None = None, *, today: dt.date | None = None) -> None:
    """Store the shares of these customers (None: of all), and the yearly demand that follows from their statements.

    A customer without a statement for today has no share, and keeps the demand that was typed.
    """
    found = wallets(keys, today or timezone.localdate())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE wallets_given (id bigint, demand numeric, share numeric) ON COMMIT DROP")
        with cursor.cursor.copy("COPY wallets_given FROM STDIN") as copy:
            for customer, (demand, share) in found.items():
                copy.write_row((customer, demand, share))
        _store(cursor, None if keys is None else list(keys))
        cursor.execute("DROP TABLE wallets_given")


def _store(cursor: Any, keys: Sequence[int] | None) -> None:
    mine, given = ("", []) if keys is None else (" AND f.customer_id = ANY(%s)", [list(keys)])
    run = cursor.execute
    run("ANALYZE wallets_given")
    run(
        f"UPDATE {_FIGURES} f SET share_of_wallet = w.share FROM wallets_given w"  # noqa: S608 -- our own names
        " WHERE w.id = f.customer_id AND f.share_of_wallet IS DISTINCT FROM w.share"
    )
    run(
        f"UPDATE {_FIGURES} f SET share_of_wallet = NULL WHERE share_of_wallet IS NOT NULL"  # noqa: S608 -- our own names
        f" AND NOT EXISTS (SELECT 1 FROM wallets_given w WHERE w.id = f.customer_id){mine}",
        given,
    )
    run(
        f"UPDATE {_CUSTOMERS} c SET annual_demand_kg = w.demand, version = version + 1, updated_at = now()"  # noqa: S608
        " FROM wallets_given w WHERE w.id = c.id AND c.annual_demand_kg IS DISTINCT FROM w.demand"
    )


def stored_shares(keys: Sequence[int] | None, on: dt.date) -> Mapping[int, Decimal]:
    """The stored share of wallet, as a measure of customers."""
    rows = CustomerFigures.objects.filter(share_of_wallet__isnull=False)
    if keys is not None:
        rows = rows.filter(customer__in=keys)
    found = rows.order_by().values_list("customer_id", "share_of_wallet")
    return {customer: share for customer, share in found if share is not None}
