"""Targets of the demo company: last year's figures and something on top, shared out among its regions, teams and people."""

from typing import Any, NamedTuple

import numpy as np

from crm.demo.copy import load_tables
from crm.demo.table import Array
from crm.demo.world import MONTHS, World


class _Flow(NamedTuple):
    """Where an indicator's flow is read from. `value` "" counts rows; `step` makes a value ten-thousandths of the unit."""

    table: str
    day: str
    value: str
    step: int


_COLLECTED = _Flow("receivable", "posted_on", "amount_base", 100)
_FLOWS = {
    6: _Flow("lead", "received_on", "", 10_000),
    53: _Flow("sales_order", "ordered_on", "", 10_000),
    54: _Flow("sales_order", "ordered_on", "net_base", 100),
    55: _Flow("sales_order_line", "ordered_on", "quantity_base", 1),
    61: _Flow("settlement", "settled_on", "amount_base", 100),
    72: _COLLECTED,
}
_RATIOS = {1: 90, 31: 25, 33: 22, 70: 30, 83: 92}  # in per cent, the same in every month and for everybody
_ALLOWED = {68: 1.05, 69: 0.3}  # receivables, and those overdue: at most this share of what is owed on average
_GROWTH = 108  # per cent of the same month a year before
_SHARED_YEARS = 2  # regions, teams and people have targets from the start of last year on
_UNIT, _OTHERS = "business_unit_id", {"region_id": "region", "team_id": "team", "rep_id": "user"}
_COLUMNS = ("indicator", "month", "value", _UNIT, *_OTHERS)


class _Sheet:
    """Collects targets; values in ten-thousandths."""

    def __init__(self) -> None:
        self.parts: list[dict[str, Array]] = []

    def add(self, indicator: int, months: Array, values: Any, **member: int) -> None:
        """An indicator's targets in these months, the company's own without a member."""
        given: dict[str, Any] = {"indicator": indicator, "value": values, "month": months, **member}
        self.parts.append({name: np.broadcast_to(given.get(name, 0), len(months)) for name in _COLUMNS})

    def __getitem__(self, name: str) -> Array:
        return np.concatenate([part[name] for part in self.parts])


def generate(world: World) -> None:
    """Monthly targets up to the end of this year: of the company, its business units, regions, teams, and all who sell."""
    months = np.arange(world.first_day.astype("datetime64[M]"), np.datetime64(f"{world.today.year + 1}-01", "M"))
    sheet = _Sheet()
    for number, flow in _FLOWS.items():
        actual = _by_month(world, flow, months)
        parts = [_targets(unit) for unit in actual]
        sheet.add(number, months, _round(_targets(actual.sum(axis=0)), flow) * flow.step)
        _add_parts(world, sheet, number, flow, months, np.array(parts))
    for number, share in _ALLOWED.items():
        allowed = _owed(world, months) * share
        sheet.add(number, months, _round(allowed.sum(axis=0), _COLLECTED) * _COLLECTED.step)
        _add_parts(world, sheet, number, _COLLECTED, months, allowed)
    _add_ratios(world, sheet, months)
    targets = world.new("target", len(sheet["indicator"]))
    targets.add("indicator", "int", sheet["indicator"])
    targets.add("month", "date", sheet["month"].astype("datetime64[D]"))
    targets.add("value", "price", sheet["value"])
    for name in (_UNIT, *_OTHERS):
        targets.add(name, "ref", sheet[name])


def _add_parts(world: World, sheet: _Sheet, number: int, flow: _Flow, months: Array, targets: Array) -> None:
    """The business units' targets, and each one's shared out by what its regions, teams and people have brought in so far."""
    for unit, values in enumerate(targets, 1):
        sheet.add(number, months, _round(values, flow) * flow.step, **{_UNIT: unit})
    recent = _recent(world, months)
    for name, shares in _shares(world, flow).items():
        for member in np.flatnonzero(shares.sum(axis=0) > 0).tolist():
            part = (targets[:, recent] * shares[:, member, None]).sum(axis=0)
            sheet.add(number, months[recent], _round(part, flow) * flow.step, **{name: member})


