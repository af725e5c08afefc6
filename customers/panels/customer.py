"""Panels of a customer's page that the archive itself fills."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.formats import num
from crm.products.panels import reports_about
from crm.records.masking import unmask_rows
from customers.domain.course import drop_words, volume_drop
from customers.models import Contact, Customer
from customers.tables.cells import course_of, figures_of, growth

COUNTED_UP_TO = 999


def counted(rows: Any) -> int | None:
    """How many rows there are; None beyond 999, because a large table is not counted for a number beside a tab."""
    count = rows.order_by()[: COUNTED_UP_TO + 1].count()
    return count if count <= COUNTED_UP_TO else None


def market(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """The competitors' prices that colleagues reported with this customer."""
    return reports_about(request, customer, "customers")


def price_terms(customer: Customer) -> dict[str, Any]:
    """What the customer's price depends on."""
    return {"grade": customer.grade, "region": customer.region, "business_unit": customer.business_unit}


def facts(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """Key figures: sales, share of wallet, receivables, use of the credit limit."""
    figures = figures_of(customer)
    limit = customer.credit_limit
    use = figures.receivable * 100 / limit if figures is not None and limit else None
    return {
        "figures": figures,
        "shows_share": request.user.has_perm("customers.view_customerdemand"),
        "growth": growth(figures) if figures is not None else None,
        "credit_use": use,
        "credit_tone": "bad" if use is not None and use > 100 else "warn" if use is not None and use >= 90 else "",
    }


def drop(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """The warning that less was bought last month; None when it was not."""
    found = volume_drop(course_of(customer), timezone.localdate())
    if found is None:
        return None
    title = _("Volume −%(percent)s%%") % {"percent": num(found.percent)}
    return {"icon": "trending-down", "title": title, "text": drop_words(found), "tone": ""}


def contacts(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """All contacts, the main one first."""
    user = request.user
    return {
        "contacts": _contacts(Contact.objects.visible_to(user, of=customer), customer, user),
        "can_add": user.has_perm("customers.add_contact"),
        "can_change": user.has_perm("customers.change_contact"),
        "add_url": f"{reverse('customers:contact_create')}?customer={customer.pk}",
    }


def _contacts(rows: Any, customer: Customer, user: Any) -> list[Contact]:
    """The contacts, made ready for their reader."""
    found = list(rows)
    for contact in found:
        contact.customer = customer
    unmask_rows(found, user)
    return found


def contacts_count(request: HttpRequest, customer: Customer) -> int | None:
    """How many contacts there are."""
    return counted(Contact.objects.visible_to(request.user, of=customer))


def main_contacts(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """The first four contacts; nothing without any and without the right to add one."""
    rows = _contacts(Contact.objects.visible_to(request.user, of=customer)[:4], customer, request.user)
    may_add = request.user.has_perm("customers.add_contact")
    if not rows and not may_add:
        return None
    return {
        "contacts": rows,
        "all_url": reverse("customers:customer_tab", args=[customer.pk, "contacts"]),
        "add_url": f"{reverse('customers:contact_create')}?customer={customer.pk}" if may_add else "",
    }
