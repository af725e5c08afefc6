"""What follows from the documents: statuses of lines and orders, and what is known of a customer by its trade."""

import numpy as np

from crm.demo.table import Array
from crm.demo.world import World
from customers.enums import CustomerState
from orders.demo.common import sum_by
from orders.enums import OrderStatus

NOT, PART, FULL = 1, 2, 3  # places in ("", "A", "B", "C")


def set_statuses(world: World) -> None:
    """Set the statuses of all orders and their lines from what was rejected, shipped and billed."""
    orders, lines = world["sales_order"], world["sales_order_line"]
    head, count = lines["order_id"] - 1, len(orders)
    rejected, free = lines["rejected"], lines["sap_category"] == 1
    delivered = _progress(lines["shipped_base"], lines["quantity_base"])
    billed = _progress(lines["sap_invoiced_base"], lines["quantity_base"])
    lines["sap_delivery_status"][:] = np.where(rejected, 0, delivered)
    lines["sap_billing_status"][:] = np.where(rejected | free, 0, billed)
    finished = rejected | ((delivered == FULL) & (free | (billed == FULL)))
    begun = ~rejected & ((delivered > NOT) | (billed > NOT))
    lines["sap_process"][:] = np.where(finished, 2, np.where(begun, 1, 0))

    def of_order(mark: Array) -> Array:
        return sum_by(head, mark.astype(np.int64), count)

    many, off = of_order(np.ones(len(lines))), of_order(rejected)
    live = many - off
    full, some = of_order(~rejected & (delivered == FULL)), of_order(~rejected & (delivered > NOT))
    rejection = np.where(live == 0, FULL, np.where(off > 0, PART, 0))
    delivery = np.where(live == 0, 0, np.where(full == live, FULL, np.where(some > 0, PART, NOT)))
    process = np.where(of_order(finished) == many, 2, np.where(of_order(begun) > 0, 1, 0))
    orders["sap_rejection"][:] = rejection
    orders["sap_delivery_status"][:] = delivery
    orders["sap_process"][:] = process
    orders["status"][:] = _status(rejection, orders["sap_block"], process, delivery)


def _progress(done: Array, whole: Array) -> Array:
    return np.where(done <= 0, NOT, np.where(done < whole, PART, FULL))


def _status(rejection: Array, block: Array, process: Array, delivery: Array) -> Array:
    """The order's status as the field map of the ERP's statuses has it."""
    place = {status: index for index, status in enumerate(OrderStatus)}
    by_delivery = np.select(
        [delivery == FULL, delivery == PART],
        [place[OrderStatus.DELIVERED], place[OrderStatus.PART_DELIVERED]],
        place[OrderStatus.OPEN],
    )
    return np.select(
        [rejection == FULL, block > 0, process == 2],
        [place[OrderStatus.CANCELLED], place[OrderStatus.ON_HOLD], place[OrderStatus.COMPLETED]],
        by_delivery,
    )


def know_customers(world: World) -> None:
    """State, credit limit and yearly demand of the customers, from what they bought."""
    rng = world.rng("customer/known")
    customers, orders, lines = world["customer"], world["sales_order"], world["sales_order_line"]
    count = len(customers)
    last = np.full(count, np.datetime64("1970-01-01"))
    np.maximum.at(last, orders["customer_id"] - 1, orders["ordered_on"])
    bought = last > np.datetime64("1970-01-01")
    state = customers["state"]
    state[:] = customers.choice("state", CustomerState.PROSPECT)
    state[bought] = customers.choice("state", CustomerState.DORMANT)
    state[bought & (last > world.day - 365)] = customers.choice("state", CustomerState.ACTIVE)
    bad = bought & (customers["demo_payer"] == 3) & (rng.random(count) < 0.2)
    state[bad] = customers.choice("state", CustomerState.BLOCKED)
    recent = orders["ordered_on"] > world.day - 365
    year = sum_by(orders["customer_id"][recent] - 1, orders["net_base"][recent], count)
    days = customers["payment_terms_days"] + 45
    limit = year * days // 365 * rng.integers(90, 260, count) // 100
    unit = 10_000_000  # whole hundred thousands
    customers["credit_limit"][:] = np.where(bought, np.maximum(1, limit // unit) * unit, 0)
    fresh = lines["ordered_on"] > world.day - 365
    kg = sum_by(lines["customer_id"][fresh] - 1, lines["quantity_base"][fresh], count)
    demand = kg * rng.integers(110, 340, count) // 100
    guess = rng.integers(2, 80, count) * 1_000_000
    customers["annual_demand_kg"][:] = np.maximum(demand, guess) // 1_000_000 * 1_000_000
