"""Targets of a period, as far as the reader's figures have any."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from analytics.catalogue import get
from analytics.dimensions import dimension
from analytics.engine.achieve import MEANS, PERCENT_UNITS
from analytics.engine.facts import Filters, state_month
from analytics.engine.reader import restriction
from analytics.enums import Kind
from analytics.models import Target
from analytics.models.target import MEMBERS
from crm.periods import Period

COMPANY_WIDE = 0  # the member under which the company's own target is kept
_WIDE = ("", "business_unit")  # read together: where the company has none of its own, its units' are added up


class Targets:
    """The targets of some months; what was read once is kept. They exist for the company and for single business units,
    regions, teams (with those below) and people: whatever crosses two dimensions has none."""

    def __init__(self, reader: Any, months: Iterable[dt.date], *, today: dt.date) -> None:
        self.today = today
        self.reader = reader
        self._months = sorted(set(months))
        self._restriction = restriction(reader)
        self._values: dict[tuple[int, str, int], dict[dt.date, Decimal]] = defaultdict(dict)
        self._read: set[tuple[Any, ...]] = set()
        self._trees: dict[str, dict[int, str]] = {}

    def of(self, number: int, period: Period, filters: Filters = ()) -> Decimal | None:
        """What the indicator should reach in the period, None when a month of it has no target.

        Months are added up for flows; of states the last month counts, of ratios the mean.
        """
        asked = self._asked(filters)
        if asked is None:
            return None
        key, members = asked
        self._load(key, members)
        parts = [self._of_member(number, key, member, period) for member in members]
        known = [part for part in parts if part is not None]
        if known and len(known) == len(parts):
            return sum(known, Decimal(0)) if len(known) == 1 or _adds_up(number) else None
        return self._from_units(number, period) if not key else None

    def by_member(self, number: int, period: Period, by: str) -> dict[int, Decimal]:
        """The targets of a dimension's members that have one, as far as each stands for what a breakdown shows."""
        if by not in MEMBERS:
            return {}
        narrowed = self._restriction
        if narrowed is not None and narrowed.dimension != by:
            return {}
        self._load(by, None if narrowed is None else narrowed.members, number)
        found = {}
        for indicator, key, member in list(self._values):
            if indicator == number and key == by and self._is_shown(by, member):
                value = self._of_member(number, by, member, period)
                if value is not None:
                    found[member] = value
        return found

    def by_unit(self, number: int, period: Period) -> dict[int, Decimal]:
        """The targets of the business units that have one."""
        return self.by_member(number, period, "business_unit")

    def by_month(self, number: int, months: list[dt.date], filters: Filters = ()) -> list[Decimal | None]:
        """The target of each month."""
        return [self.of(number, Period(month, month, ""), filters) for month in months]

    def _asked(self, filters: Filters) -> tuple[str, Sequence[int]] | None:
        """The dimension and its members whose targets together are the target of the reader's figure; None for none."""
        narrowed = self._restriction
        keys = {item.dimension for item in filters} | ({narrowed.dimension} if narrowed else set())
        if not keys:
            return "", (COMPANY_WIDE,)
        key = keys.pop()
        if keys or key not in MEMBERS:
            return None
        tree = self._tree(key)
        meant = set(narrowed.members) if narrowed else set(tree) | {item.member for item in filters}
        for _key, member, exact in filters:
            meant &= {member} if exact or member not in tree else _below(tree, member)
        if not tree:
            return key, sorted(meant)
        roots = [member for member in sorted(meant) if not _above(tree, member) & meant]
        below = set().union(*(_below(tree, member) for member in roots)) if roots else set()
        return (key, roots) if below == meant else None

    def _is_shown(self, by: str, member: int) -> bool:
        """Whether a breakdown's row is all that the target is for: not where it leaves out what lies below, or is not mine."""
        if self._restriction is not None and member not in self._restriction.members:
            return False
        tree = self._tree(by)
        return member not in tree or _below(tree, member) == {member}

    def _tree(self, key: str) -> dict[int, str]:
        """The paths of a tree's members; none for other dimensions."""
        if not dimension(key).tree:
            return {}
        if key not in self._trees:
            rows: Any = dimension(key).members._default_manager.all()
            self._trees[key] = dict(rows.visible_to(self.reader).order_by("pk").values_list("pk", "path"))
        return self._trees[key]

    def _load(self, key: str, members: Sequence[int] | None, number: int | None = None) -> None:
        """Read the targets of these members (None: all), of one indicator or of all of them, unless they are read."""
        asked: tuple[Any, ...] = (
            _WIDE if key in _WIDE else (key, members if members is None else tuple(members), number)
        )
        if asked in self._read or (key, members if members is None else tuple(members), None) in self._read:
            return
        self._read.add(asked)
        rows = Target.objects.visible_to(self.reader).filter(month__in=self._months).order_by()
        column = "business_unit_id" if key in _WIDE else f"{key}_id"
        if key in _WIDE:
            rows = rows.filter(region=None, team=None, rep=None)
        else:
            rows = rows.filter(**{f"{key}__in": members} if members is not None else {f"{key}__isnull": False})
            rows = rows if number is None else rows.filter(indicator=number)
        for indicator, member, month, value in rows.values_list("indicator", column, "month", "value"):
            place = key if key not in _WIDE else "business_unit" if member else ""
            self._values[indicator, place, member or COMPANY_WIDE][month] = value

    def _of_member(self, number: int, key: str, member: int, period: Period) -> Decimal | None:
        values = self._values.get((number, key, member), {})
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
        return sum(parts.values(), Decimal(0)) if parts and _adds_up(number) else None


def _adds_up(number: int) -> bool:
    """Whether the targets of two members make the target of both."""
    indicator = get(number)
    return indicator.unit not in (*PERCENT_UNITS, *MEANS) and not indicator.denominator


def _below(tree: dict[int, str], member: int) -> set[int]:
    return {other for other, path in tree.items() if path.startswith(tree[member])} if member in tree else {member}


def _above(tree: dict[int, str], member: int) -> set[int]:
    """Those above a member, without itself."""
    steps = tree.get(member, "").strip("/").split("/")[:-1]
    return {int(step) for step in steps}
