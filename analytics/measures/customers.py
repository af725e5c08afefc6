"""Measures of the archive of customers and of what improvement plans brought."""

from django.utils.translation import gettext_lazy as _

from analytics.definitions import Fact, Measure
from analytics.dimensions import CUSTOMER, STAMP
from analytics.enums import Aggregate

FACTS = (
    Fact(
        "registration",
        _("Registrations of customers"),
        model="customers.CustomerRegistration",
        permission="customers.view_customerregistration",
        source="registration",
        rows=("decided",),
        date="decided_on",
        dimensions={**STAMP, **CUSTOMER},
    ),
    Fact(
        "plan_month",
        _("Months of improvement plans"),
        model="analytics.PlanMonth",
        permission="customers.view_improvementplan",
        source="improvement",
        date="month",
        dimensions={
            "business_unit": "plan__business_unit_id",
            "region": "plan__customer__region_id",
            "team": "plan__team_id",
            "rep": "plan__owner_id",
            "customer": "plan__customer_id",
        },
    ),
)
MEASURES = (
    Measure("archive_decisions", _("Decisions about registrations"), "registration", Aggregate.SUM, value="decisions"),
    Measure("archive_refusals", _("Registrations not passed"), "registration", Aggregate.SUM, value="refusals"),
    Measure("archives_approved", _("Approved registrations"), "registration", Aggregate.COUNT, keep="approved"),
    Measure(
        "archives_right_first_time",
        _("Registrations right the first time"),
        "registration",
        Aggregate.COUNT,
        keep="right_first_time",
    ),
    *(
        Measure(key, label, "plan_month", Aggregate.SUM, value=value)
        for key, label, value in (
            ("plan_volume", _("Ordered volume under improvement plans"), "volume_kg"),
            ("plan_volume_more", _("Volume above baseline"), "volume_more_kg"),
            ("plan_ordered", _("Ordered amount under improvement plans"), "ordered"),
            ("plan_ordered_more", _("Order amount above baseline"), "ordered_more"),
            ("plan_revenue", _("Settled revenue under improvement plans"), "revenue"),
            ("plan_revenue_more", _("Revenue above baseline"), "revenue_more"),
            ("plan_days_before", _("Days overdue before improvement plans"), "days_before"),
            ("plan_days_after", _("Days overdue under improvement plans"), "days_after"),
        )
    ),
)
