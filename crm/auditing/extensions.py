"""What the audit trail adds to the pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.auditing.views.erasures import log_panel, records_panel
from crm.auditing.views.trail import fields_panel, together_panel
from crm.extension_points import MenuItem, Panel, SettingsPage, TrailVerb, menu, panels, settings_pages, trail_verbs
from crm.records.models.trail import VIEW_TRAIL

VERBS = (
    ("move", _("Change of state")),
    ("transfer_owner", _("Handed over")),
    ("move_people", _("Move to another team")),
    ("appoint_manager", _("Manager appointed")),
    ("deactivate_user", _("User deactivated")),
)


def register() -> None:
    """Fill the registries; called by crm/extensions.py."""
    page: dict[str, Any] = {"label": _("Audit trail"), "url_name": "auditing:trailentry_list", "icon": "history"}
    menu.register(MenuItem(key="trail", section="administration", order=800, permission=VIEW_TRAIL, **page))
    settings_pages.register(
        SettingsPage(
            key="trail",
            text=_("Who changed which field of which record, when, from where and why"),
            section="security",
            permission=VIEW_TRAIL,
            order=10,
            **page,
        )
    )
    panels.register(Panel("fields", _("Fields"), "main", "auditing/_fields.html", fields_panel), group="crm.TrailEntry")
    panels.register(
        Panel("together", _("Written together"), "main", "auditing/_together.html", together_panel, lazy=True),
        group="crm.TrailEntry",
    )
    panels.register(
        Panel("records", _("Records"), "main", "auditing/_records.html", records_panel), group="crm.TrailErasure"
    )
    panels.register(
        Panel(
            "personal_log",
            _("Log of personal data"),
            "side",
            "catalogue/_links.html",
            log_panel,
            "crm.view_personaldataentry",
        ),
        group="crm.TrailErasure",
    )
    for key, label in VERBS:
        trail_verbs.register(TrailVerb(key, label))
