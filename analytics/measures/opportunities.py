"""Measures of opportunities."""

from django.utils.translation import gettext_lazy as _

from analytics.definitions import Fact, Measure
from analytics.dimensions import CUSTOMER, PRODUCT, STAMP
from analytics.enums import Aggregate

FACTS = (
    Fact(
        "opportunity_assigned",
        _("Assigned opportunities"),
        model="opportunities.Opportunity",
        permission="opportunities.view_opportunity",
        source="opportunity",
        rows=("assigned",),
        date="assigned_on",
        dimensions={**STAMP, **CUSTOMER, **PRODUCT},
    ),
)
MEASURES = (
    Measure("opportunities_assigned", _("Assigned opportunities"), "opportunity_assigned", Aggregate.COUNT),
    Measure("opportunities_won", _("Won opportunities"), "opportunity_assigned", Aggregate.COUNT, keep="won"),
    Measure(
        "opportunities_converted",
        _("Opportunities with a contract or an order"),
        "opportunity_assigned",
        Aggregate.COUNT,
        keep="converted",
    ),
)
