"""What orders say about customers: what is open with one, which product lines it buys, and what goes along to a new owner."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from customers.domain.handover.open_records import OpenRecords
from customers.extension_points import HandoverLineItem
from orders.domain.requests import give_requests
from orders.models import OrderRequest, Receivable, SalesOrder, SalesOrderLine


def count_orders(keys: Sequence[int]) -> Mapping[int, int]:
    """How many orders of each customer are still to be delivered."""
    rows = SalesOrder.objects.open().filter(customer__any_of=keys).order_by()
    return dict(rows.values_list("customer").annotate(n=Count("pk")))


def count_receivables(keys: Sequence[int]) -> Mapping[int, int]:
    """How many claims against each customer are not paid."""
    rows = Receivable.objects.open_now(timezone.localdate()).filter(customer__any_of=keys, amount_base__gt=0)
    return dict(rows.order_by().values_list("customer").annotate(n=Count("pk")))


def buys(line: Any) -> QuerySet[SalesOrderLine, Any]:
    """The customers that bought of a product line."""
    return SalesOrderLine.objects.valid().filter(product_line=line).values("customer")


def _line(row: OrderRequest) -> HandoverLineItem:
    url = reverse("orders:orderrequest_record", args=[row.pk])
    return HandoverLineItem(row.code, str(row.get_state_display()), url, row.requested_on)


DRAFTS = OpenRecords(OrderRequest, OrderRequest.objects.drafts, _line, give_requests)
