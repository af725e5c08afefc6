"""Computes the key figures of customers from orders, invoices and receivables; customers/domain stores them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Max, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from analytics.domain.contributions import refresh_contributions
from analytics.domain.courses import refresh_courses
from analytics.engine.reader import COMPANY
from analytics.models import Refresh
from crm.periods import add_months, month_start
from customers.domain.figures import FiguresRow, store_figures
from customers.domain.wallet.figures import refresh_wallets
from customers.models import Customer
from orders.models import Invoice, InvoiceLine, Receivable, SalesOrder, SalesOrderLine, Shipment

MONTHS = 12
MANY = 5000  # customers from which on it is quicker to do all
MARGIN = dt.timedelta(minutes=15)  # a page's rows carry the time it was read, which is before they are stored
MARK = "customer_figures"  # in Refresh: when these figures were last brought up to date
_NIL = Decimal(0)


@dataclass
class _Account:
    sales: dict[dt.date, Decimal] = field(default_factory=dict)
    volume: Decimal = _NIL
    receivable: Decimal = _NIL
    overdue: Decimal = _NIL
    last_order_on: dt.date | None = None


def refresh_figures(*, customer_ids: Iterable[int] | None = None, today: dt.date | None = None) -> int:
    """Bring the key figures of these customers (None: all) up to date, with their months, share of wallet and contribution;
    return how many of them have other key figures."""
    day = today or timezone.localdate()
    ids = None if customer_ids is None else sorted(set(customer_ids))
    accounts: dict[int, _Account] = defaultdict(_Account)
    _sales(accounts, ids, day)
    _items(accounts, ids, day)
    _orders(accounts, ids)
    found = Customer.objects.visible_to(COMPANY).order_by()
    customers = list((found if ids is None else found.filter(pk__in=ids)).values_list("pk", flat=True))
    changed = store_figures(_rows(accounts, customers, day), refreshed_at=timezone.now())
    refresh_courses(sorted(customers), today=day)
    refresh_wallets(ids, today=day)
    refresh_contributions(customer_ids=ids, today=day)
    return changed


def refresh_changed(*, today: dt.date | None = None) -> int:
    """Bring the figures of those customers up to date whose documents were read from the ERP since the last time; all of them
    in a new month, or when they are many. Return how many changed.
    """
    day, started = today or timezone.localdate(), timezone.now()
    mark = Refresh.objects.filter(fact=MARK, month=month_start(day)).first()
    ids = None if mark is None or mark.summed_at is None else _touched_since(mark.summed_at - MARGIN)
    changed = refresh_figures(customer_ids=ids if ids is None or len(ids) <= MANY else None, today=day)
    Refresh.objects.update_or_create(fact=MARK, month=month_start(day), defaults={"summed_at": started})
    return changed


def _touched_since(moment: dt.datetime) -> set[int]:
    ids: set[int] = set()
    since = Q(read_at__gte=moment) | Q(gone_at__gte=moment)
    for model in (SalesOrder, Shipment, Invoice, Receivable):
        ids.update(_of(model.objects, None).filter(since).values_list("customer_id", flat=True).distinct())
    return ids


def _of(queryset: Any, ids: list[int] | None) -> QuerySet:
    rows = queryset.visible_to(COMPANY)
    return (rows if ids is None else rows.filter(customer_id__in=ids)).order_by()


def _sales(accounts: dict[int, _Account], ids: list[int] | None, today: dt.date) -> None:
    """Invoiced net by month over two years, and the volume of the last."""
    this_year, since = add_months(today, 1 - MONTHS), add_months(today, 1 - 2 * MONTHS)
    lines = _of(InvoiceLine.objects.real(), ids).filter(invoiced_on__gte=since, invoiced_on__lt=add_months(today, 1))
    by_month = lines.values_list("customer_id", TruncMonth("invoiced_on")).annotate(Sum("net_base"))
    for customer, month, net in by_month.iterator(chunk_size=20_000):
        accounts[customer].sales[month] = net
    this_year_s: Any = lines.filter(invoiced_on__gte=this_year)
    volume = this_year_s.by_weight().values_list("customer_id").annotate(Sum("quantity_base"))
    for customer, weight in volume.iterator(chunk_size=20_000):
        accounts[customer].volume = weight


def _items(accounts: dict[int, _Account], ids: list[int] | None, today: dt.date) -> None:
    """Open items, and those of them overdue, as of today."""
    for customer, amount in (
        _of(Receivable.objects.open_at(today), ids).values_list("customer_id").annotate(Sum("amount_base"))
    ):
        accounts[customer].receivable = amount
    for customer, amount in (
        _of(Receivable.objects.overdue_at(today), ids).values_list("customer_id").annotate(Sum("amount_base"))
    ):
        accounts[customer].overdue = amount


def _orders(accounts: dict[int, _Account], ids: list[int] | None) -> None:
    for customer, day in (
        _of(SalesOrderLine.objects.valid(), ids).values_list("customer_id").annotate(Max("ordered_on"))
    ):
        accounts[customer].last_order_on = day


def _rows(accounts: dict[int, _Account], customers: list[int], today: dt.date) -> Iterator[FiguresRow]:
    """A row for every customer: one without business has zeros, so that lists can be sorted by figures."""
    months = [add_months(month_start(today), back - 2 * MONTHS + 1) for back in range(2 * MONTHS)]
    for customer in customers:
        account = accounts.get(customer) or _Account()
        sales = [account.sales.get(month, _NIL) for month in months]
        yield FiguresRow(
            customer_id=customer,
            sales_12m=sum(sales[MONTHS:], _NIL),
            sales_12m_before=sum(sales[:MONTHS], _NIL),
            sales_by_month=tuple(sales[MONTHS:]),
            volume_12m_kg=account.volume,
            receivable=account.receivable,
            overdue=account.overdue,
            last_order_on=account.last_order_on,
        )
