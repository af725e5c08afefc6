"""Measures of samples."""

from django.utils.translation import gettext_lazy as _

from analytics.definitions import Fact, Measure
from analytics.dimensions import CUSTOMER, PRODUCT, STAMP
from analytics.enums import Aggregate

_DIMENSIONS = {**STAMP, **CUSTOMER, **PRODUCT}

FACTS = (
    Fact(
        "sample_sent",
        _("Samples sent"),
        model="opportunities.SampleRequest",
        permission="opportunities.view_samplerequest",
        source="sample",
        rows=("dispatched",),
        date="dispatched_on",
        dimensions=_DIMENSIONS,
    ),
    Fact(
        "sample_answered",
        _("Samples with the customer's answer"),
        model="opportunities.SampleRequest",
        permission="opportunities.view_samplerequest",
        source="sample",
        rows=("answered",),
        date="evaluated_on",
        dimensions=_DIMENSIONS,
    ),
    Fact(
        "opportunity_sampled",
        _("Closed opportunities with samples"),
        model="opportunities.Opportunity",
        permission="opportunities.view_opportunity",
        source="opportunity",
        rows=("sampled",),
        date="closed_on",
        dimensions=_DIMENSIONS,
    ),
)
MEASURES = (
    Measure("samples_sent", _("Samples sent"), "sample_sent", Aggregate.COUNT),
    Measure("samples_answered", _("Samples with the customer's answer"), "sample_answered", Aggregate.COUNT),
    Measure("samples_passed", _("Samples that passed"), "sample_answered", Aggregate.COUNT, keep="passed"),
    Measure("samples_days", _("Days from request to answer"), "sample_answered", Aggregate.SUM, "cycle_days"),
    Measure("sampled_closed", _("Closed opportunities with samples"), "opportunity_sampled", Aggregate.COUNT),
    Measure("sampled_won", _("Won opportunities with samples"), "opportunity_sampled", Aggregate.COUNT, keep="won"),
)
