"""What orders, invoices and receivables say about customers, for grading and policies. Each is one grouped query.

A year is the 365 days that end on the day asked about, and every figure is as of that day's end.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Min, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from crm.periods import add_months
from customers.extension_points import CustomerMeasure
from orders.models import InvoiceLine, Receivable, SalesOrderLine

YEAR = dt.timedelta(days=365)
MONTHS = 12
Keys = Sequence[int] | None
Values = Mapping[int, Decimal]
_PAGE = 20_000


def _of(rows: Any, keys: Keys) -> Any:
    """Of these customers; in no order."""
    return (rows if keys is None else rows.filter(customer_id__in=keys)).order_by()


def _grouped(rows: Any, **sums: Any) -> Iterable[tuple[Any, ...]]:
    """The customer and the sums, a row for each customer."""
    found = rows.values("customer_id").annotate(**sums).values_list("customer_id", *sums)
    return found.iterator(chunk_size=_PAGE)  # type: ignore[no-any-return]


def _invoiced(keys: Keys, on: dt.date, years: int = 1) -> Any:
    return _of(InvoiceLine.objects.real().filter(invoiced_on__gt=on - years * YEAR, invoiced_on__lte=on), keys)


def sales(keys: Keys, on: dt.date) -> Values:
    """Invoiced net of a year."""
    return dict(_grouped(_invoiced(keys, on), sum=Sum("net_base")))  # type: ignore[arg-type]


def volume(keys: Keys, on: dt.date) -> Values:
    """Invoiced weight of a year."""
    return dict(_grouped(_invoiced(keys, on).by_weight(), sum=Sum("quantity_base")))  # type: ignore[arg-type]


def growth(keys: Keys, on: dt.date) -> Values:
    """The sales of a year against those of the year before; none without sales before."""
    this_year = Q(invoiced_on__gt=on - YEAR)
    rows = _grouped(
        _invoiced(keys, on, years=2),
        now=Sum("net_base", filter=this_year, default=Decimal(0)),
        before=Sum("net_base", filter=~this_year, default=Decimal(0)),
    )
    return {pk: (now - before) * 100 / before for pk, now, before in rows if before > 0}


def _claims(keys: Keys, on: dt.date) -> Any:
    """Claims that were posted within the year or are still open."""
    is_open = Q(cleared_on__isnull=True) | Q(cleared_on__gt=on)
    rows = Receivable.objects.filter(posted_on__lte=on, gone_at__isnull=True, amount_base__gt=0)
    return _of(rows.filter(is_open | Q(posted_on__gt=on - YEAR)), keys), is_open


def overdue_share(keys: Keys, on: dt.date) -> Values:
    """How much of the open claims is overdue; 0 for who paid all."""
    rows, is_open = _claims(keys, on)
    found = _grouped(
        rows,
        open=Sum("amount_base", filter=is_open, default=Decimal(0)),
        late=Sum("amount_base", filter=is_open & Q(due_on__lt=on), default=Decimal(0)),
    )
    return {pk: late * 100 / claims if claims else Decimal(0) for pk, claims, late in found}


def overdue_days(keys: Keys, on: dt.date) -> Values:
    """For how long the oldest open claim is overdue; 0 for none."""
    rows, is_open = _claims(keys, on)
    found = _grouped(rows, oldest=Min("due_on", filter=is_open & Q(due_on__lt=on)))
    return {pk: Decimal((on - oldest).days if oldest else 0) for pk, oldest in found}


def days_outstanding(keys: Keys, on: dt.date) -> Values:
    """Open claims in days of a year's claims (DSO)."""
    rows, is_open = _claims(keys, on)
    found = _grouped(
        rows,
        open=Sum("amount_base", filter=is_open, default=Decimal(0)),
        year=Sum("amount_base", filter=Q(posted_on__gt=on - YEAR), default=Decimal(0)),
    )
    return {pk: claims * 365 / year for pk, claims, year in found if year > 0}


def _ordered(keys: Keys, on: dt.date) -> Any:
    return _of(SalesOrderLine.objects.valid().filter(ordered_on__lte=on), keys)


def regularity(keys: Keys, on: dt.date) -> Values:
    """In how many of the last twelve calendar months the customer ordered."""
    rows = _ordered(keys, on).filter(ordered_on__gte=add_months(on, 1 - MONTHS))
    found = _grouped(rows, months=Count(TruncMonth("ordered_on"), distinct=True))
    return {pk: Decimal(months * 100) / MONTHS for pk, months in found}


def days_since_order(keys: Keys, on: dt.date) -> Values:
    """Since the last order."""
    return {pk: Decimal((on - last).days) for pk, last in _grouped(_ordered(keys, on), last=Max("ordered_on"))}


def days_as_customer(keys: Keys, on: dt.date) -> Values:
    """Since the first invoice."""
    rows = _of(InvoiceLine.objects.real().filter(invoiced_on__lte=on), keys)
    return {pk: Decimal((on - first).days) for pk, first in _grouped(rows, first=Min("invoiced_on"))}


def credit_use(keys: Keys, on: dt.date) -> Values:
    """Open items in per cent of the credit limit; none without a limit."""
    rows = _of(Receivable.objects.open_at(on).filter(customer__credit_limit__gt=0), keys)
    found = _grouped(rows, share=Sum("amount_base") * 100 / F("customer__credit_limit"))
    return {pk: max(share, Decimal(0)) for pk, share in found}


def _measure(
    key: str, label: Any, unit: str, compute: Callable[[Keys, dt.date], Values], order: int, **more: Any
) -> Any:
    return CustomerMeasure(key, label, unit, compute, order=order, **more)


MEASURES: tuple[CustomerMeasure, ...] = (
    _measure("sales_12m", _("Sales, 12 months"), "money", sales, 10),
    _measure("volume_12m", _("Volume, 12 months"), "kg", volume, 20),
    _measure("sales_growth", _("Growth of sales"), "percent", growth, 30),
    _measure("order_regularity", _("Months with orders, of 12"), "percent", regularity, 40),
    _measure("overdue_share", _("Overdue share of receivables"), "percent", overdue_share, 50, higher_is_better=False),
    _measure(
        "overdue_days", _("Longest overdue"), "days", overdue_days, 60, higher_is_better=False, promised=True
    ),
    _measure("dso", _("Days sales outstanding"), "days", days_outstanding, 70, higher_is_better=False, promised=True),
    _measure(
        "credit_use", _("Credit limit used"), "percent", credit_use, 80, higher_is_better=False, promised=True
    ),
    _measure(
        "days_since_order", _("Days since the last order"), "days", days_since_order, 90,
        higher_is_better=False, promised=True,
    ),
    _measure("days_as_customer", _("Days since the first invoice"), "days", days_as_customer, 100),
)  # fmt: skip
