"""Measures of tenders."""

from django.utils.translation import gettext_lazy as _

from analytics.definitions import Fact, Measure
from analytics.dimensions import CUSTOMER, PRODUCT, STAMP
from analytics.enums import Aggregate

FACTS = (
    Fact(
        "tender_opened",
        _("Tenders whose bids were opened"),
        model="opportunities.Tender",
        permission="opportunities.view_tender",
        source="tender",
        rows=("opened",),
        date="opened_on",
        dimensions={**STAMP, **CUSTOMER, **PRODUCT},
    ),
)
MEASURES = (
    Measure("tenders_opened", _("Tenders whose bids were opened"), "tender_opened", Aggregate.COUNT),
    Measure("tenders_won", _("Won tenders"), "tender_opened", Aggregate.COUNT, keep="won"),
)
