"""Measures of revenue, receivables and collections."""

from django.utils.translation import gettext_lazy as _

from analytics.definitions import Fact, Measure
from analytics.dimensions import CUSTOMER, PRODUCT, STAMP
from analytics.enums import Aggregate

FACTS = (
    Fact(
        "settlement",
        _("Settled invoice lines"),
        model="orders.Settlement",
        permission="orders.view_invoice",
        source="settlement",
        date="settled_on",
        dimensions={**STAMP, **CUSTOMER, **PRODUCT},
    ),
    Fact(
        "receivable",
        _("Open items"),
        model="orders.Receivable",
        permission="orders.view_receivable",
        source="receivable",
        at="open_at",
        date="posted_on",
        dimensions={**STAMP, **CUSTOMER},
        live_only=("customer",),
    ),
    Fact(
        "receipt",
        _("Receipts"),
        model="orders.Receivable",
        permission="orders.view_receivable",
        source="receivable",
        rows=("receipts",),
        date="posted_on",
        dimensions={**STAMP, **CUSTOMER},
    ),
)
MEASURES = (
    Measure("revenue", _("Settled revenue"), "settlement", Aggregate.SUM, value="amount_base"),
    Measure("receivable", _("Receivables"), "receivable", Aggregate.STATE, value="amount_base"),
    Measure("overdue", _("Overdue receivables"), "receivable", Aggregate.STATE, value="amount_base", keep="overdue_at"),
    *(
        Measure(
            key,
            label,
            "receivable",
            Aggregate.STATE,
            value="amount_base",
            keep="overdue_days_at",
            keep_args=days,
        )
        for key, label, days in (
            ("overdue_1_30", _("Overdue for 1–30 days"), (1, 30)),
            ("overdue_31_90", _("Overdue for 31–90 days"), (31, 90)),
            ("overdue_91_180", _("Overdue for 91–180 days"), (91, 180)),
            ("overdue_181", _("Overdue for more than 180 days"), (181,)),
        )
    ),
    Measure("collected", _("Collections"), "receipt", Aggregate.SUM, value="amount_base", sign=-1),
)
