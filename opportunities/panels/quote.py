"""What a quote, an opportunity and a customer show of quotes."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.catalogue.models.cost import VIEW_COST
from crm.catalogue.models.price import FLOOR
from crm.extension_points import TimelineEvent
from crm.formats import EMPTY, day_html, exact_price, money_html, pct, price
from opportunities.domain.quotes.pricing import margin_of
from opportunities.domain.quotes.words import line_words
from opportunities.enums import QuoteState
from opportunities.models import (
    PriceIndex,
    PriceIndexValue,
    Quote,
    QuoteLine,
    QuoteLink,
    QuoteMessage,
    QuoteOpening,
    QuoteStateChange,
)
from opportunities.tables.quote import quote_url, state_badge, until_cell

SHOWN, OPENINGS = 8, 20
VIEW = "opportunities.view_quote"


def lines_of(request: HttpRequest, quote: Quote) -> list[QuoteLine]:
    """The quote's lines with what their words need."""
    rows = QuoteLine.objects.visible_to(request.user, of=quote)
    return list(rows.select_related("product", "unit", "index__unit").order_by("position", "pk"))


def compared(line: QuoteLine, quote: Quote, user: Any) -> dict[str, Any]:
    """A line's list price, and floor price and margin for those who may see them."""
    currency, unit = quote.currency_code, line.unit.label
    sees_floor, sees_cost = user.has_perm(FLOOR), user.has_perm(VIEW_COST)
    return {
        "guide": exact_price(line.guide_price, currency, unit),
        "below": bool(line.floor_gap),
        "floor": exact_price(line.floor_price, currency, unit) if sees_floor else "",
        "gap": pct(line.floor_gap, 1, of=100) if sees_floor and line.floor_gap else "",
        "margin": pct(line.margin) if sees_cost else "",
        "cost": exact_price(line.unit_cost, currency, unit) if sees_cost else "",
        "freight": exact_price(line.freight, currency, unit) if line.freight is not None else "",
    }


def lines(request: HttpRequest, quote: Quote) -> dict[str, Any]:
    """A quote's page: its lines, compared with lists and, for those who may, with floor prices and costs."""
    found = lines_of(request, quote)
    user: Any = request.user
    sees_cost = user.has_perm(VIEW_COST)
    return {
        "record": quote,
        "lines": [(line_words(line, quote), compared(line, quote, user)) for line in found],
        "sees_floor": user.has_perm(FLOOR),
        "sees_cost": sees_cost,
        "margin": pct(margin_of(found)) if sees_cost else "",
        "freight": quote.freight_amount,
    }


def reading(request: HttpRequest, quote: Quote) -> dict[str, Any] | None:
    """A quote's page: its link, when it was opened, and what the customer said there."""
    user = request.user
    link = QuoteLink.objects.visible_to(user, of=quote).order_by("-pk").first()
    if link is None:
        return None
    openings = QuoteOpening.objects.visible_to(user).filter(link__quote=quote).order_by("-at", "-pk")
    found = list(openings[: OPENINGS + 1])
    live = link.revoked_at is None and link.expires_at > timezone.now()
    return {
        "link": link,
        "live": live and quote.state in (QuoteState.SENT, QuoteState.ACCEPTED),
        "last_day": timezone.localdate(link.expires_at) - dt.timedelta(days=1),
        "openings": found[:OPENINGS],
        "more": len(found) > OPENINGS,
        "messages": list(QuoteMessage.objects.visible_to(user, of=quote).order_by("-at", "-pk")),
    }


def versions(request: HttpRequest, quote: Quote) -> dict[str, Any] | None:
    """A quote's page: its versions, and the way to see two side by side."""
    rows = Quote.objects.visible_to(request.user).filter(number=quote.number).order_by("-edition")
    found = list(rows)
    if len(found) < 2:
        return None
    return {
        "rows": [
            {
                "row": row,
                "here": row.pk == quote.pk,
                "url": quote_url(row),
                "state": state_badge(row),
                "compare": ""
                if row.pk == quote.pk
                else reverse("opportunities:quote_compare", args=[quote.pk]) + f"?with={row.pk}",
            }
            for row in found
        ]
    }


def _table(
    request: HttpRequest, rows: Any, title: str, key: str, empty: str, url: str, add_url: str = ""
) -> dict[str, Any]:
    found = list(rows.select_related("opportunity").order_by("-pk")[: SHOWN + 1])
    body = format_html_join(
        "",
        '<tr><td><a class="ttl nw" href="{}">{}</a><span class="sub">{}</span></td><td data-l="{}">{}</td>'
        '<td class="num" data-l="{}">{}</td><td class="nw" data-l="{}">{}</td></tr>',
        (
            (
                quote_url(row),
                row.code,
                row.opportunity.name,
                _("Status"),
                state_badge(row),
                _("Amount"),
                money_html(row.net, row.currency_id),
                pgettext("quote", "Valid until"),
                mark_safe(until_cell(row)),  # noqa: S308 -- markup of ours
            )
            for row in found[:SHOWN]
        ),
    )
    return {
        "title": title,
        "id": key,
        "head": [(_("Quote"), ""), (_("Status"), ""), (_("Amount"), "num"), (pgettext("quote", "Valid until"), "")],
        "body": body,
        "empty": empty,
        "add_url": add_url,
        "all_url": url if len(found) > SHOWN else "",
    }


