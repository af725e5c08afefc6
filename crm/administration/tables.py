"""The lists of users, roles and business units."""

from typing import Any, ClassVar

from django.utils.html import escape, format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.formats import enumerated, num
from crm.generic.tables import Column, Part, Table, link_cell, record_address, text_cell
from crm.markup import avatar, badge
from crm.organisation.models import Weekday

SPACE = "organisation"


def user_url(row: Any) -> str:
    """The address of a user's page."""
    return record_address(f"{SPACE}:user_record", row.pk)


def _user(row: Any) -> str:
    return format_html(
        '<span class="row-f">{}<span><a class="ttl" href="{}">{}</a><span class="sub">{}</span></span></span>',
        avatar(str(row), "xs"),
        user_url(row),
        row,
        row.username,
    )


def state_badge(row: Any) -> str:
    """Whether the user may sign in."""
    return badge("ok" if row.is_active else "", state_text(row), row.is_active)


def state_text(row: Any) -> str:
    """The same in words."""
    return gettext("Active") if row.is_active else gettext("Deactivated")


def _role_names(row: Any) -> str:
    return enumerated(role.label for role in row.roles.all())


def _roles(row: Any) -> str:
    return escape(_role_names(row)) or "—"


def _team_names(row: Any) -> str:
    return enumerated(membership.team.label for membership in row.today)


def _team(row: Any) -> str:
    return escape(_team_names(row)) or "—"


class UserTable(Table):
    """Columns of the list of users."""

    tagged: ClassVar[bool] = False
    default_sort = "display_name"
    columns: ClassVar = [
        Column(
            "name",
            _("Name"),
            _user,
            sort="display_name",
            phone="",
            value=(Part("label"), Part("username", _("User name"))),
        ),
        Column("title", _("Position"), text_cell("title")),
        Column(
            "unit",
            _("Business unit"),
            lambda row: escape(row.business_unit or "—"),
            select=("business_unit",),
            value="business_unit.label",
        ),
        Column("team", _("Team"), _team, phone=_("Team"), value=_team_names),
        Column("roles", _("Roles"), _roles, phone=_("Roles"), value=_role_names),
        Column("state", _("Status"), state_badge, phone="", value=state_text),
    ]

    @classmethod
    def load(cls, rows: Any, columns: Any, sort: Any = None) -> Any:
        """The rows with their roles and their teams of today, in one query more each."""
        loaded: Any = super().load(rows, columns, sort)
        return loaded.with_roles_and_teams()


def _reach(row: Any) -> str:
    return str(row.get_data_scope_display())


class RoleTable(Table):
    """Columns of the list of roles."""

    tagged: ClassVar[bool] = False
    columns: ClassVar = [
        Column(
            "name",
            _("Role"),
            link_cell(lambda row: record_address(f"{SPACE}:role_record", row.pk), str, lambda row: row.code),
            phone="",
        ),
        Column("reach", _("Reach"), lambda row: escape(row.get_data_scope_display()), phone=_("Reach"), value=_reach),
        Column(
            "exceptions",
            _("Exceptions"),
            lambda row: num(len(row.reaches)),
            css="num",
            value=lambda row: len(row.reaches),
        ),
        Column(
            "rights",
            _("Rights"),
            lambda row: num(len(row.permissions)),
            css="num",
            phone=_("Rights"),
            value=lambda row: len(row.permissions),
        ),
        Column("people", _("People"), lambda row: num(row.people), css="num", phone=_("People"), value="people"),
    ]

    @classmethod
    def load(cls, rows: Any, columns: Any, sort: Any = None) -> Any:
        """The rows with how many active people have the role."""
        loaded: Any = super().load(rows, columns, sort)
        return loaded.with_people()


class UnitTable(Table):
    """Columns of the list of business units."""

    columns: ClassVar = [
        Column(
            "name",
            pgettext_lazy("of a thing", "Name"),
            link_cell(lambda row: record_address(f"{SPACE}:businessunit_record", row.pk), str, lambda row: row.code),
            phone="",
        ),
        Column("english", _("English name"), text_cell("name_en")),
    ]


def weekdays_text(row: Any) -> str:
    """The working days of the week; those in a row as "Monday – Friday"."""
    names = dict(Weekday.choices)
    days = sorted(row.weekdays)
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{names[days[0]]} – {names[days[-1]]}"
    return enumerated(names[day] for day in days)


def hours_text(row: Any) -> str:
    """The hours of a working day."""
    spans = [(row.opens_at, row.closes_at)]
    if row.break_from and row.break_until:
        spans = [(row.opens_at, row.break_from), (row.break_until, row.closes_at)]
    return ", ".join(f"{begin:%H:%M}–{end:%H:%M}" for begin, end in spans)


class CalendarTable(Table):
    """Columns of the list of working calendars."""

    tagged: ClassVar[bool] = False
    columns: ClassVar = [
        Column(
            "unit",
            _("Business unit"),
            link_cell(lambda row: record_address(f"{SPACE}:workingcalendar_record", row.pk), str),
            select=("business_unit",),
            phone="",
        ),
        Column(
            "days",
            _("Working days"),
            lambda row: escape(weekdays_text(row)),
            phone=_("Working days"),
            value=weekdays_text,
        ),
        Column(
            "hours",
            pgettext_lazy("calendar", "Hours"),
            lambda row: escape(hours_text(row)),
            phone=pgettext_lazy("calendar", "Hours"),
            value=hours_text,
        ),
    ]
