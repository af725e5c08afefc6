"""A tiny company with sales by hand: two business units, three teams, four months, every figure of it written down."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from django.utils import timezone

from analytics.models import Target
from crm.models import User
from customers.models import Customer
from orders.models import Invoice, InvoiceLine, Receivable, SalesOrder, SalesOrderLine, Settlement
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer, owned, stamps

_numbers = itertools.count(1)
TODAY = dt.date(2026, 11, 23)


def day(text: str) -> dt.date:
    """'10-05' is 5 October 2026."""
    return dt.date.fromisoformat(f"2026-{text}")


def order(customer: Customer, ordered: str, *lines: tuple[Any, Any, int], **values: Any) -> SalesOrder:
    """An order with lines (product line, net, kg); promised and shipped as the order unless named in `values`."""
    gone = values.pop("gone_at", None)
    head = SalesOrder.objects.create(
        number=f"SO{next(_numbers)}",
        currency_id="CNY",
        read_at=timezone.now(),
        ordered_on=day(ordered),
        net=0,
        net_base=0,
        gone_at=gone,
        **_stamp(customer),
    )
    for item, (line, net, kg) in enumerate(lines, 1):
        SalesOrderLine.objects.create(
            order=head,
            item=item * 10,
            product=values.get("product"),
            product_line=line,
            quantity=kg,
            unit="KG",
            quantity_base=kg,
            ordered_on=head.ordered_on,
            promised_on=day(values["promised"]) if values.get("promised") else None,
            shipped_on=day(values["shipped"]) if values.get("shipped") else None,
            rejected=values.get("rejected", False),
            net=net,
            net_base=net,
            **_stamp(customer),
        )
    return head


def settle(customer: Customer, settled: str, net: Any, line: Any = None) -> Settlement:
    """Revenue received."""
    on = day(settled)
    invoice = Invoice.objects.create(
        number=f"IV{next(_numbers)}",
        currency_id="CNY",
        read_at=timezone.now(),
        invoiced_on=on,
        net=net,
        tax=0,
        gross=net,
        net_base=net,
        **_stamp(customer),
    )
    invoice_line = InvoiceLine.objects.create(
        invoice=invoice,
        item=10,
        product_line=line,
        unit="KG",
        invoiced_on=on,
        net=net,
        gross=net,
        net_base=net,
        **_stamp(customer),
    )
    return Settlement.objects.create(
        invoice_line=invoice_line, product_line=line, settled_on=on, amount_base=net, **_stamp(customer)
    )


def item(
    customer: Customer, posted: str, due: str, amount: Any, cleared: str = "", kind: str = "invoice"
) -> Receivable:
    """An item of the customer's account."""
    return Receivable.objects.create(
        number=f"1000/2026/{next(_numbers)}/1",
        currency_id="CNY",
        read_at=timezone.now(),
        kind=kind,
        posted_on=day(posted),
        due_on=day(due) if due else None,
        cleared_on=day(cleared) if cleared else None,
        amount=Decimal(amount),
        amount_base=Decimal(amount),
        **_stamp(customer),
    )


def customer_of(org: Organisation, owner: User, **values: Any) -> Customer:
    """A customer of that person, in the person's team and unit."""
    placed = {**owned(org, owner), **values}
    placed.pop("owner")
    return make_customer(org, owner=owner, **placed)


def make_target(org: Organisation, *, owner: User | None = None, **values: Any) -> Target:
    """A target of the company's revenue, each for another month."""
    number = next(_numbers)
    month = dt.date(2030 + number // 12, number % 12 + 1, 1)
    return Target.objects.create(**{"indicator": 61, "month": month, "value": Decimal(500), **values})


def _stamp(customer: Customer) -> dict[str, Any]:
    return stamps(None, customer)  # type: ignore[arg-type]