def of_opportunity(request: HttpRequest, opportunity: Any) -> dict[str, Any]:
    """An opportunity's page: its quotes."""
    rows = Quote.objects.visible_to(request.user).filter(opportunity=opportunity)
    url = f"{reverse('opportunities:quote_list')}?opportunity={opportunity.pk}"
    return _table(request, rows, _("Quotes"), "quotes", _("Nothing was offered yet: press “Quote” above."), url)


def of_customer(request: HttpRequest, customer: Any) -> dict[str, Any]:
    """A customer's page: its quotes."""
    rows = Quote.objects.visible_to(request.user).filter(customer=customer)
    url = f"{reverse('opportunities:quote_list')}?customer={customer.pk}"
    return _table(request, rows, _("Quotes"), "quotes", _("A quote begins at an opportunity of the customer."), url)


def events(request: HttpRequest, customer: Any, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """What became of the customer's quotes, those that the reader sees."""
    seen = Quote.objects.visible_to(request.user).filter(customer=customer).order_by()
    told = [QuoteState.SENT, QuoteState.ACCEPTED, QuoteState.DECLINED, QuoteState.EXPIRED]
    rows = QuoteStateChange.objects.visible_to(request.user).filter(record__in=seen, target__in=told)
    if before is not None:
        rows = rows.filter(at__lt=timezone.make_aware(dt.datetime.combine(before, dt.time.min)))
    return [_event(row) for row in rows.select_related("record", "actor").order_by("-at", "-pk")[:limit]]


LOOKS = {
    QuoteState.SENT: ("send", "p"),
    QuoteState.ACCEPTED: ("circle-check", "o"),
    QuoteState.DECLINED: ("circle-x", "b"),
    QuoteState.EXPIRED: ("clock-pause", "w"),
}


def _event(row: QuoteStateChange) -> TimelineEvent:
    icon, tone = LOOKS[QuoteState(row.target)]
    title = _("Quote %(code)s: %(state)s") % {"code": row.record.code, "state": row.get_target_display()}
    who = row.actor.label if row.actor else ""
    return TimelineEvent(
        timezone.localtime(row.at).date(), icon, title, row.reason, quote_url(row.record), tone, who, row.at
    )


def index_values(request: HttpRequest, index: PriceIndex) -> dict[str, Any]:
    """A price index's page: its newest values and their course."""
    rows = list(PriceIndexValue.objects.visible_to(request.user, of=index).order_by("-starts_on")[:24])
    may_add = request.user.has_perm("opportunities.add_priceindexvalue")
    may_change = request.user.has_perm("opportunities.change_priceindexvalue")
    return {
        "title": _("Values"),
        "id": "values",
        "head": [(_("From"), ""), (_("Value"), "num"), (_("Change"), "num")],
        "trend": ",".join(f"{row.value:f}" for row in reversed(rows)) if len(rows) > 1 else "",
        "body": format_html_join(
            "",
            '<tr><td class="nw">{}</td><td class="num" data-l="{}">{}</td><td class="num" data-l="{}">{}</td></tr>',
            (
                (
                    _value_link(row, may_change),
                    _("Value"),
                    price(row.value, str(index.currency_id), index.unit.label),
                    _("Change"),
                    _change(row, rows[place + 1] if place + 1 < len(rows) else None),
                )
                for place, row in enumerate(rows)
            ),
        ),
        "empty": _("No value yet: a formula price needs one."),
        "add_url": f"{reverse('opportunities:priceindexvalue_create')}?index={index.pk}" if may_add else "",
        "all_url": f"{reverse('opportunities:priceindexvalue_list')}?index={index.pk}",
    }


def _value_link(row: PriceIndexValue, may_change: bool) -> Any:
    if not may_change:
        return day_html(row.starts_on)
    url = reverse("opportunities:priceindexvalue_edit", args=[row.pk])
    return format_html('<a href="{}">{}</a>', url, day_html(row.starts_on))


def _change(row: PriceIndexValue, before: PriceIndexValue | None) -> str:
    if before is None or not before.value:
        return EMPTY
    share: Decimal = (row.value - before.value) / before.value
    return f"{'+' if share > 0 else ''}{pct(share)}"
