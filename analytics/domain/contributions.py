"""Computes what customers contribute from invoices, costs, shipments, complaints and receivables; customers/domain stores it.

docs/contribution.md says what counts. Every sum is one query over all customers asked for, two years long.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from analytics.engine.reader import COMPANY
from crm.catalogue.domain.costs import base_costs
from crm.periods import add_months
from customers.domain.contribution import ContributionRow, rate_on, store_contributions
from customers.models import ContributionRate, Customer, CustomerFigures
from orders.enums import InvoiceKind, ReceivableKind
from orders.models import Invoice, InvoiceLine, Receivable, Shipment
from service.models import Complaint

QUARTERS = 8
_NIL = Decimal(0)
_CENT = Decimal("0.01")
_LINES, _INVOICES = InvoiceLine._meta.db_table, Invoice._meta.db_table
_COUNTED = [InvoiceKind.INVOICE, InvoiceKind.DEBIT_MEMO, InvoiceKind.CANCELLATION]


@dataclass
class _Year:
    """One span of 12 months."""

    rebates: Decimal = _NIL
    complaints: Decimal = _NIL
    shipments: int = 0
    owed_days: Decimal = _NIL  # amounts times the days they were open


@dataclass
class _Account:
    sales: list[Decimal] = field(default_factory=lambda: [_NIL] * QUARTERS)
    covered: list[Decimal] = field(default_factory=lambda: [_NIL] * QUARTERS)
    cost: list[Decimal] = field(default_factory=lambda: [_NIL] * QUARTERS)
    years: tuple[_Year, _Year] = field(default_factory=lambda: (_Year(), _Year()))  # before, now
    days_late: Decimal | None = None


Accounts = dict[int, _Account]


def refresh_contributions(*, customer_ids: Iterable[int] | None = None, today: dt.date | None = None) -> int:
    """Bring the contributions of these customers (None: all) up to date; return how many there are."""
    day = today or timezone.localdate()
    ids = None if customer_ids is None else sorted(set(customer_ids))
    accounts: Accounts = defaultdict(_Account)
    _sales(accounts, ids, day)
    _credit_notes(accounts, ids, day)
    _serving(accounts, ids, day)
    _owed(accounts, ids, day)
    _payments(accounts, ids, day)
    found = Customer.objects.visible_to(COMPANY).order_by()
    customers = list((found if ids is None else found.filter(pk__in=ids)).values_list("pk", flat=True))
    owed = CustomerFigures.objects.visible_to(COMPANY).filter(receivable__gt=0)
    overdue = {
        customer: max(late, _NIL) * 100 / receivable
        for customer, late, receivable in owed.values_list("customer_id", "overdue", "receivable")
    }
    rows = _rows(accounts, customers, overdue, rate_on(day))
    store_contributions(rows, refreshed_at=timezone.now())
    return len(customers)


def window(day: dt.date) -> tuple[dt.date, dt.date, dt.date]:
    """The first day of the year before, of the 12 months up to this one, and the first day after them."""
    return add_months(day, -23), add_months(day, -11), add_months(day, 1)


def _of(queryset: Any, ids: list[int] | None) -> Any:
    rows = queryset.visible_to(COMPANY)
    return (rows if ids is None else rows.filter(customer_id__in=ids)).order_by()


def _sales(accounts: Accounts, ids: list[int] | None, day: dt.date) -> None:
    """Sales, those with a known cost, and that cost, by quarter. Credit notes, and what cancels them, are left out: they take no
    goods back."""
    since, _year, until = window(day)
    narrowed = "" if ids is None else " AND l.customer_id = ANY(%s)"
    months = "((extract(year from l.invoiced_on) - %s) * 12 + extract(month from l.invoiced_on) - %s)::int / 3"
    costs = base_costs(day)  # before the COPY, which leaves no room for another query on its connection
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE costs_given (product_id bigint, starts date, ends date, amount numeric) ON COMMIT DROP"
        )
        with cursor.cursor.copy("COPY costs_given FROM STDIN") as copy:
            for cost in costs:
                copy.write_row((cost.product_id, cost.starts_on, cost.ends_before, cost.amount))
        cursor.execute("ANALYZE costs_given")
        cursor.execute(
            f"SELECT l.customer_id, {months} AS quarter, sum(l.net_base),"  # noqa: S608 -- our own names
            " coalesce(sum(l.net_base) FILTER (WHERE c.amount IS NOT NULL), 0),"
            " coalesce(sum(l.quantity_base * c.amount), 0)"
            f" FROM {_LINES} l JOIN {_INVOICES} i ON i.id = l.invoice_id"
            " LEFT JOIN costs_given c ON c.product_id = l.product_id AND l.invoiced_on >= c.starts"
            " AND (c.ends IS NULL OR l.invoiced_on < c.ends)"
            " WHERE l.invoiced_on >= %s AND l.invoiced_on < %s AND i.kind = ANY(%s) AND i.gone_at IS NULL"
            f" AND NOT (i.kind = '{InvoiceKind.CANCELLATION}' AND i.net_base > 0)"  # of a credit memo
            f"{narrowed} GROUP BY 1, 2",
            [since.year, since.month, since, until, [str(kind) for kind in _COUNTED], *([] if ids is None else [ids])],
        )
        for customer, quarter, sales, covered, cost in cursor:
            account = accounts[customer]
            account.sales[quarter], account.covered[quarter], account.cost[quarter] = sales, covered, cost
        cursor.execute("DROP TABLE costs_given")


def _by_year(field: str, day: dt.date, value: Any) -> dict[str, Any]:
    """The sum over the year before and over the last 12 months."""
    since, year, until = window(day)
    return {
        "before": value(Q(**{f"{field}__gte": since, f"{field}__lt": year})),
        "now": value(Q(**{f"{field}__gte": year, f"{field}__lt": until})),
    }


def _credit_notes(accounts: Accounts, ids: list[int] | None, day: dt.date) -> None:
    cancelled = Q(invoice__kind=InvoiceKind.CANCELLATION, invoice__net_base__gt=0)
    lines = _of(InvoiceLine.objects.real(), ids).filter(Q(invoice__kind=InvoiceKind.CREDIT_MEMO) | cancelled)
    sums = _by_year("invoiced_on", day, lambda when: Sum("net_base", filter=when, default=0))
    for customer, before, now in _summed(lines.filter(invoiced_on__gte=window(day)[0]), sums):
        years = accounts[customer].years
        years[0].rebates, years[1].rebates = -before, -now


def _serving(accounts: Accounts, ids: list[int] | None, day: dt.date) -> None:
    """Shipments that left, and losses by complaints."""
    left = _of(Shipment.objects, ids).filter(gone_at__isnull=True, shipped_on__gte=window(day)[0])
    sums = _by_year("shipped_on", day, lambda when: Count("pk", filter=when))
    for customer, before, now in _summed(left, sums):
        years = accounts[customer].years
        years[0].shipments, years[1].shipments = before, now
    losses = _of(Complaint.objects, ids).filter(received_on__gte=window(day)[0], loss_base__gt=0)
    sums = _by_year("received_on", day, lambda when: Sum("loss_base", filter=when, default=0))
    for customer, before, now in _summed(losses, sums):
        years = accounts[customer].years
        years[0].complaints, years[1].complaints = before, now


def _summed(rows: Any, sums: dict[str, Any]) -> Iterator[tuple[int, Any, Any]]:
    yield from rows.values_list("customer_id").annotate(**sums).iterator(chunk_size=20_000)


def _owed(accounts: Accounts, ids: list[int] | None, day: dt.date) -> None:
    """Every item of the account times the days it was open within each span, payments against it."""
    since, year, _until = window(day)
    table = Receivable._meta.db_table
    narrowed = "" if ids is None else " AND customer_id = ANY(%s)"
    days = "greatest(least(coalesce(cleared_on, %s), %s) - greatest(posted_on, %s), 0)"
    spans = [day, year, since, day, day, year]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT customer_id, sum(amount_base * {days}), sum(amount_base * {days}) FROM {table}"  # noqa: S608 -- our own names
            f" WHERE gone_at IS NULL AND posted_on <= %s AND (cleared_on IS NULL OR cleared_on > %s){narrowed} GROUP BY 1",
            [*spans, day, since, *([] if ids is None else [ids])],
        )
        for customer, before, now in cursor:
            years = accounts[customer].years
            years[0].owed_days, years[1].owed_days = before, now


def _payments(accounts: Accounts, ids: list[int] | None, day: dt.date) -> None:
    """How many days after they were due the claims of 12 months were paid, weighed by their amounts; early is no days."""
    claims = _of(Receivable.objects, ids).filter(
        kind=ReceivableKind.INVOICE,
        gone_at__isnull=True,
        amount_base__gt=0,
        due_on__isnull=False,
        cleared_on__gte=window(day)[1],
        cleared_on__lte=day,
    )
    late = claims.values_list("customer_id", "amount_base", "due_on", "cleared_on")
    weighed: dict[int, list[Decimal]] = defaultdict(lambda: [_NIL, _NIL])
    for customer, amount, due, cleared in late.iterator(chunk_size=20_000):
        sums = weighed[customer]
        sums[0] += amount
        sums[1] += amount * max((cleared - due).days, 0)
    for customer, (amount, days) in weighed.items():
        accounts[customer].days_late = days / amount


def _rows(
    accounts: Accounts, customers: list[int], overdue: dict[int, Decimal], rate: ContributionRate | None
) -> Iterator[ContributionRow]:
    per_shipment = rate.per_shipment if rate else _NIL
    capital = rate.capital_percent / 100 if rate else _NIL
    for customer in customers:
        yield _row(customer, accounts.get(customer) or _Account(), overdue.get(customer), per_shipment, capital)


def _row(
    customer: int, account: _Account, overdue: Decimal | None, per_shipment: Decimal, capital: Decimal
) -> ContributionRow:
    before, now = account.years
    shipping_before, capital_before = _served(before, per_shipment, capital)
    shipping_now, capital_now = _served(now, per_shipment, capital)
    covered, cost = _rounded(sum(account.covered[4:])), _rounded(sum(account.cost[4:]))
    covered_before, cost_before = _rounded(sum(account.covered[:4])), _rounded(sum(account.cost[:4]))
    result = covered - cost - now.rebates - now.complaints - shipping_now - capital_now if covered > 0 else None
    result_before = (
        covered_before - cost_before - before.rebates - before.complaints - shipping_before - capital_before
        if covered_before > 0
        else None
    )
    return ContributionRow(
        customer_id=customer,
        sales=_rounded(sum(account.sales[4:])),
        rebates=now.rebates,
        complaint_cost=now.complaints,
        shipments=now.shipments,
        shipping_cost=shipping_now,
        capital_cost=capital_now,
        overdue_percent=_bounded(overdue, _CENT),
        days_late=_bounded(account.days_late, Decimal("0.1")),
        covered_sales=covered,
        cost=cost,
        contribution=result,
        contribution_percent=None if result is None else _bounded(result * 100 / covered, _CENT),
        contribution_before=result_before,
        sales_before=_rounded(sum(account.sales[:4])),
        sales_by_quarter=[_rounded(amount) for amount in account.sales],
        margin_by_quarter=[_rounded(a - b) for a, b in zip(account.covered, account.cost, strict=True)],
    )


def _served(year: _Year, per_shipment: Decimal, capital: Decimal) -> tuple[Decimal, Decimal]:
    """The cost of a year's shipments, and of the capital that lay in receivables."""
    return _rounded(year.shipments * per_shipment), _rounded(max(year.owed_days, _NIL) * capital / 365)


def _rounded(amount: Any) -> Decimal:
    return Decimal(amount).quantize(_CENT)


def _bounded(value: Decimal | None, step: Decimal) -> Decimal | None:
    """The value within what its column holds: a share of next to nothing can be beyond all bounds."""
    return None if value is None else min(max(value, Decimal(-99_999)), Decimal(99_999)).quantize(step)
