"""Stated demands of the demo company with their sources and competitors, and the rates of serving."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from crm.demo.copy import bare, load_rows
from crm.demo.world import World

STATED = 0.7  # of the product lines that a customer buys
SOURCES = ("customer", "estimate", "capacity", "tender", "published")
_SAYS = {
    "customer": ("采购经理", "生产厂长", "采购部主管"),
    "estimate": ("业务员估算", "片区经理估算"),
    "capacity": ("按设备产能推算", "按产线班次推算"),
    "tender": ("年度招标文件", "框架采购招标"),
    "published": ("环评报告", "年报披露产量"),
}
_REMARKS = ("主供", "备份供应商", "价格低于我方，交期不稳", "小批试用", "账期更长")
DEMAND = (
    "id",
    "created_at",
    "updated_at",
    "version",
    "customer_id",
    "product_line_id",
    "application",
    "starts_on",
    "ends_on",
    "kg_per_year",
    "source",
    "stated_by",
    "stated_on",
    "notes",
)
SHARE = (
    "id",
    "created_at",
    "updated_at",
    "version",
    "demand_id",
    "competitor_id",
    "percent",
    "price",
    "currency_id",
    "unit_id",
    "notes",
)


class _Statement(NamedTuple):
    customer: int
    line: int
    ours: Decimal


def generate(world: World) -> None:
    """Made when shipments are there."""


def load(world: World) -> None:
    """Write statements for most customers that buy: an old one and a newer for many, and who else supplies."""
    # The ERP simulator generates without Django.
    from django.utils import timezone  # noqa: PLC0415

    from crm.models import Competitor, CompetitorProduct, Unit  # noqa: PLC0415
    from customers.domain.wallet.volumes import shipped, year_before  # noqa: PLC0415
    from customers.models import ContributionRate, CustomerDemand, DemandShare  # noqa: PLC0415

    today, now = timezone.localdate(), timezone.now()
    ContributionRate.objects.create(starts_on=dt.date(today.year - 3, 1, 1), per_shipment=380, capital_percent=5)
    ContributionRate.objects.create(starts_on=dt.date(today.year, 1, 1), per_shipment=420, capital_percent="4.5")
    rng = world.rng("wallet")
    bought = sorted(shipped(None, year_before(today), today).items())
    chosen = [
        _Statement(*key, kg)
        for (key, kg), draw in zip(bought, rng.random(len(bought)), strict=True)
        if draw < STATED and kg > 0
    ]
    rivals: dict[int, list[int]] = {}
    pairs = CompetitorProduct.objects.order_by("pk").values_list("product_line_id", "competitor_id")
    for line, competitor in pairs:
        if line is not None and competitor not in rivals.setdefault(line, []):
            rivals[line].append(competitor)
    others = list(Competitor.objects.order_by("pk").values_list("pk", flat=True))
    demands = list(_demands(chosen, rng, today, now))
    kg = Unit.objects.get(code="KG").pk
    with bare([CustomerDemand._meta.db_table, DemandShare._meta.db_table]):
        load_rows("customers.CustomerDemand", DEMAND, demands)
        load_rows("customers.DemandShare", SHARE, _shares(demands, rivals, others, kg, rng, now))


def _demands(chosen: list[_Statement], rng: Any, today: dt.date, now: dt.datetime) -> Iterator[tuple[Any, ...]]:
    """The demands, an older one before the newer for half of them; some were stated long ago."""
    key = 0
    for one in chosen:
        share = 0.25 + 0.6 * float(rng.random())
        source = SOURCES[int(rng.choice(5, p=[0.45, 0.25, 0.12, 0.1, 0.08]))]
        said = _SAYS[source][int(rng.integers(len(_SAYS[source])))]
        kg = max(_round(one.ours / Decimal(share)), one.ours.quantize(Decimal(1)) + 1)
        since = dt.date(today.year - (1 if rng.random() < 0.25 else 0), 1, 1)
        stated = min(since + dt.timedelta(days=int(rng.integers(0, 60))), today)
        if rng.random() < 0.5:
            key += 1
            before = _round(kg * Decimal(0.8 + 0.3 * float(rng.random())))
            begun, ended = since.replace(year=since.year - 1), since - dt.timedelta(days=1)
            first = (key, now, now, 1, one.customer, one.line, "", begun, ended, max(before, Decimal(100)))
            yield (*first, source, said, begun + dt.timedelta(days=20), "")
        key += 1
        yield (key, now, now, 1, one.customer, one.line, "", since, None, kg, source, said, stated, "")


def _round(kg: Decimal) -> Decimal:
    """To a hundred kilograms: nobody states a demand to the gram."""
    return (kg / 100).quantize(Decimal(1)) * 100


def _shares(
    demands: list[tuple[Any, ...]],
    rivals: dict[int, list[int]],
    others: list[int],
    unit: int,
    rng: Any,
    now: dt.datetime,
) -> Iterator[tuple[Any, ...]]:
    """One or two competitors for most demands; together less than what is left beside our part."""
    key = 0
    for row in demands:
        names = rivals.get(row[5]) or others
        if not names or rng.random() < 0.15:
            continue
        count = min(len(names), 1 + int(rng.random() < 0.4))
        for name in rng.choice(len(names), count, replace=False).tolist():
            key += 1
            priced = rng.random() < 0.6
            price = Decimal(18 + 30 * float(rng.random())).quantize(Decimal("0.1")) if priced else None
            percent = Decimal(int(rng.integers(2, 7)))
            remark = _REMARKS[int(rng.integers(len(_REMARKS)))]
            yield (key, now, now, 1, row[0], names[name], percent, price, "CNY", unit if priced else None, remark)
