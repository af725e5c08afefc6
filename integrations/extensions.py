"""What the exchange with other systems adds to the kernel."""

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from crm import extension_points
from crm.demo import register_demo
from crm.extension_points import JobKind, MenuItem, PeriodicJob, SettingsPage
from customers.extension_points import merge_movers
from integrations.domain.merging import EXTERNAL_KEYS
from integrations.domain.runs import retry_sync, sync_links
from integrations.panels import CUSTOMER_PANELS, REJECTED_PANELS, RUN_PANELS

EVERY = 5 * 60.0  # seconds

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
extension_points.job_kinds.register(
    JobKind(
        "erp_sync", _("ERP sync"), retry=retry_sync, can_stop=True, links=sync_links, icon="plug-connected", order=30
    )
)
for panel in RUN_PANELS:
    extension_points.panels.register(panel, group="integrations.SyncRun")
for panel in CUSTOMER_PANELS:
    extension_points.panels.register(panel, group="customers.Customer")
for panel in REJECTED_PANELS:
    extension_points.panels.register(panel, group="integrations.RejectedRow")
extension_points.periodic_jobs.register(PeriodicJob(key="sync", task="integrations.sync", schedule=EVERY, queue="sync"))
extension_points.periodic_jobs.register(
    # 18:30 UTC is half past two at night in China
    PeriodicJob(
        key="sync_everything", task="integrations.sync_everything", schedule=crontab(hour=18, minute=30), queue="sync"
    )
)
register_demo("integrations.demo", key="external_keys", order=70)
merge_movers.register(EXTERNAL_KEYS)
