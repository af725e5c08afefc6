"""Cells that tables of every app use for what a row points at."""

from html import escape
from typing import Any

from crm import markup
from crm.generic.tables import Cell, exported


def person_cell(field: str) -> Cell:
    """A colleague with avatar."""

    def cell(row: Any) -> str:
        person = getattr(row, field)
        return f'<span class="nw">{markup.avatar(person.label, "xs")} {escape(person.label)}</span>' if person else "—"

    return exported(cell, f"{field}.label")


def label_cell(field: str) -> Cell:
    """The name of a related row, without a link."""

    def cell(row: Any) -> str:
        name = _name(getattr(row, field))
        return f'<span class="nw">{escape(name)}</span>' if name else "—"

    return exported(cell, lambda row: _name(getattr(row, field)))


def _name(related: Any) -> str | None:
    """Its label where it has one, as in drop-downs."""
    return None if related is None else str(getattr(related, "label", None) or related)
