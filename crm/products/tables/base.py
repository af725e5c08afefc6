"""What the lists of the catalogue share."""

from html import escape
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from crm.generic.tables import Column, link_cell, record_address
from crm.markup import badge

SPACE = "catalogue"


def url_of(name: str, pk: Any) -> str:
    """The address of a record's page."""
    return record_address(f"{SPACE}:{name}_record", pk)


def named(name: str) -> Any:
    """The cell of a record with a code: its name with the link, the code below."""
    return link_cell(lambda row: url_of(name, row.pk), lambda row: row.label, lambda row: row.code)


def state_text(row: Any) -> str:
    """Whether it is still used."""
    return pgettext("catalogue", "in use") if row.is_active else pgettext("catalogue", "not in use")


def state_cell(row: Any) -> str:
    """The same as a badge."""
    return badge("ok" if row.is_active else "", state_text(row), row.is_active)


def related(field: str) -> Any:
    """The cell of a related record's name."""

    def cell(row: Any) -> str:
        found = getattr(row, field)
        return escape(found.label) if found is not None else "—"

    return cell


def related_column(key: str, label: Any, field: str, **more: Any) -> Column:
    return Column(key, label, related(field), select=(field,), value=f"{field}.label", **more)


STATE = Column("state", _("Status"), state_cell, phone="", value=state_text)
