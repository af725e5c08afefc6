"""What the API adds to the kernel."""

from django.utils.translation import gettext_lazy as _

from crm.extension_points import (
    PeriodicJob,
    PersonalData,
    SettingsPage,
    periodic_jobs,
    personal_data,
    settings_pages,
)


def register() -> None:
    """Called once, when the app registers its own."""
    settings_pages.register(
        SettingsPage(
            key="api_tokens",
            label=_("API tokens"),
            text=_("Let programs read and write as you: make a token, see when it was used, revoke it."),
            url_name="integrations:tokens",
            icon="key",
            section="security",
            permission="integrations.add_apitoken",
        )
    )
    personal_data.register(
        PersonalData(
            key="integrations.ApiToken",
            purpose=_("To notice misuse of accounts."),
            fields=("last_used_from",),
            retention=_("As long as the account exists."),
            parent=("crm.User", "user"),
            order=55,
        )
    )
    periodic_jobs.register(
        PeriodicJob(key="api_answers_forget", task="integrations.forget_api_answers", schedule=60 * 60.0)
    )
