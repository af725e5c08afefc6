"""Targets of a period, as far as the reader's figures have any."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from analytics.catalogue import get
from analytics.engine.facts import Filters, state_month
from analytics.engine.reader import restriction
from analytics.enums import Kind
from analytics.models import Target
from crm.periods import Period

COMPANY_WIDE = 0  # the member under which the company's own target is kept


class Targets:
    """The targets of some months, read once. Targets exist for the company and for business units, for nobody else."""

    def __init__(self, reader: Any, months: Iterable[dt.date], *, today: dt.date) -> None:
        self.today = today
        self._restriction = restriction(reader)
        self._values: dict[tuple[int, int], dict[dt.date, Decimal]] = defaultdict(dict)
        rows = Target.objects.visible_to(reader).filter(month__in=sorted(set(months))).order_by()
        for number, unit, month, value in rows.values_list("indicator", "business_unit_id", "month", "value"):
            self._values[number, unit or COMPANY_WIDE][month] = value

    def of(self, number: int, period: Period, filters: Filters = ()) -> Decimal | None:
        """What the indicator should reach in the period, None when a month of it has no target.

        Months are added up for flows; of states the last month counts, of ratios the mean.
        """
        units = self._units(filters)
        if units is None:
            return None
        parts = [self._of_unit(number, unit, period) for unit in units]
        known = [part for part in parts if part is not None]
        if len(known) == len(units) and known:
            return sum(known, Decimal(0)) if get(number).kind == Kind.FLOW or len(units) == 1 else None
        return self._from_units(number, period) if units == [COMPANY_WIDE] else None

    def by_unit(self, number: int, period: Period) -> dict[int, Decimal]:
        """The targets of the business units that have one."""
        found = {}
        for indicator, unit in list(self._values):
            if indicator == number and unit != COMPANY_WIDE and self._mine(unit):
                value = self._of_unit(number, unit, period)
                if value is not None:
                    found[unit] = value
        return found

    def by_month(self, number: int, months: list[dt.date], filters: Filters = ()) -> list[Decimal | None]:
        """The target of each month."""
        return [self.of(number, Period(month, month, ""), filters) for month in months]

    def _units(self, filters: Filters) -> list[int] | None:
        keys = {item.dimension: item.member for item in filters}
        if set(keys) - {"business_unit"}:
            return None
        if self._restriction is None:
            return [keys.get("business_unit", COMPANY_WIDE)]
        if self._restriction.dimension != "business_unit":
            return None
        mine = list(self._restriction.members)
        return [unit for unit in mine if unit == keys["business_unit"]] if keys else mine

    def _mine(self, unit: int) -> bool:
        narrowed = self._restriction
        return narrowed is None or (narrowed.dimension == "business_unit" and unit in narrowed.members)

    def _of_unit(self, number: int, unit: int, period: Period) -> Decimal | None:
        values = self._values.get((number, unit), {})
        kind = get(number).kind
        if kind == Kind.SNAPSHOT:
            month = state_month(period.months, self.today) or period.last
            return values.get(month)
        if any(month not in values for month in period.months):
            return None
        total = sum((values[month] for month in period.months), Decimal(0))
        return total if kind == Kind.FLOW else total / len(period.months)

    def _from_units(self, number: int, period: Period) -> Decimal | None:
        """The company's target as the sum of its business units', where none was set for the company itself."""
        parts = self.by_unit(number, period)
        return sum(parts.values(), Decimal(0)) if parts and get(number).kind == Kind.FLOW else None
