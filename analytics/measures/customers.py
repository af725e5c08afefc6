"""Measures of the archive of customers."""

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
)
