"""What accounts add to the pages."""

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from crm import events
from crm.accounts.models.session import ADMINISTER
from crm.accounts.models.sign_in import READ_LOG
from crm.extension_points import (
    NotificationKind,
    Panel,
    PeriodicJob,
    SettingsPage,
    notification_kinds,
    panels,
    periodic_jobs,
    settings_pages,
)
from crm.security import panels as parts
from crm.security.domain.telling import tell


def register() -> None:
    """Fill the registries; called by crm/extensions.py."""
    notification_kinds.register(
        NotificationKind("account", _("The safety of your account was changed"), "system", icon="shield-lock", order=10)
    )
    events.account_changed.subscribe(tell)
    settings_pages.register(
        SettingsPage(
            key="sign_ins",
            label=_("Sign-ins"),
            text=_("Who signed in or was refused, from where; locked accounts, passwords, second factors."),
            url_name="security:signinevent_list",
            icon="login",
            section="security",
            permission=READ_LOG,
        )
    )
    panels.register(
        Panel("account", _("Account"), "side", "security/_account.html", parts.account, ADMINISTER, order=5, lazy=True),
        group="crm.User",
    )
    periodic_jobs.register(
        PeriodicJob("sign_in_forget", "crm.sign_in_forget", crontab(hour=18, minute=40))
    )  # 2:40 in China
