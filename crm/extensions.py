"""What the kernel itself adds to the pages."""

from django.utils.translation import gettext_lazy as _

from crm.demo import register_demo
from crm.extension_points import (
    MenuItem,
    NotificationChannel,
    PeriodicJob,
    menu,
    notification_channels,
    periodic_jobs,
)
from crm.shell.settings_pages import has_settings

menu.register(
    MenuItem(
        key="home",
        label=_("Workbench"),
        url_name="home",
        icon="layout-dashboard",
        section="home",
        order=10,
        go="h",
        phone=1,
    )
)
menu.register(
    MenuItem(
        key="imports",
        label=_("Data import"),
        url_name="importing:start",
        icon="file-import",
        section="administration",
        order=10,
        permission="crm.add_importbatch",
    )
)
menu.register(
    MenuItem(
        key="settings",
        label=_("Settings"),
        url_name="settings",
        icon="settings",
        section="administration",
        order=900,
        when=has_settings,
    )
)
periodic_jobs.register(PeriodicJob("import_rescue", "crm.import_rescue", 60))
register_demo("crm.demo.organisation", key="organisation", order=10)
register_demo("crm.demo.catalogue", key="catalogue", order=12)
notification_channels.register(NotificationChannel("in_app", _("Inbox"), None, order=10))
