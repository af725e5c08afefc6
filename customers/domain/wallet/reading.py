"""A customer's wallet as its page shows it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from crm.periods import add_months
from customers.domain.wallet.figures import share_of
from customers.domain.wallet.volumes import shipped, year_before
from customers.models import Customer, CustomerDemand

HALF_YEARS = 6
OLD_DAYS = 365


@dataclass
class WalletRow:
    """A product line of a customer: the statement that holds, our part, the competitors' and the shares by half-year."""

    demand: CustomerDemand
    ours: Decimal
    today: dt.date
    trend: list[Decimal] = field(default_factory=list)

    @property
    def share(self) -> Decimal:
        """Our part in per cent."""
        return share_of(self.demand.kg_per_year, self.ours)

    @property
    def is_old(self) -> bool:
        """Whether the statement is older than a year."""
        return (self.today - self.demand.stated_on).days > OLD_DAYS

    @property
    def unknown(self) -> Decimal:
        """What is left of the demand: nobody said whose it is."""
        rivals = sum((share.kg for share in self.demand.shares.all()), Decimal(0))
        return max(self.demand.kg_per_year - self.ours - rivals, Decimal(0))


def wallet_of(customer: Customer, rows: Any, today: dt.date) -> list[WalletRow]:
    """The product lines with a statement for today, the largest demand first. `rows` are the statements the reader sees."""
    history = list(
        rows.filter(customer=customer)
        .select_related("product_line", "product")
        .prefetch_related("shares__competitor", "shares__unit")
        .order_by("-kg_per_year", "pk")
    )
    ours = shipped([customer.pk], year_before(today), today)
    now = [row for row in history if row.starts_on <= today and (row.ends_on is None or row.ends_on >= today)]
    found = [WalletRow(row, ours.get((customer.pk, row.product_line_id), Decimal(0)), today, []) for row in now]
    for demand in now:
        for share in demand.shares.all():
            share.demand = demand
    if found:
        _add_trend(customer, found, history, today)
    return found


def half_years(today: dt.date) -> list[tuple[dt.date, dt.date]]:
    """The last six half-years, oldest first; the last one is the running one."""
    start = dt.date(today.year, 1 if today.month <= 6 else 7, 1)
    starts = [add_months(start, -6 * back) for back in reversed(range(HALF_YEARS))]
    return [(first, add_months(first, 6) - dt.timedelta(days=1)) for first in starts]


def _add_trend(customer: Customer, found: list[WalletRow], history: list[CustomerDemand], today: dt.date) -> None:
    """Our share at the end of each half-year, of the demand that held then; half-years without a statement are left out."""
    by_line: dict[int, list[CustomerDemand]] = defaultdict(list)
    for demand in history:
        by_line[demand.product_line_id].append(demand)
    for _first, last in half_years(today):
        day = min(last, today)
        ours = shipped([customer.pk], year_before(day), day)
        for row in found:
            for demand in by_line[row.demand.product_line_id]:
                if demand.starts_on <= day and (demand.ends_on is None or demand.ends_on >= day):
                    kg = ours.get((customer.pk, demand.product_line_id), Decimal(0))
                    row.trend.append(share_of(demand.kg_per_year, kg))
