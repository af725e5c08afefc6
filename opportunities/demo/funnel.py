"""What managers look at in the demo company: key projects, and what changed in the funnel these days."""

import datetime as dt
from typing import Any

from django.apps import apps
from django.db.models import DecimalField, F
from django.db.models.functions import Round

from crm.demo.world import World

MARKED = 4  # of each business unit
LATER, MORE, LESS = 19, 13, 37  # every so manieth open opportunity was put off, or is worth more or less than before


def generate(world: World) -> None:
    """Nothing: what is added here hangs on rows that are there once they are written."""


def load(world: World) -> None:
    """Marks of the heads of the business units, and some changes, which the trail keeps like those that people make."""
    deals = apps.get_model("opportunities.Opportunity")._base_manager.filter(stage__category="open")
    _mark(deals)
    later = deals.filter(pk__in=_every(deals, LATER), expected_close_on__isnull=False)
    later.update(expected_close_on=F("expected_close_on") + dt.timedelta(days=21), slip_count=F("slip_count") + 1)
    for step, percent in ((MORE, 120), (LESS, 85)):
        deals.filter(pk__in=_every(deals, step)).update(
            our_volume_kg=_scaled("our_volume_kg", percent),
            demand_kg=_scaled("demand_kg", max(percent, 100)),
            amount=_scaled("amount", percent),
            amount_base=_scaled("amount_base", percent),
        )


def _every(deals: Any, step: int) -> list[int]:
    return list(deals.order_by("pk").values_list("pk", flat=True))[::step]


def _scaled(name: str, percent: int) -> Any:
    return Round(F(name) * percent / 100, precision=2, output_field=DecimalField(max_digits=18, decimal_places=3))


def _mark(deals: Any) -> None:
    """Some middling ones of each unit: the largest are key projects without a mark."""
    project = apps.get_model("opportunities.KeyProject")
    heads = dict(
        apps.get_model("crm.User")
        ._base_manager.filter(roles__code="bu_head", is_active=True)
        .order_by("-pk")
        .values_list("business_unit", "pk")
    )
    marks = [
        project(opportunity_id=pk, marked_by_id=head)
        for unit, head in sorted(heads.items(), key=str)
        for pk in deals.filter(business_unit=unit)
        .order_by("-amount_base", "pk")
        .values_list("pk", flat=True)[10 : 10 + MARKED]
    ]
    project._base_manager.bulk_create(marks)
