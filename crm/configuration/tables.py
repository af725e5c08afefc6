"""The list of extra fields."""

from typing import Any, ClassVar

from django.db.models import Count, Q
from django.utils.html import escape
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.configuration.names import SPACE, kind_label
from crm.formats import enumerated, num
from crm.generic.tables import Column, Table, link_cell, record_address, text_cell
from crm.markup import badge
from crm.models import ChoiceList, ExtraField


def field_url(field: ExtraField) -> str:
    """The address of a field's page."""
    return record_address(f"{SPACE}:extrafield_record", field.pk)


def state_text(field: ExtraField) -> str:
    """Whether it is in use, in a word."""
    return gettext("in use") if field.is_active else gettext("not in use")


def state_badge(field: ExtraField) -> str:
    """The same as a badge."""
    return badge("ok" if field.is_active else "", state_text(field), dot=True)


def type_text(field: ExtraField) -> str:
    """The type, with its unit or its list."""
    more = field.unit or (field.choice_list.label if field.choice_list else "")
    return f"{field.get_type_display()} · {more}" if more else str(field.get_type_display())


def marks(field: ExtraField) -> str:
    """What else holds of it: required, lists filter by it, the search finds it."""
    found = (
        (field.required, pgettext("mark of a field", "required")),
        (field.filterable, pgettext("mark of a field", "filter")),
        (field.searchable, pgettext("mark of a field", "search")),
    )
    return enumerated(word for holds, word in found if holds)


class ExtraFieldTable(Table):
    """Columns of the list of extra fields."""

    tagged: ClassVar[bool] = False
    columns: ClassVar = [
        Column("name", _("Field"), link_cell(field_url, str, lambda row: row.key), phone=""),
        Column(
            "record",
            _("Kind of record"),
            lambda row: escape(kind_label(row.record)),
            phone=_("Kind of record"),
            value=lambda row: kind_label(row.record),
        ),
        Column(
            "type",
            _("Type"),
            lambda row: escape(type_text(row)),
            select=("choice_list",),
            phone=_("Type"),
            value=type_text,
        ),
        Column("section", _("Section"), lambda row: escape(row.heading), value="heading"),
        Column("position", pgettext_lazy("in an order", "Position"), text_cell("position"), css="num"),
        Column("marks", _("Marks"), lambda row: escape(marks(row)) or "—", value=marks),
        Column("state", _("Status"), state_badge, phone="", value=state_text),
    ]


def list_url(choices: ChoiceList) -> str:
    """The address of a list's page."""
    return record_address(f"{SPACE}:choicelist_record", choices.pk)


def other_text(choices: ChoiceList) -> str:
    """Whether other text may be entered, in a word."""
    return gettext("yes") if choices.allows_other else gettext("no")


class ChoiceListTable(Table):
    """Columns of the list of lists."""

    tagged: ClassVar[bool] = False
    columns: ClassVar = [
        Column("name", _("List"), link_cell(list_url, str, lambda row: row.key), phone=""),
        Column(
            "offered",
            _("Items offered"),
            lambda row: num(row.offered),
            css="num",
            phone=_("Items offered"),
            value="offered",
        ),
        Column("retired", _("Retired"), lambda row: num(row.retired), css="num", value="retired"),
        Column("other", _("Other text"), lambda row: escape(other_text(row)), phone=_("Other text"), value=other_text),
    ]

    @classmethod
    def load(cls, rows: Any, columns: Any, sort: Any = None) -> Any:
        """The lists with how many items they have."""
        loaded: Any = super().load(rows, columns, sort)
        return loaded.annotate(
            offered=Count("items", filter=Q(items__is_active=True)),
            retired=Count("items", filter=Q(items__is_active=False)),
        )
