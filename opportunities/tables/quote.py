"""The lists of quotes and of price indexes."""

from typing import Any, ClassVar

from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.formats import BASE_CURRENCY, ago, day_html, money_html, num, price
from crm.generic.cells import label_cell, person_cell
from crm.generic.tables import Column, Part, Table, Total, choice_cell, listed_cell, record_address
from crm.markup import badge
from customers.tables.cells import below, customer_url
from opportunities.enums import QuoteState
from opportunities.models import PriceIndex, PriceIndexValue, Quote

QUOTE_TONES: dict[str, str] = {
    QuoteState.DRAFT: "line",
    QuoteState.PENDING: "warn",
    QuoteState.APPROVED: "pri",
    QuoteState.SENT: "info",
    QuoteState.ACCEPTED: "ok",
    QuoteState.DECLINED: "bad",
    QuoteState.EXPIRED: "",
    QuoteState.SUPERSEDED: "",
}
_WAITING = (QuoteState.APPROVED, QuoteState.SENT)


def quote_url(quote: Any) -> str:
    """The address of a quote's page."""
    return record_address("opportunities:quote_record", quote.pk)


def index_url(index: Any) -> str:
    """The address of a price index's page."""
    return record_address("opportunities:priceindex_record", index.pk)


def state_badge(quote: Quote) -> Any:
    """Where it stands."""
    return badge(QUOTE_TONES[quote.state], quote.get_state_display(), dot=True)


def quote_cell(quote: Quote) -> str:
    """The number with link, the opportunity below."""
    link = f'<a class="ttl nw" href="{quote_url(quote)}">{escape(quote.code)}</a>'
    return f'{link}<span class="sub">{escape(quote.opportunity.name)}</span>'


def customer_cell(quote: Quote) -> str:
    """The customer with link."""
    return f'<a href="{customer_url(quote.customer_id)}">{escape(str(quote.customer))}</a>'


def until_cell(quote: Quote) -> str:
    """Until when it is valid; amber in its last week, red once it has passed unanswered."""
    left = (quote.valid_until - timezone.localdate()).days
    if quote.state not in _WAITING or left > 7:
        return str(day_html(quote.valid_until))
    return day_html(quote.valid_until) + below(escape(ago(quote.valid_until)), "bad" if left < 0 else "warn")


class QuoteTable(Table):
    """The list of quotes."""

    model = Quote
    default_sort: ClassVar[str] = "-created_at"
    groups: ClassVar = {
        "state": "state",
        "customer": "customer",
        "product_line": "product_line",
        "owner": "owner",
        "team": "team",
        "business_unit": "business_unit",
        "sent_on": "sent_on",
    }
    totals: ClassVar = {"amount": Total("net_base")}
    columns: ClassVar = [
        Column(
            "code",
            _("Quote"),
            quote_cell,
            select=("opportunity",),
            phone="",
            value=(Part("code"), Part("opportunity.name", _("Opportunity"))),
        ),
        Column(
            "customer", _("Customer"), customer_cell, select=("customer",), phone=_("Customer"), value="customer.name"
        ),
        Column("state", _("Status"), choice_cell("state", QUOTE_TONES), phone=_("Status")),
        Column(
            "amount",
            _("Amount"),
            lambda row: f"<b>{money_html(row.net, row.currency_id)}</b>",
            sort="net_base",
            css="num",
            descending=True,
            phone=_("Amount"),
            value=(
                Part("net"),
                Part("currency_id", _("Currency")),
                Part("net_base", _("in base currency"), BASE_CURRENCY),
            ),
        ),
        Column(
            "valid_until",
            pgettext_lazy("quote", "Valid until"),
            until_cell,
            sort="valid_until",
            css="nw",
            phone=pgettext_lazy("quote", "Valid until"),
            value="valid_until",
        ),
        Column(
            "sent_on",
            _("Sent on"),
            lambda row: day_html(row.sent_on),
            sort="sent_on",
            css="nw",
            descending=True,
            value="sent_on",
        ),
        Column("owner", _("Owner"), person_cell("owner"), select=("owner",)),
        Column("payment_terms", _("Payment terms"), listed_cell("payment_terms", "payment_terms"), shown=False),
        Column("product_line", _("Product line"), label_cell("product_line"), select=("product_line",), shown=False),
        Column(
            "response_hours",
            _("Hours until it was sent"),
            lambda row: num(row.response_hours, 1),
            css="num",
            shown=False,
            value="response_hours",
        ),
        Column("team", _("Team"), label_cell("team"), select=("team",), shown=False),
        Column(
            "business_unit", _("Business unit"), label_cell("business_unit"), select=("business_unit",), shown=False
        ),
        Column(
            "created_at",
            _("Created on"),
            lambda row: day_html(row.created_at),
            sort="created_at",
            css="nw",
            descending=True,
            shown=False,
            value="created_at",
        ),
    ]


class PriceIndexTable(Table):
    """The list of price indexes."""

    model = PriceIndex
    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "code"
    columns: ClassVar = [
        Column(
            "code",
            _("Price index"),
            lambda row: (
                f'<a class="ttl" href="{index_url(row)}">{escape(row.label)}</a>'
                f'<span class="sub">{escape(row.code)}</span>'
            ),
            sort="code",
            phone="",
            value=(Part("label"), Part("code", _("Code"))),
        ),
        Column(
            "unit",
            _("Per unit"),
            lambda row: escape(f"{row.currency_id}/{row.unit.label}"),
            select=("unit",),
            phone=_("Per unit"),
            value=lambda row: f"{row.currency_id}/{row.unit.label}",
        ),
        Column("publisher", _("Published by"), lambda row: escape(row.publisher) or "—", value="publisher"),
        Column(
            "is_active",
            _("In use"),
            lambda row: str(badge("ok", _("in use"))) if row.is_active else str(badge("line", _("not in use"))),
            phone=_("In use"),
            value="is_active",
        ),
    ]


class PriceIndexValueTable(Table):
    """The values of price indexes."""

    model = PriceIndexValue
    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "-starts_on"
    columns: ClassVar = [
        Column(
            "index",
            _("Price index"),
            lambda row: (
                f'<a class="ttl" href="{record_address("opportunities:priceindexvalue_record", row.pk)}">'
                f"{escape(row.index.label)}</a>"
            ),
            select=("index__unit",),
            phone="",
            value="index.label",
        ),
        Column(
            "starts_on",
            _("From"),
            lambda row: day_html(row.starts_on),
            sort="starts_on",
            css="nw",
            descending=True,
            phone=_("From"),
            value="starts_on",
        ),
        Column(
            "value",
            _("Value"),
            lambda row: escape(price(row.value, row.index.currency_id, row.index.unit.label)),
            css="num",
            phone=_("Value"),
            value=(Part("value"), Part("index.currency_id", _("Currency"))),
        ),
    ]
