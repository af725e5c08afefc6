"""Lists of what hangs on a customer."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from crm.formats import day_html, moment_html, money_html, num
from crm.generic.tables import Cell, Column, Table, choice_cell, link_cell, masked_cell, record_address, text_cell
from customers.models import CustomerAddress, CustomerBilling, CustomerLegal
from customers.tables.contact import contact_customer_cell


def _to(url_name: str, title: Any) -> Cell:
    return link_cell(lambda row: record_address(url_name, row.pk), title)


def _customer() -> Column:
    return Column(
        "customer",
        _("Customer"),
        contact_customer_cell,
        select=("customer",),
        phone=_("Customer"),
        value="customer.name",
    )


def _changed(sort: str = "") -> Column:
    return Column(
        "updated_at",
        _("Changed"),
        lambda row: moment_html(row.updated_at),
        sort=sort,
        css="nw",
        shown=False,
        descending=True,
        value="updated_at",
    )


def _until_cell(row: CustomerBilling) -> str:
    return str(day_html(row.insured_until))


class AddressTable(Table):
    """The list of addresses."""

    model = CustomerAddress
    default_sort: ClassVar[str] = "-updated_at"
    columns: ClassVar = [
        Column("name", _("Address"), _to("customers:customeraddress_record", str), phone=""),
        _customer(),
        Column("kind", _("Kind"), choice_cell("kind"), phone=_("Kind")),
        Column("place", _("Name of the place"), text_cell("name")),
        Column("city", _("City"), text_cell("city"), sort="city"),
        Column("contact", _("Person there"), text_cell("contact"), phone=_("Person there")),
        Column("phone", _("Phone"), masked_cell("phone"), css="nw", select=("customer",), phone=_("Phone")),
        Column(
            "is_default",
            _("Usual address"),
            lambda row: "✓" if row.is_default else "",
            value="is_default",
        ),
        _changed("updated_at"),
    ]


class BillingTable(Table):
    """The list of invoice data."""

    model = CustomerBilling
    default_sort: ClassVar[str] = "invoice_title"
    columns: ClassVar = [
        Column(
            "invoice_title",
            _("Invoice title"),
            _to("customers:customerbilling_record", str),
            sort="invoice_title",
            phone="",
            select=("customer",),
        ),
        _customer(),
        Column("tax_number", _("Tax number"), text_cell("tax_number"), css="nw", phone=_("Tax number")),
        Column("bank", _("Bank"), text_cell("bank", "bank_account"), phone=_("Bank")),
        Column("bank_account", _("Bank account"), text_cell("bank_account"), shown=False),
        Column("credit_rating", _("Credit rating"), text_cell("credit_rating")),
        Column(
            "insured_limit",
            _("Insured limit"),
            lambda row: str(money_html(row.insured_limit)),
            css="num",
            value="insured_limit",
        ),
        Column("insured_until", _("Insured until"), _until_cell, sort="insured_until", css="nw", value="insured_until"),
        _changed(),
    ]


def _capital_cell(row: CustomerLegal) -> str:
    if row.registered_capital is None:
        return "—"
    return f"{num(row.registered_capital)} {row.capital_currency.code if row.capital_currency else ''}"


class LegalTable(Table):
    """The list of legal facts."""

    model = CustomerLegal
    default_sort: ClassVar[str] = "-registered_capital"
    columns: ClassVar = [
        Column(
            "customer_name", _("Customer"), _to("customers:customerlegal_record", str), phone="", select=("customer",)
        ),
        Column("legal_form", _("Legal form"), choice_cell("legal_form"), phone=_("Legal form")),
        Column(
            "registered_capital",
            _("Registered capital"),
            _capital_cell,
            sort="registered_capital",
            css="num",
            select=("capital_currency",),
            descending=True,
            value="registered_capital",
        ),
        Column(
            "founded_on",
            _("Founded on"),
            lambda row: str(day_html(row.founded_on)),
            sort="founded_on",
            css="nw",
            value="founded_on",
        ),
        Column(
            "representative", _("Legal representative"), text_cell("representative"), phone=_("Legal representative")
        ),
        Column("status", _("Status in the register"), choice_cell("status")),
        _changed(),
    ]
