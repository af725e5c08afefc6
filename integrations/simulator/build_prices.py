"""Price conditions and schedule lines of the demo company's order lines, column by column."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from crm.demo.world import World
from integrations.simulator.columns import Part, of

DISCOUNT = 5  # per cent, on every third line
SPLIT = 12  # every so manyth line is confirmed for two days

Columns = dict[str, Any]
Make = Callable[[World, Part], Columns]


def _decimals(values: Any, places: int) -> list[str]:
    unit = 10**places
    return [
        f"{'-' if value < 0 else ''}{abs(value) // unit}.{abs(value) % unit:0{places}d}" for value in values.tolist()
    ]


def _places(part: Part) -> Any:
    """The lines' places in their table."""
    return np.arange(part.rows.start, part.rows.stop)


def _gross(part: Part, discounted: Any) -> Any:
    net = part.ids("net")
    return np.where(discounted, (net * 100 + (100 - DISCOUNT) // 2) // (100 - DISCOUNT), net)


def _condition(world: World, part: Part, chosen: Any, step: int, kind: str, rate: Any, amount: Any) -> Columns:
    """A condition of the chosen lines: an amount for a unit, or a percentage."""
    orders = part.ids("order_id")[chosen]
    currencies = of(world["sales_order"], "currency_id", orders)
    units = [unit for unit, wanted in zip(part.text("unit"), chosen.tolist(), strict=True) if wanted]
    priced = kind == "PR00"
    return {
        "SalesOrder": of(world["sales_order"], "number", orders),
        "SalesOrderItem": [item for item, wanted in zip(part.items("item"), chosen.tolist(), strict=True) if wanted],
        "PricingProcedureStep": f"{step:03d}",
        "PricingProcedureCounter": "001",
        "ConditionType": kind,
        "ConditionRateValue": _decimals(rate[chosen], 4),
        "ConditionCurrency": currencies if priced else "",
        "ConditionQuantity": "1" if priced else "0",
        "ConditionQuantityUnit": units if priced else "",
        "ConditionQuantitySAPUnit": units if priced else "",
        "ConditionCategory": "D" if kind == "MWST" else "",
        "ConditionIsForStatistics": 0,
        "ConditionInactiveReason": "",
        "ConditionAmount": _decimals(amount[chosen], 3),
        "TransactionCurrency": currencies,
    }


def _list_price(world: World, part: Part) -> Columns:
    gross = _gross(part, _places(part) % 3 == 0)
    quantity = np.maximum(part.ids("quantity"), 1)
    return _condition(world, part, gross > 0, 10, "PR00", gross * 10_000 // quantity, gross)


def _discount(world: World, part: Part) -> Columns:
    chosen = (_places(part) % 3 == 0) & (part.ids("net") > 0)
    rate = np.full(len(chosen), -DISCOUNT * 10_000)
    return _condition(world, part, chosen, 20, "K007", rate, part.ids("net") - _gross(part, chosen))


def _tax(world: World, part: Part) -> Columns:
    net, tax = part.ids("net"), part.ids("sap_tax")
    percent = np.rint(tax * 100 / np.maximum(net, 1)).astype(np.int64)
    return _condition(world, part, (tax > 0) & (net > 0), 30, "MWST", percent * 10_000, tax)


def _schedule_part(first: bool) -> Make:
    """The schedule lines: all lines have one; those confirmed in two parts have another, a week before it."""

    def make(world: World, part: Part) -> Columns:
        split = (_places(part) % SPLIT == 0) & (part.ids("quantity") >= 3000)
        chosen = split if first else np.ones(len(split), dtype=bool)
        third = part.ids("quantity") // 3000 * 1000
        quantity = third if first else part.ids("quantity") - np.where(split, third, 0)
        texts = _decimals(quantity[chosen], 3)

        def of_chosen(values: list[Any]) -> list[Any]:
            return [value for value, wanted in zip(values, chosen.tolist(), strict=True) if wanted]

        promised = of_chosen(part.days("promised_on"))
        return {
            "SalesOrder": of(world["sales_order"], "number", part.ids("order_id")[chosen]),
            "SalesOrderItem": of_chosen(part.items("item")),
            "ScheduleLine": ["0001" if first or not two else "0002" for two in split[chosen].tolist()],
            "RequestedDeliveryDate": of_chosen(part.days("sap_requested_on")),
            "ConfirmedDeliveryDate": [day and day - 7 * 86_400_000 for day in promised] if first else promised,
            "OrderQuantityUnit": of_chosen(part.text("unit")),
            "ScheduleLineOrderQuantity": texts,
            "ConfdOrderQtyByMatlAvailCheck": texts,
            "DeliveredQtyInOrderQtyUnit": "0.000",
            "OpenConfdDelivQtyInOrdQtyUnit": texts,
        }

    return make


def below_lines() -> Iterator[tuple[str, Make]]:
    """Entity sets with what makes their columns from a part of the order lines."""
    yield "A_SalesOrderScheduleLine", _schedule_part(first=True)
    yield "A_SalesOrderScheduleLine", _schedule_part(first=False)
    for make in (_list_price, _discount, _tax):
        yield "A_SalesOrderItemPrElement", make
