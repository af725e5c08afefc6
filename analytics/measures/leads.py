"""Measures of campaigns and leads."""

from django.utils.translation import gettext_lazy as _

from analytics.definitions import Fact, Measure
from analytics.dimensions import CUSTOMER, STAMP
from analytics.enums import Aggregate

FACTS = (
    Fact(
        "campaign",
        _("Campaigns"),
        model="leads.Campaign",
        permission="leads.view_campaign",
        source="campaign",
        rows=("planned",),
        date="starts_on",
        dimensions={**STAMP, "product_line": "product_line_id", "campaign_type": "kind"},
    ),
    Fact(
        "lead",
        _("Leads"),
        model="leads.Lead",
        permission="leads.view_lead",
        source="lead",
        date="received_on",
        dimensions={**STAMP, **CUSTOMER, "product_line": "product_line_id", "campaign_type": "campaign__kind"},
    ),
)
MEASURES = (
    Measure("campaigns_planned", _("Planned campaigns"), "campaign", Aggregate.COUNT),
    Measure("campaigns_completed", _("Completed campaigns"), "campaign", Aggregate.COUNT, keep="completed"),
    Measure("leads_received", _("Leads"), "lead", Aggregate.COUNT),
    Measure("leads_amount", _("Expected amount of leads"), "lead", Aggregate.SUM, value="expected_amount"),
)
