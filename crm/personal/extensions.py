"""What personal data adds to the pages."""

from django.utils.translation import gettext_lazy as _

from crm.extension_points import SettingsPage, settings_pages
from crm.personal.models.entry import READ_LOG


def register() -> None:
    """Fill the registries; called by crm/extensions.py."""
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
