"""What the pool adds to the pages of the kernel and of customers."""

from typing import Any

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.approvable import ApprovalDocument, ApprovalFact
from crm.demo import register_demo
from crm.extension_points import (
    MenuItem,
    NotificationKind,
    Panel,
    PeriodicJob,
    SettingsPage,
    TrailVerb,
    WorkbenchCard,
    menu,
    notification_kinds,
    panels,
    periodic_jobs,
    settings_pages,
    trail_verbs,
    workbench_cards,
)
from crm.formats import day
from crm.workflow.documents import business_unit_fact, register_document
from customers.domain.handover import tasks
from customers.domain.pool import activity, protection
from customers.enums import Grade
from customers.extension_points import (
    ContactSource,
    HandoverItem,
    contact_sources,
    handover_items,
)
from customers.models import PoolEntry
from customers.panels import pool as parts

VIEW = "customers.view_poolentry"
CUSTOMER = "customers.Customer"
COUNTED = 999


def waiting(user: Any) -> int | None:
    """How many customers wait in the pools the user sees; no number for none."""
    return PoolEntry.objects.visible_to(user).waiting().order_by()[:COUNTED].count() or None


menu.register(
    MenuItem(
        key="pool",
        label=_("Pool"),
        url_name="customers:poolentry_list",
        icon="rotate",
        section="customers",
        order=30,
        permission=VIEW,
        count=waiting,
    )
)
settings_pages.register(
    SettingsPage(
        key="pools",
        label=_("Pools of customers"),
        text=_("Who may claim how many customers, and after how many days without contact customers go there."),
        url_name="customers:customerpool_list",
        icon="rotate",
        section="process",
        permission="customers.view_customerpool",
        order=60,
    )
)
workbench_cards.register(
    WorkbenchCard("pool_warnings", "side", "customers/pool/_warnings_card.html", parts.warnings_card, VIEW, 45)
)
panels.register(
    Panel("pool", _("Pool"), "side", "customers/pool/_customer.html", parts.of_customer, VIEW, order=70, lazy=True),
    group=CUSTOMER,
)
for panel in (
    Panel("why", _("Why it is here"), "main", "customers/pool/_entry.html", parts.entry, order=10),
    Panel("history", _("In pools before"), "side", "customers/pool/_history.html", parts.history, order=20),
):
    panels.register(panel, group="customers.PoolEntry")
panels.register(
    Panel("rules", _("Recycling rules"), "main", "customers/pool/_rules.html", parts.rules, order=10),
    group="customers.CustomerPool",
)
periodic_jobs.register(
    PeriodicJob("recycle_pools", "customers.recycle_pools", crontab(hour=20, minute=10))  # 4:10 in China
)
for kind in (
    NotificationKind(
        "pool.warning", _("Customers of mine that go into the pool soon"), "work", icon="rotate", order=170
    ),
    NotificationKind("pool.taken", _("Customers of mine that went into the pool"), "work", icon="rotate", order=180),
):
    notification_kinds.register(kind)
for verb in (
    TrailVerb("pool_in", pgettext_lazy("audit trail", "Put into the pool")),
    TrailVerb("pool_out", pgettext_lazy("audit trail", "Taken from the pool")),
    TrailVerb("recycle", pgettext_lazy("audit trail", "Recycled by rule")),
):
    trail_verbs.register(verb)
for source in (
    ContactSource("customers.worked_on", _("Comment or to-do done"), activity.customers_worked_on, order=10),
    ContactSource("customers.next_step", _("Next step changed"), activity.next_steps_changed, order=20),
):
    contact_sources.register(source)
handover_items.register(
    HandoverItem("tasks", _("To-dos"), "list-check", tasks.count, tasks.lines, tasks.move, order=50)
)
register_document(
    ApprovalDocument(
        key=protection.DOCUMENT,
        label=_("Protection from the pool"),
        model="customers.PoolProtection",
        permission="customers.change_customer",
        title=lambda row: row.customer.name,
        facts=(
            ApprovalFact("grade", _("grade"), "choice", lambda row: row.customer.grade, lambda: Grade.choices),
            business_unit_fact(lambda row: row.customer.business_unit),
        ),
        show=(
            ("customer", _("customer"), lambda row: f"{row.customer.code} {row.customer.name}"),
            ("until", _("until"), lambda row: day(row.until)),
            "reason",
        ),
        ready=protection.ready,
        place=lambda row: (row.customer.team, row.customer.business_unit),
        on_approved=protection.on_approved,
        on_rejected=protection.on_refused,
        on_returned=protection.on_refused,
        on_withdrawn=protection.on_refused,
        icon="shield-check",
        order=30,
    )
)
register_demo("customers.demo.pool", key="pool", order=65)
