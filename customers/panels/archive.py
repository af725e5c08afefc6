"""Panels of a customer's page about its archive: addresses, invoice data, legal facts, completeness, organisation chart."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.base.querysets import may_write
from crm.formats import day_html, money_html, num
from crm.records.masking import unmask_rows
from customers.domain.completeness import missing_of
from customers.enums import Influence, Stance
from customers.models import (
    Contact,
    Customer,
    CustomerAddress,
    CustomerBilling,
    CustomerCompleteness,
    CustomerLegal,
)

ADDRESSES = 200
INFLUENCE_TONES: dict[str, str] = {Influence.HIGH: "vio", Influence.MEDIUM: "info", Influence.LOW: "line"}
STANCE_TONES: dict[str, str] = {Stance.SUPPORTER: "ok", Stance.NEUTRAL: "line", Stance.OPPONENT: "bad"}


def archive(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """The tab with all parts of the archive that the reader may see."""
    user: Any = request.user
    writable = may_write(user, customer)
    addresses: list[CustomerAddress] = []
    if shows := user.has_perm("customers.view_customeraddress"):
        addresses = list(CustomerAddress.objects.visible_to(user, of=customer)[:ADDRESSES])
        for address in addresses:
            address.customer = customer
        unmask_rows(addresses, user)
    new = f"{reverse('customers:customeraddress_create')}?customer={customer.pk}"
    return {
        "addresses": addresses,
        "shows_addresses": shows,
        "may_change": writable and user.has_perm("customers.change_customeraddress"),
        "add_address_url": new if writable and user.has_perm("customers.add_customeraddress") else "",
        "cards": [card for card in (_billing(user, customer, writable), _legal(user, customer, writable)) if card],
    }


def _card(user: Any, model: Any, record: Any, customer: Customer, writable: bool) -> dict[str, Any]:
    """A card's button: change what is there, or write it down."""
    name = model._meta.model_name
    if record is not None:
        may = user.has_perm(f"customers.change_{name}")
        url, label = reverse(f"customers:{name}_edit", args=[record.pk]), _("Edit")
    else:
        may = user.has_perm(f"customers.add_{name}")
        url, label = f"{reverse(f'customers:{name}_create')}?customer={customer.pk}", _("Write down")
    return {"url": url if may and writable else "", "label": label}


def _billing(user: Any, customer: Customer, writable: bool) -> dict[str, Any] | None:
    if not user.has_perm("customers.view_customerbilling"):
        return None
    row = CustomerBilling.objects.visible_to(user, of=customer).first()
    pairs: list[tuple[Any, Any]] = []
    if row is not None:
        bank = " ".join(filter(None, (row.bank, row.bank_account)))
        pairs = [
            (_("Invoice title"), row.invoice_title or "—"),
            (_("Tax number"), row.tax_number or "—"),
            (_("Address, phone"), " ".join(filter(None, (row.invoice_address, row.invoice_phone))) or "—"),
            (_("Bank"), bank or "—"),
            (_("Credit rating"), row.credit_rating or "—"),
            (_("Insured limit"), money_html(row.insured_limit)),
            (_("Insured until"), day_html(row.insured_until)),
        ]
    title = _("Invoice data and bank")
    return {"id": "billing", "title": title, "pairs": pairs, **_card(user, CustomerBilling, row, customer, writable)}


def _legal(user: Any, customer: Customer, writable: bool) -> dict[str, Any] | None:
    if not user.has_perm("customers.view_customerlegal"):
        return None
    row = CustomerLegal.objects.visible_to(user, of=customer).select_related("capital_currency").first()
    pairs: list[tuple[Any, Any]] = []
    if row is not None:
        currency = row.capital_currency.code if row.capital_currency else ""
        pairs = [
            (_("Legal form"), row.get_legal_form_display() or "—"),
            (_("Registered capital"), f"{num(row.registered_capital)} {currency}".strip()),
            (_("Founded on"), day_html(row.founded_on)),
            (_("Legal representative"), row.representative or "—"),
            (_("Status in the register"), row.get_status_display() or "—"),
            (_("Business scope"), row.business_scope or "—"),
        ]
    title = _("Legal facts")
    return {"id": "legal", "title": title, "pairs": pairs, **_card(user, CustomerLegal, row, customer, writable)}


def completeness(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """The score as a ring, and what is missing; nothing until it has been worked out."""
    row = CustomerCompleteness.objects.visible_to(request.user, of=customer).first()
    if row is None:
        return None
    may = request.user.has_perm("customers.change_customer") and may_write(request.user, customer)
    edit = reverse("customers:customer_edit", args=[customer.pk])
    return {"score": row.score, "missing": missing_of(row.missing), "edit_url": edit if may else ""}


def chart(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """Who reports to whom: one query, however many they are."""
    user: Any = request.user
    entries: dict[int, dict[str, Any]] = {
        contact.pk: {
            "contact": contact,
            "below": [],
            "influence": _("influence: %(level)s") % {"level": contact.get_influence_display()},
            "influence_tone": INFLUENCE_TONES.get(contact.influence, "line"),
            "stance_tone": STANCE_TONES.get(contact.stance, "line"),
        }
        for contact in Contact.objects.visible_to(user, of=customer)
    }
    roots: list[Any] = []
    for entry in entries.values():
        above = entries.get(entry["contact"].reports_to_id)
        (above["below"] if above is not None else roots).append(entry)
    may_add = user.has_perm("customers.add_contact")
    add = f"{reverse('customers:contact_create')}?customer={customer.pk}"
    return {"roots": roots, "add_url": add if may_add else ""}
