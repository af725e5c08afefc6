"""The lists of users, roles and business units."""

from typing import Any, ClassVar

from django.utils.html import escape, format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.formats import num
from crm.generic.tables import Column, Table, link_cell, record_address, text_cell
from crm.markup import avatar, badge

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
    if row.is_active:
        return badge("ok", gettext("Active"), True)
    return badge("", gettext("Deactivated"))


def _roles(row: Any) -> str:
    return "、".join(escape(role.label) for role in row.roles.all()) or "—"


def _team(row: Any) -> str:
    return escape(", ".join(membership.team.label for membership in row.today)) or "—"


class UserTable(Table):
    """Columns of the list of users."""

    default_sort = "display_name"
    columns: ClassVar = [
        Column("name", _("Name"), _user, sort="display_name", phone=""),
        Column("title", _("Position"), text_cell("title")),
        Column("unit", _("Business unit"), lambda row: escape(row.business_unit or "—"), select=("business_unit",)),
        Column("team", _("Team"), _team, phone=_("Team")),
        Column("roles", _("Roles"), _roles, phone=_("Roles")),
        Column("state", _("Status"), state_badge, phone=""),
    ]

    @classmethod
    def load(cls, rows: Any, columns: Any, sort: Any = None) -> Any:
        """The rows with their roles and their teams of today, in one query more each."""
        loaded: Any = super().load(rows, columns, sort)
        return loaded.with_roles_and_teams()


class RoleTable(Table):
    """Columns of the list of roles."""

    columns: ClassVar = [
        Column(
            "name",
            _("Role"),
            link_cell(lambda row: record_address(f"{SPACE}:role_record", row.pk), str, lambda row: row.code),
            phone="",
        ),
        Column("reach", _("Reach"), lambda row: escape(row.get_data_scope_display()), phone=_("Reach")),
        Column("exceptions", _("Exceptions"), lambda row: num(len(row.reaches)), css="num"),
        Column("rights", _("Rights"), lambda row: num(len(row.permissions)), css="num", phone=_("Rights")),
        Column("people", _("People"), lambda row: num(row.people), css="num", phone=_("People")),
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
            _("Name"),
            link_cell(lambda row: record_address(f"{SPACE}:businessunit_record", row.pk), str, lambda row: row.code),
            phone="",
        ),
        Column("english", _("English name"), text_cell("name_en")),
    ]
