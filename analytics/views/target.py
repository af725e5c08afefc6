"""Targets: list, record, form."""

from django.utils.translation import gettext_lazy as _

from analytics.catalogue import CATALOGUE
from analytics.display import value_text
from analytics.domain.targets import create_target, update_target
from analytics.filters import TargetFilter
from analytics.forms import TargetForm
from analytics.models import Target
from analytics.models.target import MEMBERS
from analytics.tables import TargetTable, member_label
from crm.generic.entity import Entity, Preset
from crm.generic.layout import RecordPage


def _value(record: Target) -> str:
    indicator = CATALOGUE.get(record.indicator)
    return value_text(indicator, record.value) if indicator else str(record.value)


target_entity = Entity(
    model=Target,
    table=TargetTable,
    filterset=TargetFilter,
    form=TargetForm,
    create=create_target,
    update=update_target,
    nav="targets",
    icon="target-arrow",
    subtitle=_(
        "What an indicator should reach in a month; the company's target is the sum of its business units' where none is set"
    ),
    empty_text=_("Set targets, and the dashboards show how far each indicator reaches them."),
    presets=(
        Preset("all", _("All")),
        Preset("revenue", _("Revenue"), "indicator=61"),
        Preset("orders", _("Orders"), "indicator=54"),
    ),
    page=RecordPage(
        title=lambda record: (
            f"{CATALOGUE[record.indicator].name if record.indicator in CATALOGUE else record.indicator} · {record.month:%Y-%m}"
        ),
        code=lambda record: str(record.indicator),
        select=MEMBERS,
        attributes=(
            (
                _("indicator"),
                lambda record: (
                    str(CATALOGUE[record.indicator].name) if record.indicator in CATALOGUE else record.indicator
                ),
            ),
            (_("month"), lambda record: f"{record.month:%Y-%m}"),
            (_("whose"), member_label),
            (_("target"), _value),
        ),
    ),
)
