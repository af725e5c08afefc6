"""Measures of opportunities."""

from django.utils.translation import gettext_lazy as _

from analytics.definitions import Fact, Measure
from analytics.dimensions import CUSTOMER, PRODUCT, STAMP
from analytics.enums import Aggregate

_MODEL, _VIEW = "opportunities.Opportunity", "opportunities.view_opportunity"
_DIMENSIONS = {**STAMP, **CUSTOMER, **PRODUCT}

FACTS = (
    Fact(
        "opportunity_assigned",
        _("Assigned opportunities"),
        model=_MODEL,
        permission=_VIEW,
        source="opportunity",
        rows=("assigned",),
        date="assigned_on",
        dimensions=_DIMENSIONS,
    ),
    Fact(
        "opportunity_created",
        _("New opportunities"),
        model=_MODEL,
        permission=_VIEW,
        source="opportunity",
        date="created_at",
        dimensions=_DIMENSIONS,
    ),
    Fact(
        "opportunity_open",
        _("Open opportunities"),
        model=_MODEL,
        permission=_VIEW,
        source="opportunity",
        at="open_at",
        date="created_at",
        dimensions=_DIMENSIONS,
        live_only=("customer",),
    ),
    Fact(
        "opportunity_closed",
        _("Closed opportunities"),
        model=_MODEL,
        permission=_VIEW,
        source="opportunity",
        rows=("closed",),
        date="closed_on",
        dimensions=_DIMENSIONS,
    ),
    Fact(
        "opportunity_ordered",
        _("Opportunities with a contract or an order"),
        model=_MODEL,
        permission=_VIEW,
        source="opportunity",
        rows=("with_order",),
        date="converted_on",
        dimensions=_DIMENSIONS,
    ),
    Fact(
        "stage_entered",
        _("Stages that opportunities came into"),
        model="opportunities.OpportunityStageChange",
        permission=_VIEW,
        source="opportunity",
        rows=("entries",),
        date="at",
        dimensions={key: f"record__{column}" for key, column in _DIMENSIONS.items()},
        live_only=("customer",),
    ),
)


def _open(key: str, label: object, value: str = "counted", places: int | None = 0, keep: str = "") -> Measure:
    return Measure(key, label, "opportunity_open", Aggregate.STATE, value=value, keep=keep, places=places)  # type: ignore[arg-type]


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
    Measure("opportunities_new", _("New opportunities"), "opportunity_created", Aggregate.COUNT),
    Measure(
        "opportunities_new_amount", _("New opportunity amount"), "opportunity_created", Aggregate.SUM, "amount_base"
    ),
    _open("opportunities_open_amount", _("Open amount"), "amount_base", None),
    _open("opportunities_weighted", _("Weighted amount"), "weighted", 4),
    _open("opportunities_open", _("Open opportunities")),
    _open("opportunities_stalled", _("Open opportunities over the standard days"), keep="stalled_at"),
    _open("opportunities_followed", _("Open opportunities worked on within 14 days"), keep="followed_at"),
    Measure("opportunities_closed", _("Closed opportunities"), "opportunity_closed", Aggregate.COUNT),
    Measure("opportunities_closed_won", _("Won opportunities"), "opportunity_closed", Aggregate.COUNT, keep="won"),
    Measure("opportunities_closed_lost", _("Lost opportunities"), "opportunity_closed", Aggregate.COUNT, keep="lost"),
    Measure(
        "opportunities_won_days",
        _("Days from beginning to win"),
        "opportunity_closed",
        Aggregate.SUM,
        "cycle_days",
        keep="won",
        places=0,
    ),
    Measure(
        "opportunities_won_amount", _("Won amount"), "opportunity_closed", Aggregate.SUM, "amount_base", keep="won"
    ),
    Measure(
        "opportunities_won_customers",
        _("Customers with a won opportunity"),
        "opportunity_closed",
        Aggregate.UNIQUE,
        "customer",
        keep="won",
    ),
    Measure(
        "opportunities_ordered", _("Opportunities with a contract or an order"), "opportunity_ordered", Aggregate.COUNT
    ),
    Measure(
        "opportunities_order_days",
        _("Days from beginning to contract or order"),
        "opportunity_ordered",
        Aggregate.SUM,
        "order_days",
        places=0,
    ),
    Measure("stages_entered", _("Stages that opportunities came into"), "stage_entered", Aggregate.COUNT),
    Measure(
        "stages_moved_on",
        _("Stages that opportunities were moved on from"),
        "stage_entered",
        Aggregate.COUNT,
        keep="moved_on",
    ),
)