def _add_ratios(world: World, sheet: _Sheet, months: Array) -> None:
    """Ratios for the company, the business units, and whoever has a target of ordered amount."""
    recent = months[_recent(world, months)]
    sellers = {name: np.flatnonzero(shares.sum(axis=0) > 0) for name, shares in _shares(world, _FLOWS[54]).items()}
    for number, percent in _RATIOS.items():
        sheet.add(number, months, percent * 10_000)
        for unit in world["business_unit"]["id"].tolist():
            sheet.add(number, months, percent * 10_000, **{_UNIT: unit})
        for name, members in sellers.items():
            for member in members.tolist():
                sheet.add(number, recent, percent * 10_000, **{name: member})


def _recent(world: World, months: Array) -> Array:
    return np.flatnonzero(months >= np.datetime64(f"{world.today.year + 1 - _SHARED_YEARS}-01", "M"))


def _rows(world: World, flow: _Flow) -> tuple[Array, Array]:
    """The rows that count, and their values: ones, hundredths of yuan, or grams."""
    table = world[flow.table]
    if not flow.value:
        return np.arange(len(table)), np.ones(len(table), dtype=np.int64)
    rows, sign = np.arange(len(table)), 1
    if flow.table == "receivable":
        rows = np.flatnonzero(np.isin(table["kind"], [table.choice("kind", k) for k in ("payment", "down_payment")]))
        sign = -1
    if flow.table == "sales_order_line":
        rows = np.flatnonzero(~table["rejected"])
    return rows, sign * table[flow.value][rows]


def _by_month(world: World, flow: _Flow, months: Array) -> Array:
    """Sums by business unit and month; of quantities ten-thousandths of tonnes."""
    table, (rows, values) = world[flow.table], _rows(world, flow)
    result = np.zeros((len(world["business_unit"]), len(months)), dtype=np.int64)
    place = (table[flow.day].astype("datetime64[M]") - months[0]).astype(np.int64)
    np.add.at(result, (table[_UNIT][rows] - 1, place[rows]), values)
    return result // 100 if flow.step == 1 else result


def _shares(world: World, flow: _Flow) -> dict[str, Array]:
    """By dimension: which share of each business unit's sum every member has brought in; a team with those below it."""
    table, (rows, values) = world[flow.table], _rows(world, flow)
    unit, found = table[_UNIT][rows] - 1, {}
    for name, members in _OTHERS.items():
        sums = np.zeros((len(world["business_unit"]), len(world[members]) + 1))
        np.add.at(sums, (unit, table["owner_id" if name == "rep_id" else name][rows]), values)
        if "path" in world[members]:
            exact = sums.copy()
            for member, path in enumerate(world[members].texts("path"), 1):
                above = [int(step) for step in path.strip("/").split("/")[:-1]]
                sums[:, above] += exact[:, [member]]
        sums[:, 0] = 0
        found[name] = np.maximum(sums, 0) / np.maximum(np.bincount(unit, values, len(sums)), 1)[:, None]
    return found


def _owed(world: World, months: Array) -> Array:
    """What was owed at the ends of the last twelve months, on average, by business unit, as of every month."""
    table = world["receivable"]
    change = np.zeros((len(world["business_unit"]), len(months) + 1))
    for day, sign in (("posted_on", 1), ("cleared_on", -1)):
        rows = np.flatnonzero(~np.isnat(table[day]))
        place = (table[day][rows].astype("datetime64[M]") - months[0]).astype(np.int64)
        np.add.at(change, (table[_UNIT][rows] - 1, place), sign * table["amount_base"][rows])
    last_year = change.cumsum(axis=1)[:, MONTHS - 12 : MONTHS]
    return np.repeat(last_year.mean(axis=1)[:, None], len(months), axis=1)


def _targets(actual: Array) -> Array:
    """The same month a year before and some growth; in the first year, what came."""
    known = actual[: MONTHS + 1].copy()
    whole = np.concatenate([known, np.zeros(len(actual) - len(known), dtype=np.int64)])
    smooth = np.convolve(np.pad(whole, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
    base: Array = smooth.copy()
    base[12:] = smooth[: len(base) - 12] * _GROWTH / 100
    return base


def _round(values: Array, flow: _Flow) -> Array:
    """Rounded down to three digits or so, of counts to whole ones; at least one."""
    step = 10 ** np.maximum(np.floor(np.log10(np.maximum(values, 1))) - 2, 0) if flow.value else 1
    result: Array = np.maximum(np.floor(values / step) * step, 1).astype(np.int64)
    return result


def load(world: World) -> None:
    """Write the targets."""
    load_tables(world, {"target": "analytics.Target"})
