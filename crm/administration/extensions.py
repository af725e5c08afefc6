"""What the screens of the organisation add to the pages."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from crm.administration import panels as parts
from crm.base.models import OwnedModel
from crm.extension_points import Panel, PeriodicJob, SettingsPage, panels, periodic_jobs, settings_pages

PAGES = (
    (
        "users",
        _("Users"),
        _("Who signs in, in which team, with which roles; joiners, movers, leavers"),
        "user",
        "view_user",
    ),
    ("roles", _("Roles"), _("What people may do, and whose records they see"), "shield-check", "view_role"),
    ("units", _("Business units"), _("The divisions of the company"), "building", "view_businessunit"),
    ("teams", _("Teams"), _("The tree of teams, their managers and people"), "users-group", "view_team"),
    ("regions", _("Regions"), _("The tree of sales regions"), "map-pin", "view_region"),
    (
        "calendars",
        _("Working calendars"),
        _("Working days, hours, holidays and make-up working days"),
        "calendar-stats",
        "view_workingcalendar",
    ),
)
NAMES = {
    "users": "user",
    "roles": "role",
    "units": "businessunit",
    "teams": "team",
    "regions": "region",
    "calendars": "workingcalendar",
}
PANELS = {
    "crm.User": (
        Panel("owned", _("Owns"), "main", "organisation/_owned.html", parts.user_owned, order=10),
        Panel("teams", _("Teams"), "main", "organisation/_periods.html", parts.user_teams, order=20),
        Panel("roles", _("Roles"), "side", "organisation/_roles.html", parts.user_roles, order=10),
        Panel("deputies", _("Deputies"), "side", "organisation/_deputies.html", parts.user_deputies, order=20),
    ),
    "crm.Role": (
        Panel("matrix", _("Rights"), "main", "organisation/_matrix.html", parts.role_matrix, order=10),
        Panel("people", _("People"), "side", "organisation/_people.html", parts.role_people, "crm.view_user", order=10),
    ),
    "crm.Team": (
        Panel("members", _("People"), "main", "organisation/_members.html", parts.team_members, order=10),
        Panel("below", _("Below it"), "side", "organisation/_below.html", parts.below, order=10),
        Panel("managers", _("Managers"), "side", "organisation/_managers.html", parts.team_managers, order=20),
    ),
    "crm.WorkingCalendar": (
        Panel("days", _("Special days"), "main", "organisation/_special_days.html", parts.special_days, order=10),
    ),
    "crm.Region": (Panel("below", _("Below it"), "main", "organisation/_below.html", parts.below, order=10),),
}

COLLABORATORS = Panel(
    "collaborators",
    _("Collaborators"),
    "side",
    "organisation/_shares.html",
    parts.collaborators,
    order=90,
    lazy=True,
)


def register() -> None:
    """Fill the registries; called by crm/extensions.py."""
    for order, (key, label, text, icon, permission) in enumerate(PAGES, 1):
        settings_pages.register(
            SettingsPage(
                key=key,
                label=label,
                text=text,
                url_name=f"organisation:{NAMES[key]}_list",
                icon=icon,
                section="organisation",
                permission=f"crm.{permission}",
                order=order * 10,
            )
        )
    settings_pages.register(
        SettingsPage(
            key="deputies",
            label=_("Absence and deputies"),
            text=_("Who stands in for whom, and until when"),
            url_name="organisation:deputies",
            icon="calendar-event",
            section="organisation",
            permission="crm.change_user",
            order=60,
        )
    )
    for group, entries in PANELS.items():
        for panel in entries:
            panels.register(panel, group=group)
    for model in apps.get_models():
        if issubclass(model, OwnedModel):
            panels.register(COLLABORATORS, group=model._meta.label)
    periodic_jobs.register(PeriodicJob("team_managers", "crm.team_managers", 3600))
