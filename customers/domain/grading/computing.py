"""Compute what a model makes of the customers: each figure is one query for all, the rest happens in memory."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import DomainError
from customers.domain.grading.scoring import RANK, Card, Value, Verdict, card_of, judge
from customers.enums import Move
from customers.models import Customer, CustomerGrade, GradingModel
from customers.models.grading import measure_of

SALES = "sales_12m"  # when registered, the sales that stand beside the moves
TENURE = "days_as_customer"  # when registered, it says how long they have bought: who has long bought is not new
MONTH = 30.44  # days
_PAGE = 20_000
_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Subject:
    """A customer to be graded, as far as grading asks."""

    pk: int
    business_unit_id: int
    old: str  # the present grade
    exception: str  # of it, one given by a person that still runs
    is_new: bool
    sales: Decimal


@dataclass(frozen=True)
class Computed:
    """A customer with the figures and the verdict; `values` are those of the card's measures, rounded as they are stored."""

    subject: Subject
    values: tuple[Value, ...]
    verdict: Verdict

    @property
    def move(self) -> Move:
        """What the verdict does to the present grade."""
        old, new = self.subject.old, self.verdict.grade
        if not old:
            return Move.NEW
        return Move.SAME if old == new else Move.UP if RANK[new] < RANK[old] else Move.DOWN


def compute_grades(model: GradingModel, on: dt.date, *, keys: Sequence[int] | None = None) -> Iterator[Computed]:
    """What the model makes of the customers it is for (or those of `keys`), with the figures as of that day.

    Raises DomainError when a figure of the model is measured no longer.
    """
    card = card_of(model)
    figures = read_figures(card.measures, on, keys)
    columns = [figures[key] for key in card.measures]
    declared = measure_of(SALES)
    sold = figures[SALES] if SALES in figures else declared.compute(keys, on) if declared is not None else {}
    for subject in subjects(model, card, on, keys, sold):
        values = tuple(_rounded(column.get(subject.pk)) for column in columns)
        verdict = judge(card, values, old=subject.old, is_new=subject.is_new, exception=subject.exception)
        yield Computed(subject, values, verdict)


def read_figures(measures: Sequence[str], on: dt.date, keys: Sequence[int] | None) -> dict[str, Mapping[int, Decimal]]:
    """The figures by measure and customer."""
    found = {}
    for key in measures:
        declared = measure_of(key)
        if declared is None:
            raise DomainError(_no_measure(key))
        found[key] = declared.compute(keys, on)
    return found


def _no_measure(key: str) -> str:
    return _("The figure “%(key)s” is measured no longer: make a new edition of the model without it.") % {"key": key}


def _rounded(value: Any) -> Value:
    return None if value is None else Decimal(value).quantize(_PLACES)


def subjects(
    model: GradingModel, card: Card, on: dt.date, keys: Sequence[int] | None, sold: Mapping[int, Decimal]
) -> Iterator[Subject]:
    """The customers that the model grades, in the order of their keys; `sold` are the sales beside them."""
    rows: Any = Customer._base_manager.filter(merged_into__isnull=True).order_by("pk")
    if model.business_unit_id is not None:
        rows = rows.filter(business_unit=model.business_unit_id)
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    grades = _present(model.business_unit_id, on)
    since = on - dt.timedelta(days=round(card.new_months * MONTH))
    tenure = measure_of(TENURE)
    bought = tenure.compute(keys, on) if tenure is not None and card.new_months else {}
    made_after = timezone.make_aware(dt.datetime.combine(since, dt.time()))
    names = ("pk", "business_unit_id", "grade", "created_at")
    for pk, unit, grade, created in rows.values_list(*names).iterator(chunk_size=_PAGE):
        old, exception = grades.get(pk, (grade, ""))
        is_new = bool(card.new_months) and created >= made_after and bought.get(pk, 0) <= (on - since).days
        yield Subject(pk, unit, old, exception, is_new, sold.get(pk, Decimal(0)))


def _present(unit_id: int | None, on: dt.date) -> dict[int, tuple[str, str]]:
    """The present grade of customers in the history of the group (None) or a unit, and again when it is an exception."""
    rows = CustomerGrade.objects.present().filter(business_unit=unit_id)
    names = ("customer_id", "grade", "kept_until")
    found = {}
    for pk, grade, kept_until in rows.values_list(*names).iterator(chunk_size=_PAGE):
        runs = kept_until is not None and kept_until >= on
        found[pk] = (grade, grade if runs else "")
    return found


def matrix_of(computed: Sequence[Computed]) -> dict[str, dict[str, list[Any]]]:
    """How many customers, with what sales, go from which grade to which: {"B": {"A": [12, "345.00"]}}."""
    cells: dict[str, dict[str, list[Any]]] = defaultdict(dict)
    for entry in computed:
        cell = cells[entry.subject.old].setdefault(entry.verdict.grade, [0, Decimal(0)])
        cell[0] += 1
        cell[1] += entry.subject.sales
    return {old: {new: [count, str(sales)] for new, (count, sales) in row.items()} for old, row in cells.items()}
