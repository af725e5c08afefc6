"""Measures of sales orders and their delivery."""

from django.utils.translation import gettext_lazy as _

from analytics.definitions import Fact, Measure
from analytics.dimensions import CUSTOMER, PRODUCT, STAMP
from analytics.enums import Aggregate

_LINE = {**STAMP, **CUSTOMER, **PRODUCT}

FACTS = (
    Fact(
        "order_line",
        _("Order lines"),
        model="orders.SalesOrderLine",
        permission="orders.view_salesorder",
        source="order_line",
        rows=("valid",),
        date="ordered_on",
        dimensions=_LINE,
    ),
    Fact(  # apart from the others: the guide price of each line is looked for
        "order_priced",
        _("Order lines and their guide price"),
        model="orders.SalesOrderLine",
        permission="orders.view_salesorder",
        source="order_line",
        rows=("valid",),
        date="ordered_on",
        dimensions=_LINE,
        live_only=("customer",),
    ),
    Fact(
        "order_margin",
        _("Order lines of products with a known cost"),
        model="orders.SalesOrderLine",
        permission="orders.view_salesorder",
        source="order_line",
        rows=("valid", "with_margin"),
        date="ordered_on",
        dimensions=_LINE,
        live_only=("customer",),
    ),
    Fact(
        "order_due",
        _("Order lines due"),
        model="orders.SalesOrderLine",
        permission="orders.view_salesorder",
        source="order_line",
        rows=("valid",),
        date="promised_on",
        dimensions=_LINE,
        until_today=True,
        live_only=("customer",),
    ),
)
MEASURES = (
    Measure("orders", _("Sales orders"), "order_line", Aggregate.DISTINCT, value="order"),
    Measure("ordered_net", _("Ordered amount"), "order_line", Aggregate.SUM, value="net_base"),
    Measure("ordered_kg", _("Ordered volume"), "order_line", Aggregate.SUM, value="quantity_base", keep="by_weight"),
    Measure("lines", _("Order lines"), "order_priced", Aggregate.COUNT),
    Measure(
        "lines_below_guide", _("Order lines below the guide price"), "order_priced", Aggregate.COUNT, keep="below_guide"
    ),
    Measure("order_margin", _("Gross margin"), "order_margin", Aggregate.SUM, "margin", places=4),
    Measure("lines_due", _("Order lines due"), "order_due", Aggregate.COUNT),
    Measure("lines_on_time", _("Order lines shipped on time"), "order_due", Aggregate.COUNT, keep="on_time"),
)
