"""What the figures add to the kernel's pages."""

from typing import Any
from zoneinfo import ZoneInfo

from celery.schedules import crontab
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from analytics import panels
from analytics.cards import WORKBENCH, month_tile
from analytics.decisions import decisions_card
from analytics.domain.customer_figures import refresh_figures
from analytics.domain.effects import refresh_effects
from analytics.domain.merging import FIGURES
from analytics.domain.refresh import mark_changed, queue_refresh, refresh, retry_refresh
from crm.catalogue.models.cost import VIEW_COST
from crm.demo import register_demo
from crm.events import facts_changed
from crm.extension_points import (
    DemoSet,
    JobKind,
    MenuItem,
    Panel,
    PeriodicJob,
    WorkbenchCard,
    demo_sets,
    job_kinds,
    menu,
    periodic_jobs,
    workbench_cards,
)
from crm.extension_points import panels as panel_registry
from customers.extension_points import merge_movers

VIEW = "analytics.view_cell"


class CompanyCrontab(crontab):
    """A crontab in the company's time zone: Celery's own clock runs in UTC."""

    tz = ZoneInfo(settings.TIME_ZONE)  # type: ignore[assignment]


NIGHT = CompanyCrontab(hour="2", minute="0")

for item in (
    MenuItem("dashboard", _("Dashboard"), "analytics:dashboard", "chart-bar", "insight", 10, VIEW, go="b"),
    MenuItem("indicators", _("Indicators"), "analytics:indicators", "list-details", "insight", 20, VIEW, go="k"),
    MenuItem("contribution", _("Contribution"), "analytics:contribution", "chart-dots", "insight", 25, VIEW_COST),
    MenuItem("targets", _("Targets"), "analytics:target_list", "flag", "insight", 30, "analytics.view_target"),
):
    menu.register(item)

for order, number in enumerate(WORKBENCH, 1):
    workbench_cards.register(
        WorkbenchCard(f"figure-{number}", "tiles", "analytics/_month_tile.html", month_tile(number), VIEW, 10 * order)
    )

workbench_cards.register(WorkbenchCard("decisions", "main", "analytics/_decisions.html", decisions_card, VIEW, order=5))

panel_registry.register(
    Panel(
        "year",
        _("This year against last"),
        "main",
        "analytics/_customer_year.html",
        panels.customer_year,
        lazy=True,
        order=20,
    ),
    group="customers.Customer",
)

job_kinds.register(JobKind("figures", _("Figures: sum up"), retry=retry_refresh, icon="chart-bar", order=40))
periodic_jobs.register(PeriodicJob("figures-nightly", "analytics.refresh_all", NIGHT, queue="reports"))


@facts_changed.subscribe
def when_facts_change(*, facts: list[str], months: list[str], **_more: Any) -> None:
    """Note what changed and have it summed."""
    mark_changed(facts=facts, months=months)
    queue_refresh()


def _nothing(_world: Any) -> None:
    """Figures are computed from what the other parts of the demo company have written."""


def _customer_figures(_world: Any) -> None:
    """The improvement plans aim at them."""
    refresh_figures()


def _effects(_world: Any) -> None:
    refresh_effects()


def _figures(_world: Any) -> None:
    """Last of all: everything counts."""
    refresh(full=True)


register_demo("analytics.demo", key="targets", order=80)
demo_sets.register(DemoSet(key="customer_figures", generate=_nothing, load=_customer_figures, order=90))
demo_sets.register(DemoSet(key="effects", generate=_nothing, load=_effects, order=97))
demo_sets.register(DemoSet(key="figures", generate=_nothing, load=_figures, order=999))
merge_movers.register(FIGURES)
