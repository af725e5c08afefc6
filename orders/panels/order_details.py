"""What hangs below the lines of an order: its price conditions, for those who may see prices, and its schedule lines."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from crm.formats import day, money, num, qty
from orders.models import OrderCondition, OrderSchedule, SalesOrder


def conditions(request: HttpRequest, order: SalesOrder) -> dict[str, Any] | None:
    """The price conditions, line by line; nothing where the ERP gave none."""
    found = OrderCondition.objects.visible_to(request.user).filter(line__order=order)
    rows = list(found.select_related("line__product").order_by("line__item", "step", "counter"))
    if not rows:
        return None
    return {"rows": [_condition(row, order, first) for row, first in zip(rows, _firsts(rows), strict=True)]}


def _firsts(rows: list[OrderCondition]) -> Iterable[bool]:
    """Whether a row is the first of its line."""
    return (place == 0 or rows[place - 1].line_id != row.line_id for place, row in enumerate(rows))


def _condition(row: OrderCondition, order: SalesOrder, first: bool) -> dict[str, Any]:
    line = row.line
    return {
        "row": row,
        "line": line if first else None,
        "name": (line.product.label if line.product else line.text) if first else "",
        "rate": _rate(row),
        "amount": money(row.amount, order.currency_id),
        "counts": not (row.statistical or row.inactive),
    }


def _rate(row: OrderCondition) -> str:
    """A percentage, or an amount for a quantity."""
    rate = f"{row.rate.normalize():f}"
    places = max(2, len(rate.partition(".")[2]))
    if not row.currency:
        return f"{num(row.rate, len(rate.partition('.')[2]))} %"
    per = qty(row.per, row.unit) if row.per != 1 else row.unit
    return f"{num(row.rate, places)} {row.currency}" + (f" / {per}" if per else "")


def schedules(request: HttpRequest, line_ids: list[int]) -> dict[int, list[str]]:
    """The schedule lines of these lines in words, by line; a line that says all itself has none."""
    found: dict[int, list[str]] = {}
    rows = OrderSchedule.objects.visible_to(request.user).filter(line__in=line_ids).select_related("line")
    for row in rows.order_by("line_id", "number"):
        found.setdefault(row.line_id, []).append(_words(row))
    return found


def _words(row: OrderSchedule) -> str:
    unit = row.line.unit
    if row.confirmed and row.confirmed_on:
        parts = [
            gettext("%(quantity)s for %(day)s") % {"quantity": qty(row.confirmed, unit), "day": day(row.confirmed_on)}
        ]
    else:
        wanted = {"quantity": qty(row.quantity, unit), "day": day(row.requested_on)}
        parts = [gettext("%(quantity)s for %(day)s not confirmed") % wanted]
    if row.delivered:
        parts.append(gettext("%(quantity)s delivered") % {"quantity": qty(row.delivered, unit)})
    return " · ".join(parts)
