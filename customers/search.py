"""What the global search finds of customers and contacts."""

from typing import Any

from django.urls import reverse

from crm.base.querysets import fold
from crm.extension_points import SearchHit
from crm.records import masking
from customers.models import Contact, Customer
from customers.tables.cells import customer_url

CANDIDATES = 60
PHONE_DIGITS = 4


def search_customers(user: Any, text: str, limit: int) -> list[SearchHit]:
    """Customers by name, short name, pinyin, initials, code, credit code or phone; what begins with the text comes first."""
    rows = list(Customer.objects.visible_to(user).search(text).select_related("owner").order_by()[:CANDIDATES])
    sought = fold(text)
    rows.sort(key=lambda row: (not _begins(row, sought), row.grade == "", "SABCD".find(row.grade), row.code))
    return [
        SearchHit(
            title=row.name,
            subtitle=" · ".join(filter(None, (row.code, row.city, row.owner.label if row.owner else ""))),
            url=customer_url(row.pk),
            grade=row.grade,
        )
        for row in rows[:limit]
    ]


def _begins(row: Customer, sought: str) -> bool:
    return any(fold(value).startswith(sought) for value in (row.name, row.short_name, row.code))


def search_contacts(user: Any, text: str, limit: int) -> list[SearchHit]:
    """Contacts by name, pinyin, initials or e-mail, or by four digits or more of the phone; the whole of them for
    readers who do not see them."""
    if text.strip().isdecimal() and len(text.strip()) < PHONE_DIGITS:
        return []
    rows = masking.search(Contact.objects.visible_to(user), text, user).select_related("customer").order_by()[:limit]
    return [
        SearchHit(
            title=row.name,
            subtitle=" · ".join(filter(None, (row.title, str(row.customer)))),
            url=reverse("customers:contact_record", args=[row.pk]),
        )
        for row in rows
    ]
