"""Rates of serving customers, and storing what customers contribute; whoever knows invoices computes it."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection, transaction

from crm.base.saving import change_record, create_record
from crm.models import User
from customers.models import ContributionRate, Customer, CustomerContribution

_TABLE = CustomerContribution._meta.db_table
_CUSTOMERS = Customer._meta.db_table


class ContributionRow(NamedTuple):
    """A customer's contribution in base currency; the fields are those of CustomerContribution."""

    customer_id: int
    sales: Decimal
    rebates: Decimal
    complaint_cost: Decimal
    shipments: int
    shipping_cost: Decimal
    capital_cost: Decimal
    overdue_percent: Decimal | None
    days_late: Decimal | None
    covered_sales: Decimal
    cost: Decimal
    contribution: Decimal | None
    contribution_percent: Decimal | None
    contribution_before: Decimal | None
    sales_before: Decimal
    sales_by_quarter: list[Decimal]
    margin_by_quarter: list[Decimal]


def create_rate(*, actor: User, **values: Any) -> ContributionRate:
    """Rates from a day on. Raises DomainError for a day that has some."""
    return create_record(ContributionRate(**values))


def update_rate(
    *, instance: ContributionRate, expected_version: int | None, actor: User, **values: Any
) -> ContributionRate:
    """Correct rates. Raises StaleVersion and DomainError."""
    return change_record(instance, expected_version=expected_version, values=values)


def rate_on(day: dt.date) -> ContributionRate | None:
    """The rates that hold on that day; None when none were set."""
    return ContributionRate.objects.filter(starts_on__lte=day).order_by("-starts_on").first()


def store_contributions(rows: Iterable[ContributionRow], *, refreshed_at: dt.datetime) -> None:
    """Write contributions over the stored ones, in one transaction. Customers that are gone by now are left out.

    `rows` are taken while a COPY runs, so making them must not ask the database.
    """
    names = ContributionRow._fields
    columns, values = ", ".join(names), [name for name in names if name != "customer_id"]
    sets = ", ".join(f"{name} = excluded.{name}" for name in values)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE contributions_given ON COMMIT DROP AS SELECT {columns} FROM {_TABLE} WITH NO DATA"  # noqa: S608 -- our own names
        )
        with cursor.cursor.copy(f"COPY contributions_given ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            f"INSERT INTO {_TABLE} ({columns}, refreshed_at)"  # noqa: S608 -- our own names
            f" SELECT {', '.join(f'g.{name}' for name in names)}, %s FROM contributions_given g"
            f" JOIN {_CUSTOMERS} c ON c.id = g.customer_id"
            f" ON CONFLICT (customer_id) DO UPDATE SET {sets}, refreshed_at = excluded.refreshed_at",
            [refreshed_at],
        )
        cursor.execute("DROP TABLE contributions_given")
