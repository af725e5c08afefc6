"""The pages of what hangs on a customer: addresses, invoice data, legal facts."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import day_html, money_html, num
from crm.generic.entity import Entity, Preset
from crm.generic.layout import RecordPage
from crm.generic.views.edit import CreateView
from customers.domain.address import add_address, update_address
from customers.domain.details import add_billing, add_legal, update_billing, update_legal
from customers.filters.parts import AddressFilter, BillingFilter, LegalFilter
from customers.forms.parts import AddressForm, BillingForm, LegalForm
from customers.models import CustomerAddress, CustomerBilling, CustomerLegal
from customers.tables.parts import AddressTable, BillingTable, LegalTable
from customers.views.contact import customer_link


def archive_url(part: Any) -> str:
    """The customer's tab on which all parts of its archive stand."""
    return reverse("customers:customer_tab", args=[part.customer_id, "archive"])


class NewPartView(CreateView):
    """After adding a part one comes back to the customer's archive."""

    def landing(self, record: Any) -> str:
        """The archive's tab."""
        return archive_url(record)


VIEWS: dict[str, Any] = {"create": NewPartView}
_page = partial(
    RecordPage,
    title=str,
    meta=lambda row: [("building-factory-2", customer_link(row))],
    select=("customer",),
)


def _address_badges(address: CustomerAddress) -> list[str]:
    out: list[str] = [markup.badge("line", address.get_kind_display())]
    return [*out, markup.badge("pri", gettext("usual address"))] if address.is_default else out


address_entity = Entity(
    model=CustomerAddress,
    table=AddressTable,
    filterset=AddressFilter,
    nav="customers",
    icon="map-pin",
    page=_page(
        code=lambda address: address.name or address.get_kind_display(),
        badges=_address_badges,
        attributes=(
            (_("customer"), customer_link),
            "kind",
            "name",
            "province",
            "city",
            "street",
            "postal_code",
            "contact",
            "phone",
        ),
    ),
    form=AddressForm,
    create=add_address,
    update=update_address,
    views=VIEWS,
    presets=(Preset("all", _("All")), Preset("ship_to", _("Ship-to"), "kind=ship_to")),
    empty_text=_("Addresses say where goods and invoices go. Add them on a customer's page."),
)
billing_entity = Entity(
    model=CustomerBilling,
    table=BillingTable,
    filterset=BillingFilter,
    nav="customers",
    icon="file-invoice",
    page=_page(
        code=lambda billing: billing.tax_number or pgettext("of a customer", "Invoice data"),
        attributes=(
            (_("customer"), customer_link),
            "invoice_title",
            "tax_number",
            "invoice_address",
            "invoice_phone",
            "bank",
            "bank_account",
            "credit_rating",
            (_("insured limit"), lambda row: money_html(row.insured_limit)),
            (_("insured until"), lambda row: day_html(row.insured_until)),
        ),
    ),
    form=BillingForm,
    create=add_billing,
    update=update_billing,
    views=VIEWS,
    empty_text=_("Invoice data are what a customer's VAT invoice needs. Add them on the customer's page."),
)


def capital(legal: CustomerLegal) -> str:
    """The registered capital with its currency."""
    if legal.registered_capital is None:
        return "—"
    currency = legal.capital_currency.code if legal.capital_currency else ""
    return f"{num(legal.registered_capital)} {currency}".strip()


legal_entity = Entity(
    model=CustomerLegal,
    table=LegalTable,
    filterset=LegalFilter,
    nav="customers",
    icon="scale",
    page=_page(
        code=lambda legal: legal.get_legal_form_display() or pgettext("of a customer", "Legal facts"),
        select=("customer", "capital_currency"),
        attributes=(
            (_("customer"), customer_link),
            "legal_form",
            (_("registered capital"), capital),
            (_("founded on"), lambda row: day_html(row.founded_on)),
            "representative",
            "business_scope",
            "status",
        ),
    ),
    form=LegalForm,
    create=add_legal,
    update=update_legal,
    views=VIEWS,
    empty_text=_("Legal facts come from the public register of companies. Add them on the customer's page."),
)
