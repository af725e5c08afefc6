"""The settings page: what an administrator may set, by section; each app registers its own pages."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views import View

from crm import extension_points
from crm.extension_points import SETTINGS_SECTIONS, SettingsPage
from crm.shell.menu import url_of

SECTION_LABELS = {
    "organisation": gettext_lazy("Organisation"),
    "catalogue": gettext_lazy("Products and prices"),
    "process": gettext_lazy("Processes and texts"),
    "security": pgettext_lazy("settings section", "Security"),
    "data": gettext_lazy("Data and interfaces"),
}


def pages_for(user: Any) -> list[SettingsPage]:
    """The settings pages this user may open."""
    return [page for page in extension_points.settings_pages.all() if user.has_perm(page.permission)]


def has_settings(user: Any) -> bool:
    """Whether there is anything for this user to set."""
    return any(user.has_perm(page.permission) for page in extension_points.settings_pages.all())


class Settings(View):
    """Every settings page the reader may open, as cards in sections."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; 403 when there is nothing for the reader to set."""
        pages = pages_for(request.user)
        if not pages:
            raise PermissionDenied
        sections = [
            (SECTION_LABELS[key], [(page, url_of(page.url_name)) for page in pages if page.section == key])
            for key in SETTINGS_SECTIONS
        ]
        shown = [section for section in sections if section[1]]
        return render(request, "shell/settings.html", {"sections": shown, "crumbs": [(_("Settings"), None)]})
