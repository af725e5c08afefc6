"""What left for customers, by product line."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import Sum

from orders.models import ShipmentLine


def shipped(keys: Sequence[int] | None, since: dt.date, until: dt.date) -> Mapping[tuple[int, int], Decimal]:
    """The kg that left by (customer, product line) from `since` to `until`; products sold by weight, one query."""
    lines = ShipmentLine.objects.filter(
        shipped_on__range=(since, until),
        product_line__isnull=False,
        product__base_unit__code="KG",
        shipment__gone_at__isnull=True,
    )
    if keys is not None:
        lines = lines.filter(customer__in=keys)
    summed = lines.order_by().values_list("customer_id", "product_line_id").annotate(Sum("quantity_base"))
    return {(customer, line): kg for customer, line, kg in summed.iterator(chunk_size=20_000)}
