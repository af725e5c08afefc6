"""Cells and addresses that the lists of several records share."""

from decimal import Decimal
from html import escape
from typing import Any

from crm import markup
from crm.generic.tables import (
    Cell,
    exported,
    record_address,
)
from customers.models import Customer, CustomerFigures


def customer_url(pk: int) -> str:
    """The address of a customer's page."""
    return record_address("customers:customer_record", pk)


def figures_of(customer: Customer) -> CustomerFigures | None:
    """The figures beside the customer; None until they are first refreshed."""
    return getattr(customer, "figures", None)


def growth(figures: CustomerFigures) -> Decimal | None:
    """Sales of 12 months against the 12 months before, in per cent; None without sales before."""
    before = figures.sales_12m_before
    return (figures.sales_12m - before) * 100 / before if before > 0 else None


def below(html: str, tone: str = "") -> str:
    """The second line of a cell; `tone`: bad, warn or empty. Takes safe markup."""
    text = f'<span class="{tone}">{html}</span>' if tone else html
    return f'<span class="sub">{text}</span>'


def person_cell(field: str) -> Cell:
    """A colleague with avatar."""

    def cell(row: Any) -> str:
        person = getattr(row, field)
        return f'<span class="nw">{markup.avatar(person.label, "xs")} {escape(person.label)}</span>' if person else "—"

    return exported(cell, f"{field}.label")


def label_cell(field: str) -> Cell:
    """The label of a related row of the structure."""

    def cell(row: Any) -> str:
        related = getattr(row, field)
        return f'<span class="nw">{escape(related.label)}</span>' if related else "—"

    return exported(cell, f"{field}.label")
