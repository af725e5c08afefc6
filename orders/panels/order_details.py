"""What hangs below the lines of an order: its price conditions, for those who may see prices, and its schedule lines."""

from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from crm.formats import day, money, num, qty, unit_label
from orders.domain.details import PriceCondition, ScheduleLine, conditions_of, schedule_of
from orders.models import OrderDetail, SalesOrder
from orders.panels.units import unit_of


def conditions(request: HttpRequest, order: SalesOrder) -> dict[str, Any] | None:
    """The price conditions, line by line; nothing where the ERP gave none."""
    detail = _detail(request, order)
    rows = conditions_of(detail) if detail else []
    if not rows:
        return None
    lines = {line.item: line for line in order.lines.select_related("product")}
    found = []
    for item, of_line in groupby(rows, attrgetter("item")):
        line = lines.get(item)
        name = (line.product.label if line.product else line.text) if line else ""
        first, *others = of_line
        found.append(_condition(first, order) | {"item": item, "name": name})
        found += [_condition(row, order) for row in others]
    return {"rows": found}


def _detail(request: HttpRequest, order: SalesOrder) -> OrderDetail | None:
    found: OrderDetail | None = OrderDetail.objects.visible_to(request.user, of=order).first()
    return found


def _condition(row: PriceCondition, order: SalesOrder) -> dict[str, Any]:
    return {
        "row": row,
        "rate": _rate(row),
        "amount": money(row.amount, order.currency_id),
        "counts": not (row.statistical or row.inactive),
    }


def _rate(row: PriceCondition) -> str:
    """A percentage, or an amount for a quantity."""
    rate = f"{row.rate.normalize():f}"
    places = max(2, len(rate.partition(".")[2]))
    if not row.currency:
        return f"{num(row.rate, len(rate.partition('.')[2]))} %"
    unit = unit_of(row.unit)
    per = qty(row.per, unit, convert=False) if row.per != 1 else unit_label(unit)
    return f"{num(row.rate, places)} {row.currency}" + (f" / {per}" if per else "")


def schedules(request: HttpRequest, order: SalesOrder, units: dict[int, str]) -> dict[int, list[str]]:
    """The schedule lines of the order's lines in words, by item; `units` are the lines'. A line that says all itself has none."""
    detail = _detail(request, order)
    found: dict[int, list[str]] = {}
    for row in schedule_of(detail) if detail else ():
        found.setdefault(row.item, []).append(_words(row, units.get(row.item, "")))
    return found


def _words(row: ScheduleLine, code: str) -> str:
    amount = partial(qty, unit=unit_of(code), convert=False)  # parts of a line are told to the kilogram
    if row.confirmed and row.confirmed_on:
        parts = [
            gettext("%(quantity)s for %(day)s") % {"quantity": amount(row.confirmed), "day": day(row.confirmed_on)}
        ]
    else:
        wanted = {"quantity": amount(row.quantity), "day": day(row.requested_on)}
        parts = [gettext("%(quantity)s for %(day)s not confirmed") % wanted]
    if row.delivered:
        parts.append(gettext("%(quantity)s delivered") % {"quantity": amount(row.delivered)})
    return " · ".join(parts)
