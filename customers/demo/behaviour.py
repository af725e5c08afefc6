"""How the demo company's customers buy and pay, and what follows from it."""

import numpy as np

from crm.demo import names
from crm.demo.catalogue import CURRENCY_CODES, LINE_CODES
from crm.demo.table import Array, Table
from crm.demo.world import MONTHS, World
from customers.demo.places import FEATURED, FIXED_ABROAD
from customers.enums import CustomerKind, CustomerState, Grade

_NEXT_STEPS = (
    "安排拜访",
    "试用批放量确认",
    "季度技术评审",
    "年度框架续签",
    "报价续期",
    "信用复核",
    "样品寄送",
    "对账确认",
    "新品需求澄清",
    "催收",
    "资料评审",
    "客诉根因沟通",
    "示范田观摩",
    "备货计划沟通",
)


def add_behaviour(world: World, table: Table) -> None:
    """How much they buy, when, which lines, and how they pay: read by the generators of documents, never stored."""
    rng, count = world.rng("customer/behaviour"), len(table)
    featured = len(FEATURED)
    buys = rng.random(count) < 0.8
    buys[: featured + FIXED_ABROAD] = True
    weight = (rng.pareto(1.5, count) + 0.35) * rng.uniform(0.6, 1.4, count)
    weight = np.minimum(weight, 30.0)
    weight[:featured] = np.linspace(15, 5, featured)
    weight[featured : featured + FIXED_ABROAD] = 4
    weight[~buys] = 0
    table.add("demo_weight", "int", np.round(weight * 1000))
    span = MONTHS * 30
    start = np.where(rng.random(count) < 0.7, 0, rng.integers(30, span - 20, count))
    end = np.where(rng.random(count) < 0.12, start + rng.integers(60, span, count), 10 * span)
    start[: featured + FIXED_ABROAD], end[: featured + FIXED_ABROAD] = 0, 10 * span
    table.add("demo_start", "date", world.first_day + start)
    table.add("demo_end", "date", world.first_day + end)
    table.add("demo_payer", "int", rng.choice(4, count, p=[0.62, 0.26, 0.08, 0.04]))
    table["demo_payer"][:featured] = [0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 1, 0]
    table.add("demo_collective", "flag", rng.random(count) < 0.12)
    table.add("demo_combine", "flag", rng.random(count) < 0.10)
    lines = [[LINE_CODES.index(code) + 1 for code in (*entry.lines, *entry.lines)[:3]] for entry in names.INDUSTRIES]
    for position in range(3):
        table.add(f"demo_line{position}", "int", np.array([entry[position] for entry in lines])[table["demo_industry"]])
    table.add("sap_known", "flag", buys | (rng.random(count) < 0.2))
    _kinds_and_grades(world, table, weight)


def _kinds_and_grades(world: World, table: Table, weight: Array) -> None:
    rng, count = world.rng("customer/kinds"), len(table)
    names_of = [entry.name for entry in names.INDUSTRIES]
    industry = table["demo_industry"]
    draw = rng.random(count)
    direct, distributor, end_user, agent = range(4)
    kind = np.where(draw < 0.92, direct, np.where(draw < 0.98, distributor, agent))
    for name, value in (("农资经销", distributor), ("种植", end_user), ("植保服务", end_user)):
        kind[industry == names_of.index(name)] = value
    kind[: len(FEATURED)] = direct
    table.add(
        "kind",
        "choice",
        kind,
        [
            CustomerKind.DIRECT.value,
            CustomerKind.DISTRIBUTOR.value,
            CustomerKind.END_USER.value,
            CustomerKind.AGENT.value,
        ],
    )
    place = np.empty(count)
    place[np.argsort(-weight, kind="stable")] = np.arange(count) / max(1, int((weight > 0).sum()))
    grade = np.select([place < 0.025, place < 0.12, place < 0.4, place < 0.8], [1, 2, 3, 4], 5)
    grade[(weight == 0) & (draw < 0.6)] = 0
    vocabulary = ["", *(value.value for value in Grade)]
    grade[: len(FEATURED)] = [vocabulary.index(value) for *_rest, value in FEATURED]
    table.add("grade", "choice", grade, vocabulary)
    worth = np.array([2, 5, 4, 3, 2, 1])[grade] + rng.choice([-1, 0, 0, 0, 1], count)
    table.add("strategic_value", "int", np.clip(worth, 1, 5))
    table.add(
        "state",
        "choice",
        np.where(weight > 0, 1, 0),
        [
            CustomerState.PROSPECT.value,
            CustomerState.ACTIVE.value,
            CustomerState.DORMANT.value,
            CustomerState.BLOCKED.value,
        ],
    )
    table.add("industry", "choice", industry, names_of)
    applications = [application for entry in names.INDUSTRIES for application in entry.applications]
    first = np.cumsum([0] + [len(entry.applications) for entry in names.INDUSTRIES[:-1]])
    sizes = np.array([len(entry.applications) for entry in names.INDUSTRIES])
    table.add("application", "choice", first[industry] + rng.integers(0, 1000, count) % sizes[industry], applications)


def add_terms(world: World, table: Table) -> None:
    """Payment terms and currency. Credit limit and demand are put in when the orders are known."""
    rng, count = world.rng("customer/terms"), len(table)
    abroad = table["sap_tax_free"]
    terms = np.where(
        abroad,
        rng.choice([30, 60, 90], count),
        np.where(
            table["business_unit_id"] == 1,
            rng.choice([30, 45, 60, 90], count, p=[0.35, 0.2, 0.35, 0.1]),
            rng.choice([0, 30, 60, 90], count, p=[0.2, 0.35, 0.3, 0.15]),
        ),
    )
    table.add("payment_terms_days", "int", terms)
    table.add(
        "sap_terms",
        "choice",
        [f"ZB{days:02d}" for days in terms.tolist()],
        [f"ZB{days:02d}" for days in (0, 30, 45, 60, 90)],
    )
    currency = [0] * len(names.CITIES) + [CURRENCY_CODES.index(country.currency) for country in names.COUNTRIES]
    table.add("sap_currency", "choice", np.array(currency)[table["demo_place"]], CURRENCY_CODES)
    table.add("credit_limit", "money", 0)
    table.add("annual_demand_kg", "kg", 0)


def add_dates(world: World, table: Table) -> None:
    rng, count = world.rng("customer/dates"), len(table)
    before = np.where(
        table["demo_start"] == world.first_day, rng.integers(40, 1500, count), rng.integers(20, 100, count)
    )
    created = table["demo_start"] - before
    new = np.flatnonzero(table["demo_weight"] == 0)
    created[new] = world.day - rng.integers(3, 900, len(new))
    at = world.stamp(created, rng.integers(9 * 3600, 18 * 3600, count))
    table.add("created_at", "time", at)
    changed = world.now - rng.exponential(40 * 86400, count).astype("timedelta64[s]")
    table.add("updated_at", "time", np.maximum(at, changed))
    table.add("sap_created_on", "date", np.minimum(np.maximum(created + 3, created), world.yesterday))
    planned = rng.random(count) < 0.45
    step = rng.integers(0, len(_NEXT_STEPS), count).tolist()
    table.add(
        "next_step",
        "text",
        [_NEXT_STEPS[index] if given else "" for index, given in zip(step, planned.tolist(), strict=True)],
    )
    table.add("next_step_on", "date", np.where(planned, world.day + rng.integers(-18, 32, count), np.datetime64("NaT")))
