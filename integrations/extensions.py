"""What the exchange with other systems adds to the kernel."""

from celery.schedules import crontab
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm import extension_points
from crm.datasource import DataSource
from crm.demo import register_demo
from crm.events import state_changed
from crm.extension_points import JobKind, MenuItem, NotificationKind, PeriodicJob, SettingsPage, TrailVerb
from customers.extension_points import merge_movers
from integrations.api import extensions as api
from integrations.domain.handed_in import handed_in_as_of, is_late
from integrations.domain.merging import ERP_ACCOUNTS, EXTERNAL_KEYS, NUMBER_LINKS
from integrations.domain.numbers import on_state_changed as give_registered_number
from integrations.domain.outbox.messages import on_state_changed, waiting_count
from integrations.domain.outbox.telling import DEAD, REFUSED
from integrations.domain.reconcile import retry_comparison
from integrations.domain.retrying import retry_again, retry_links
from integrations.domain.runs import comparison_links, retry_sync, sync_links
from integrations.domain.unknown import LINK
from integrations.enums import AlarmKind
from integrations.panels import (
    COMPARISON_PANELS,
    CUSTOMER_PANELS,
    DOCUMENT_PANEL,
    PRODUCT_PANELS,
    REJECTED_PANELS,
    RUN_PANELS,
)
from integrations.panels_outbox import CUSTOMER_PANELS as OUTBOX_CUSTOMER_PANELS
from integrations.panels_outbox import MESSAGE_PANELS, ORDER_PANELS
from integrations.sync.freshness import LATE, as_of
from integrations.webhooks import extensions as webhooks
from integrations.wecom import extensions as wecom

EVERY = 5 * 60.0  # seconds
EVERY_MINUTE = 60.0

extension_points.menu.register(
    MenuItem(
        key="sync",
        label=_("ERP sync"),
        url_name="integrations:sync",
        icon="refresh",
        section="administration",
        permission="integrations.view_syncrun",
    )
)
extension_points.menu.register(
    MenuItem(
        key="unknown_numbers",
        label=_("Unknown ERP numbers"),
        url_name="integrations:unknown_numbers",
        icon="link",
        section="administration",
        permission=LINK,
    )
)
extension_points.settings_pages.register(
    SettingsPage(
        key="erp_connection",
        label=_("ERP connection"),
        text=_("Where orders, shipments, invoices and receivables are read from, and as whom."),
        url_name="integrations:connection",
        icon="plug-connected",
        section="data",
        permission="integrations.view_erpconnection",
    )
)
extension_points.menu.register(
    MenuItem(
        key="outbox",
        label=_("To the ERP"),
        url_name="integrations:outboxmessage_list",
        icon="cloud-check",
        section="administration",
        permission="integrations.view_outboxmessage",
        count=waiting_count,
    )
)
extension_points.settings_pages.register(
    SettingsPage(
        key="handing_over",
        label=_("Handing over to the ERP"),
        text=_("Whether customers and order requests go to the ERP, and with which codes."),
        url_name="integrations:handing_over",
        icon="cloud-check",
        section="data",
        permission="integrations.view_salesarea",
    )
)
for panels, group in (
    (ORDER_PANELS, "orders.OrderRequest"),
    (OUTBOX_CUSTOMER_PANELS, "customers.Customer"),
    (MESSAGE_PANELS, "integrations.OutboxMessage"),
):
    for panel in panels:
        extension_points.panels.register(panel, group=group)
extension_points.job_kinds.register(
    JobKind(
        "erp_sync", _("ERP sync"), retry=retry_sync, can_stop=True, links=sync_links, icon="plug-connected", order=30
    )
)
extension_points.job_kinds.register(
    JobKind(
        "erp_comparison",
        _("Comparison with the ERP"),
        retry=retry_comparison,
        can_stop=True,
        links=comparison_links,
        icon="plug-connected",
        order=31,
    )
)
extension_points.job_kinds.register(
    JobKind(
        "erp_retry",
        _("Rejected rows tried again"),
        retry=retry_again,
        can_stop=True,
        links=retry_links,
        icon="plug-connected",
        order=32,
    )
)
for alarm in AlarmKind:
    extension_points.notification_kinds.register(
        NotificationKind(f"erp.{alarm}", alarm.label, "system", icon="plug-connected", order=60)
    )
for panel in RUN_PANELS:
    extension_points.panels.register(panel, group="integrations.SyncRun")
for panel in CUSTOMER_PANELS:
    extension_points.panels.register(panel, group="customers.Customer")
for panel in COMPARISON_PANELS:
    extension_points.panels.register(panel, group="integrations.Reconciliation")
for name in ("SalesOrder", "Shipment", "Invoice", "Receivable", "CustomerReturn"):
    extension_points.panels.register(DOCUMENT_PANEL, group=f"orders.{name}")
extension_points.data_sources.register(DataSource("erp", _("ERP"), as_of, lambda at: timezone.now() - at > LATE))
extension_points.data_sources.register(
    DataSource("handed_in", _("Other systems'"), handed_in_as_of, is_late, order=110)
)
extension_points.periodic_jobs.register(PeriodicJob(key="erp_watch", task="integrations.watch", schedule=EVERY))
for panel in PRODUCT_PANELS:
    extension_points.panels.register(panel, group="crm.Product")
for panel in REJECTED_PANELS:
    extension_points.panels.register(panel, group="integrations.RejectedRow")
extension_points.periodic_jobs.register(
    PeriodicJob(key="drop_folder", task="integrations.drop_folder", schedule=60.0, queue="sync")
)
extension_points.periodic_jobs.register(PeriodicJob(key="sync", task="integrations.sync", schedule=EVERY, queue="sync"))
# 18:30 UTC is half past two at night in China
extension_points.periodic_jobs.register(
    PeriodicJob(
        key="sync_nightly", task="integrations.sync_nightly", schedule=crontab(hour=18, minute=30), queue="sync"
    )
)
extension_points.periodic_jobs.register(
    PeriodicJob(
        key="sync_everything",
        task="integrations.sync_everything",
        schedule=crontab(hour=20, minute=30, day_of_week="sat"),
        queue="sync",
    )
)
extension_points.periodic_jobs.register(
    PeriodicJob(key="outbox", task="integrations.outbox", schedule=EVERY_MINUTE, queue="sync")
)
state_changed.subscribe_inside(give_registered_number)  # before the message that would hand the customer over
state_changed.subscribe_inside(on_state_changed)
for verb, words in (
    ("give_erp_number", pgettext_lazy("audit trail", "ERP number given")),
    ("take_erp_number", pgettext_lazy("audit trail", "ERP number taken away")),
):
    extension_points.trail_verbs.register(TrailVerb(verb, words))
for kind, label in ((REFUSED, _("The ERP refused a record of mine")), (DEAD, _("A message did not reach the ERP"))):
    extension_points.notification_kinds.register(
        NotificationKind(kind, label, "system", icon="alert-triangle", order=60)
    )
register_demo("integrations.demo", key="external_keys", order=70)
register_demo("integrations.demo_outbox", key="handing_over", order=997)
merge_movers.register(EXTERNAL_KEYS)
merge_movers.register(ERP_ACCOUNTS)
merge_movers.register(NUMBER_LINKS)
api.register()
webhooks.register()
wecom.register()
