"""What personal data adds to the pages, and the kinds of it that the kernel holds."""

from celery.schedules import crontab
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from crm.extension_points import (
    JobKind,
    PeriodicJob,
    PersonalData,
    SettingsPage,
    job_kinds,
    periodic_jobs,
    personal_data,
    settings_pages,
)
from crm.personal.domain.exporting import export_links, retry_export
from crm.personal.domain.users import erased_name, former_colleagues, still_here
from crm.personal.models.entry import MANAGE, READ_LOG
from crm.personal.register import ERASED


def register() -> None:
    """Fill the registries; called by crm/extensions.py."""
    settings_pages.register(
        SettingsPage(
            key="personal_data",
            label=_("Personal data"),
            text=_("What is held about people, why and how long; find, export and erase the data of a person."),
            url_name="personal:register",
            icon="user-check",
            section="security",
            permission=MANAGE,
        )
    )
    settings_pages.register(
        SettingsPage(
            key="personal_log",
            label=_("Log of personal data"),
            text=_("Who looked at masked contact data, and what was exported or erased for whom and why."),
            url_name="personal:personaldataentry_list",
            icon="eye",
            section="security",
            permission=READ_LOG,
        )
    )
    job_kinds.register(
        JobKind("personal_export", _("Export of personal data"), retry_export, False, export_links, "user-check")
    )
    periodic_jobs.register(
        PeriodicJob("personal_retention", "crm.personal_retention", crontab(hour=19, minute=40))  # 3:40 in China
    )
    _register_kinds()


def _register_kinds() -> None:
    personal_data.register(
        PersonalData(
            key="crm.User",
            purpose=_("To let colleagues sign in and to say who did what."),
            fields=("display_name", "username", "email", "phone", "title"),
            retention=_("As long as somebody works here; a rule may end it."),
            erased={"display_name": ERASED, "username": erased_name},
            names=("display_name", "username"),
            phones=("phone",),
            emails=("email",),
            due=former_colleagues,
            months=36,
            keeps=still_here,
            order=30,
        )
    )
    personal_data.register(
        PersonalData(
            key="crm.SignInEvent",
            purpose=_("To notice misuse of accounts."),
            fields=("username", "address", "agent"),
            retention=format_lazy(_("{days} days (SIGN_IN_LOG_DAYS)"), days=settings.SIGN_IN_LOG_DAYS),
            parent=("crm.User", "user"),
            order=40,
        )
    )
    personal_data.register(
        PersonalData(
            key="crm.UserSession",
            purpose=_("To show people where they are signed in, and to end sessions."),
            fields=("address", "agent"),
            retention=_("90 days after the session has ended"),
            parent=("crm.User", "user"),
            order=50,
        )
    )
