"""A list in groups with subtotals, and the totals of all its rows.

Each is one question that adds up in the database, within a time limit; the rows of a group come when it is opened.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, DateField, DateTimeField, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crm.base.bounded import bounded
from crm.generic.days import field_at
from crm.generic.tables import Column, Table, Total
from crm.periods import add_months

MOST = 200  # groups, the largest ones
NONE = "-"  # stands in the query string for rows without a value


@dataclass(frozen=True)
class Group:
    """Rows alike in one thing: what stands in the query string, what they are called, how many they are, their sums by column."""

    key: str
    label: str
    count: int
    sums: Mapping[str, Any]

    def cells(self, columns: Sequence[Column], totals: Mapping[str, Total]) -> list[tuple[Column, str]]:
        """The columns after the first, with the markup of their sums."""
        return [(column, _shown(self.sums, column, totals)) for column in columns[1:]]


def _shown(sums: Mapping[str, Any], column: Column, totals: Mapping[str, Total]) -> str:
    value = sums.get(column.key)
    return totals[column.key].show(value) if value is not None else ""


@dataclass(frozen=True)
class Grouping:
    """What rows are grouped by: the column, and the path to its value."""

    column: Column
    path: str

    @classmethod
    def of(cls, table: type[Table], key: str, user: Any = None) -> "Grouping | None":
        """By a column that the table offers this reader; None for another."""
        column = next((column for column in table.offered(user) if column.key == key), None)
        return cls(column, table.groups[key]) if column is not None and key in table.groups else None

    def groups(self, found: QuerySet[Any], totals: Mapping[str, Total]) -> tuple[list[Group], int]:
        """The groups of these rows, and how many rows there are. Of more than MOST groups the largest. Raises TooSlow."""
        rows = plain(found)
        field = field_at(rows.model, self.path)
        by = TruncMonth(self.path) if isinstance(field, DateField) else F(self.path)
        sums = {f"sum_{name}": Sum(total.path, filter=total.only) for name, total in totals.items()}
        with bounded():
            counted = list(rows.values(group_key=by).annotate(rows=Count("pk"), **sums))
        counted.sort(key=lambda row: -row["rows"])
        labels = _labels(field, [row["group_key"] for row in counted[:MOST]])
        groups = [
            Group(
                _text(row["group_key"]),
                labels.get(row["group_key"]) or _("without"),
                row["rows"],
                {name: row[f"sum_{name}"] for name in totals},
            )
            for row in counted[:MOST]
        ]
        return sorted(groups, key=_order(field)), sum(row["rows"] for row in counted)

    def rows(self, found: QuerySet[Any], key: str) -> QuerySet[Any]:
        """Those of one group. Raises ValueError for a key that is none."""
        field = field_at(found.model, self.path)
        if key == NONE:
            none = Q(**{f"{self.path}__isnull": True})
            return found.filter(
                none | Q(**{self.path: ""}) if field.empty_strings_allowed and not field.is_relation else none
            )
        if not isinstance(field, DateField):
            return found.filter(**{self.path: int(key) if field.is_relation else key})
        year, _dash, month = key.partition("-")
        first = dt.date(int(year), int(month), 1)
        ends: list[Any] = [first, add_months(first, 1)]
        if isinstance(field, DateTimeField):
            ends = [timezone.make_aware(dt.datetime.combine(end, dt.time.min)) for end in ends]
        return found.filter(**{f"{self.path}__gte": ends[0], f"{self.path}__lt": ends[1]})


def plain(found: QuerySet[Any]) -> QuerySet[Any]:
    """The rows, unordered and each once, for adding up."""
    rows = found.order_by()
    return rows.model._base_manager.filter(pk__in=rows.values("pk")) if rows.query.distinct else rows


def _text(key: Any) -> str:
    if key in (None, ""):
        return NONE
    return f"{key:%Y-%m}" if isinstance(key, dt.date) else str(key)


def _labels(field: Any, keys: Sequence[Any]) -> dict[Any, str]:
    """The words of the groups' values."""
    filled = [key for key in keys if key not in (None, "")]
    if field.is_relation:
        rows = field.related_model._base_manager.in_bulk(filled)
        return {key: str(getattr(row, "label", None) or row) for key, row in rows.items()}
    if isinstance(field, DateField):
        return {key: date_format(key, "YEAR_MONTH_FORMAT") for key in filled}
    choices = {value: str(label) for value, label in field.flatchoices}
    return {key: choices.get(key, str(key)) for key in filled}


def _order(field: Any) -> Any:
    """Choices as they are declared, months from the newest, everything else from the largest; rows without a value last."""
    places = {str(value): number for number, (value, _label) in enumerate(field.flatchoices)}

    def place(group: Group) -> Any:
        if isinstance(field, DateField):
            return group.key == NONE, [-int(part) for part in group.key.split("-") if part]
        return group.key == NONE, places.get(group.key, 0), -group.count

    return place


def totals_of(found: QuerySet[Any], totals: Mapping[str, Total]) -> tuple[int, dict[str, tuple[Any, Any]]]:
    """How many rows there are, and the sum and the average of each column over all of them. Raises TooSlow."""
    asked: dict[str, Any] = {"rows": Count("pk")}
    for name, total in totals.items():
        asked |= {f"sum_{name}": Sum(total.path, filter=total.only), f"avg_{name}": Avg(total.path, filter=total.only)}
    with bounded():
        answer = plain(found).aggregate(**asked)
    return answer["rows"], {name: (answer[f"sum_{name}"], answer[f"avg_{name}"]) for name in totals}
