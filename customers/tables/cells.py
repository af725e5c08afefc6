"""Cells and addresses that the lists of several records share."""

from decimal import Decimal

from crm.generic.tables import (
    record_address,
)
from customers.models import Customer, CustomerCourse, CustomerFigures


def customer_url(pk: int) -> str:
    """The address of a customer's page."""
    return record_address("customers:customer_record", pk)


def figures_of(customer: Customer) -> CustomerFigures | None:
    """The figures beside the customer; None until they are first refreshed."""
    return getattr(customer, "figures", None)


def course_of(customer: Customer) -> CustomerCourse | None:
    """The months beside the customer; None without business in them."""
    return getattr(customer, "course", None)


def growth(figures: CustomerFigures) -> Decimal | None:
    """Sales of 12 months against the 12 months before, in per cent; None without sales before."""
    before = figures.sales_12m_before
    return (figures.sales_12m - before) * 100 / before if before > 0 else None


def below(html: str, tone: str = "") -> str:
    """The second line of a cell; `tone`: bad, warn or empty. Takes safe markup."""
    text = f'<span class="{tone}">{html}</span>' if tone else html
    return f'<span class="sub">{text}</span>'
