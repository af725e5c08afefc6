"""The list of contacts."""

from html import escape
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import moment_html
from crm.generic.tables import (
    Column,
    Part,
    Table,
    choice_cell,
    listed_cell,
    masked_cell,
)
from customers.models import Contact
from customers.tables.cells import customer_url


def contact_name_cell(contact: Contact) -> str:
    """The contact with link, position and whether it is the main one."""
    main = markup.badge("pri", gettext("main contact")) if contact.is_primary else ""
    return (
        f'<div class="row-f">{markup.avatar(contact.name)}<div class="col-f gap-0">'
        f'<span><a class="ttl" href="{reverse("customers:contact_record", args=[contact.pk])}">{escape(contact.name)}</a>'
        f' {main}</span><span class="sub">{escape(contact.title)}</span></div></div>'
    )


def contact_customer_cell(contact: Contact) -> str:
    """The contact's customer with link."""
    return f'<a href="{customer_url(contact.customer_id)}">{escape(str(contact.customer))}</a>'


class ContactTable(Table):
    """The list of contacts."""

    model = Contact
    default_sort: ClassVar[str] = "name"
    columns: ClassVar = [
        Column(
            "name",
            _("Contact"),
            contact_name_cell,
            sort="name",
            phone="",
            value=(Part("name"), Part("title", _("Position")), Part("is_primary", _("Main contact"))),
        ),
        Column(
            "customer",
            _("Customer"),
            contact_customer_cell,
            select=("customer",),
            phone=_("Customer"),
            value="customer.name",
        ),
        Column("role", _("Role"), listed_cell("role", "contact_role"), phone=_("Role")),
        Column("influence", _("Influence"), choice_cell("influence"), shown=False),
        Column("stance", _("Stance"), choice_cell("stance"), shown=False),
        Column("phone", _("Mobile"), masked_cell("phone"), css="nw", select=("customer",), phone=_("Mobile")),
        Column("email", _("E-mail"), masked_cell("email"), select=("customer",)),
        Column(
            "updated_at",
            _("Changed"),
            lambda row: moment_html(row.updated_at),
            sort="updated_at",
            css="nw",
            descending=True,
            value="updated_at",
        ),
    ]
