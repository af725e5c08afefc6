"""The pages of contacts."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.generic.entity import Entity, Preset
from crm.generic.layout import Action, RecordPage
from customers.domain.contact import add_contact, update_contact
from customers.filters.contact import ContactFilter
from customers.forms.contact import ContactForm
from customers.models import Contact
from customers.tables.cells import customer_url
from customers.tables.contact import ContactTable


def customer_link(contact: Contact) -> SafeString:
    """The contact's customer with its link."""
    return format_html('<a href="{}">{}</a>', customer_url(contact.customer_id), contact.customer.name)


def badges(contact: Contact) -> Sequence[str]:
    """Role, and whether it is the main contact."""
    out = [markup.badge("line", contact.get_role_display())]  # type: ignore[attr-defined]
    if contact.is_primary:
        out.append(markup.badge("pri", gettext("main contact")))
    return out


contact_entity = Entity(
    model=Contact,
    table=ContactTable,
    filterset=ContactFilter,
    nav="customers",
    icon="users",
    page=RecordPage(
        title=lambda contact: contact.name,
        code=lambda contact: contact.title or contact.get_role_display(),
        avatar=str,
        badges=badges,
        meta=lambda contact: [("building-factory-2", customer_link(contact))],
        actions=(
            Action(
                _("All contacts of the customer"),
                lambda contact: reverse("customers:customer_tab", args=[contact.customer_id, "contacts"]),
                "users",
                "customers.view_customer",
            ),
        ),
        attributes=(
            (_("customer"), customer_link),
            "title",
            "role",
            "influence",
            "stance",
            "reports_to",
            "phone",
            "email",
            "notes",
        ),
        select=("customer", "reports_to"),
    ),
    form=ContactForm,
    create=add_contact,
    update=update_contact,
    bulk_edit=("role", "title", "influence", "stance"),
    presets=(Preset("all", _("All")), Preset("main", _("Main contacts"), "is_primary=True")),
)
