"""Measures of quotes."""

from django.utils.translation import gettext_lazy as _

from analytics.definitions import Fact, Measure
from analytics.dimensions import CUSTOMER, PRODUCT, STAMP
from analytics.enums import Aggregate

FACTS = (
    Fact(
        "quote_sent",
        _("Quotes sent"),
        model="opportunities.Quote",
        permission="opportunities.view_quote",
        source="quote",
        rows=("sent_out",),
        date="sent_on",
        dimensions={**STAMP, **CUSTOMER, **PRODUCT},
    ),
)
MEASURES = (
    Measure("quotes_sent", _("Quotes sent"), "quote_sent", Aggregate.COUNT, keep="newest"),
    Measure("quotes_accepted", _("Quotes accepted"), "quote_sent", Aggregate.COUNT, keep="accepted"),
    Measure("quote_versions_sent", _("Versions of quotes sent"), "quote_sent", Aggregate.COUNT),
    Measure("quote_hours", _("Hours until quotes were sent"), "quote_sent", Aggregate.SUM, value="response_hours"),
)
