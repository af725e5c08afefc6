"""Measures of new products developed with customers."""

from django.utils.translation import gettext_lazy as _

from analytics.definitions import Fact, Measure
from analytics.dimensions import CUSTOMER, PRODUCT, STAMP
from analytics.enums import Aggregate

_DIMENSIONS = {**STAMP, **CUSTOMER, **PRODUCT}

FACTS = (
    Fact(
        "development_set_up",
        _("New-product projects set up"),
        model="opportunities.DevelopmentRequest",
        permission="opportunities.view_developmentrequest",
        source="development",
        rows=("set_up",),
        date="set_up_on",
        dimensions=_DIMENSIONS,
    ),
    Fact(
        "development_due",
        _("New-product projects to be finished"),
        model="opportunities.DevelopmentRequest",
        permission="opportunities.view_developmentrequest",
        source="development",
        rows=("to_finish",),
        date="due_on",
        dimensions=_DIMENSIONS,
    ),
)
MEASURES = (
    Measure("developments_set_up", _("New-product projects set up"), "development_set_up", Aggregate.COUNT),
    Measure("developments_due", _("New-product projects to be finished"), "development_due", Aggregate.COUNT),
    Measure(
        "developments_in_time",
        _("New-product projects finished on time"),
        "development_due",
        Aggregate.COUNT,
        keep="in_time",
    ),
)
