"""The weeks of a sales order: when its deliveries left and came, how long each invoice may be paid, what is overdue."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from crm.formats import day, money, qty
from orders.domain.tracking import OrderTrack
from orders.models import Invoice, Receivable, SalesOrder, Shipment
from orders.panels.order import tracked

COLUMNS = 16  # of the grid; a long order has several weeks in each
WIDTH = 3  # columns below which the words of a bar are not readable
MOST_LANES = 8
DONE, RUNNING, OVERDUE, PLANNED = "o", "", "b", "g"  # tones of .ev in crm.css


@dataclass
class Bar:
    """A stretch of days with its words. `column` and `span` are its place in the grid, once it has been put into a lane."""

    start: dt.date
    end: dt.date
    title: str
    text: str
    tone: str
    column: int = 0
    span: int = 0


@dataclass
class Lane:
    """A row: its label ('' for a further row of the one above) and its bars from left to right."""

    label: str
    bars: list[Bar]


class Scale:
    """Columns of whole weeks from the first to the last day, Monday first."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first = first - dt.timedelta(days=first.weekday())
        weeks = (last - self.first).days // 7 + 1
        self.step = dt.timedelta(weeks=-(-weeks // COLUMNS))

    def column(self, on: dt.date) -> int:
        """The column of a day, from 1."""
        return min(COLUMNS, max(1, (on - self.first) // self.step + 1))

    def marks(self, today: dt.date) -> list[dict[str, Any]]:
        """Every second column's first day, and today instead of what stands beside it."""
        now = self.column(today) if self.first <= today < self.first + COLUMNS * self.step else 0
        found = [
            {"column": column, "text": day(self.first + (column - 1) * self.step), "today": False}
            for column in range(1, COLUMNS, 2)
            if abs(column - now) > 1
        ]
        return [*found, {"column": now, "text": gettext("today"), "today": True}] if now else found


def weeks(request: HttpRequest, order: SalesOrder) -> dict[str, Any] | None:
    """The lanes of an order with deliveries or invoices; None before the first."""
    found, today = tracked(request, order), timezone.localdate()
    if not found.shipments and not found.invoices:
        return None
    deliveries = [delivery(one, found, today) for one in found.shipments]
    accounts = [(one.number, list(account(one, found, today))) for one in found.invoices if not one.cancelled]
    accounts = [(number, bars) for number, bars in accounts if bars]
    bars = [*deliveries, *(bar for _number, some in accounts for bar in some)]
    scale = Scale(min([order.ordered_on, *(bar.start for bar in bars)]), max([today, *(bar.end for bar in bars)]))
    lanes = [
        Lane(gettext("Deliveries") if number == 0 else "", row) for number, row in enumerate(packed(deliveries, scale))
    ]
    lanes += [Lane(number, placed(some, scale)) for number, some in accounts]
    left = order.net - found.total("invoiced")
    shown = lanes[:MOST_LANES]
    if left > 0 and request.user.has_perm("orders.view_invoice"):  # who sees no invoice knows nothing of it
        rest = Bar(today, today, money(left, order.currency_id), gettext("still to be invoiced"), PLANNED)
        shown.append(Lane(gettext("Not invoiced"), placed([rest], scale)))
    return {
        "marks": scale.marks(today),
        "lanes": shown,
        "more": max(0, len(lanes) - MOST_LANES),
        "first": scale.first,
        "last": min(scale.first + COLUMNS * scale.step - dt.timedelta(days=1), max(bar.end for bar in bars)),
        "legend": [
            (DONE, gettext("done")),
            (RUNNING, gettext("under way")),
            (OVERDUE, gettext("overdue")),
            (PLANNED, gettext("to come")),
        ],
    }


def delivery(one: Shipment, found: OrderTrack, today: dt.date) -> Bar:
    """A delivery from the day it left, or is to leave, to the day it was received."""
    planned = one.planned_on or one.delivery_on or found.order.requested_on or found.order.ordered_on
    weight = found.weights.get(one.pk)
    title = " ".join(filter(None, (one.number, qty(weight, "kg") if weight else "")))
    if one.received_on:
        text = gettext("received %(day)s") % {"day": day(one.received_on)}
        return Bar(one.shipped_on or planned, one.received_on, title, text, DONE)
    if one.shipped_on:
        return Bar(one.shipped_on, today, title, gettext("left %(day)s") % {"day": day(one.shipped_on)}, RUNNING)
    if planned < today:
        days = (today - planned).days
        return Bar(planned, today, title, ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days}, OVERDUE)
    return Bar(planned, planned, title, gettext("planned for %(day)s") % {"day": day(planned)}, PLANNED)


def account(one: Invoice, found: OrderTrack, today: dt.date) -> Iterator[Bar]:
    """The time an invoice may be paid in, then how it was paid, or how long it has been overdue."""
    if one.gross <= 0:
        text = one.get_kind_display()
        yield Bar(one.invoiced_on, one.invoiced_on, money(one.gross, one.currency_id), text, PLANNED)
        return
    items = [item for item in found.receivables if item.invoice_id == one.pk and item.amount > 0]
    late = [item for item in found.overdue(today) if item.invoice_id == one.pk]
    due = max([item.due_on for item in items if item.due_on] or [one.due_on or one.invoiced_on])
    paid = _cleared(items)
    text = gettext("of %(day)s, due on %(due)s") % {"day": day(one.invoiced_on), "due": day(due)}
    yield Bar(one.invoiced_on, min(due, paid or due), money(one.gross, one.currency_id), text, RUNNING)
    if paid:
        yield Bar(paid, paid, gettext("paid %(day)s") % {"day": day(paid)}, _punctual((paid - due).days), DONE)
    elif late:
        since = min(item.due_on for item in late if item.due_on)
        days = (today - since).days
        title = ngettext("%(n)d day overdue", "%(n)d days overdue", days) % {"n": days}
        left = sum((item.amount for item in late), Decimal(0))
        yield Bar(since + dt.timedelta(days=1), today, title, money(left, one.currency_id), OVERDUE)


def _cleared(items: list[Receivable]) -> dt.date | None:
    """The day on which the last of the items was paid; None while one is open."""
    days = [item.cleared_on for item in items]
    return max(one for one in days if one) if days and all(days) else None


def _punctual(days: int) -> str:
    if days > 0:
        return ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days}
    return ngettext("%(n)d day early", "%(n)d days early", -days) % {"n": -days} if days < 0 else gettext("on the day")


def placed(bars: list[Bar], scale: Scale) -> list[Bar]:
    """Give the bars of one lane their columns, wide enough for their words, one behind the other."""
    free = 1
    for left, bar in zip(range(len(bars), 0, -1), bars, strict=True):
        # room for those that follow
        bar.column = max(free, min(scale.column(bar.start), COLUMNS + 1 - WIDTH * left))
        bar.span = max(WIDTH, min(scale.column(bar.end) + 1, COLUMNS + 1 - WIDTH * (left - 1)) - bar.column)
        free = bar.column + bar.span
    return bars


def packed(bars: list[Bar], scale: Scale) -> list[list[Bar]]:
    """The bars in as few rows as keep them apart."""
    rows: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda one: one.start):
        placed([bar], scale)
        for row in rows:
            if row[-1].column + row[-1].span <= bar.column:
                row.append(bar)
                break
        else:
            rows.append([bar])
    return rows
