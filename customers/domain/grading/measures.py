"""What the archive itself says about customers, for grading and for policies of grades."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.catalogue.models.cost import VIEW_COST
from crm.models import Comment, PriceList, Region, Task
from crm.workflow.models.task import TaskState
from customers.extension_points import CustomerMeasure
from customers.models import Customer, CustomerContribution

Keys = Sequence[int] | None
Values = Mapping[int, Decimal]
ENDLESS = Decimal(3650)  # days that a price list without an end is said to run


def own_field(name: str) -> Callable[[Keys, dt.date], Values]:
    """The value that stands on the customer; as of today, whatever day is asked about."""

    def compute(keys: Keys, on: dt.date) -> Values:
        rows = _customers(keys).filter(**{f"{name}__isnull": False}).values_list("pk", name)
        return {pk: Decimal(value) for pk, value in rows.iterator(chunk_size=20_000)}

    return compute


def _customers(keys: Keys) -> Any:
    rows = Customer._base_manager.filter(merged_into__isnull=True).order_by()
    return rows if keys is None else rows.filter(pk__in=keys)


def days_since_contact(keys: Keys, on: dt.date) -> Values:
    """Since somebody last wrote a comment on the customer, or did a to-do about it."""
    kind = ContentType.objects.get_for_model(Customer)
    end = timezone.make_aware(dt.datetime.combine(on + dt.timedelta(days=1), dt.time()))
    comments = Comment.objects.filter(content_type=kind, deleted_at__isnull=True, created_at__lt=end)
    tasks = Task.objects.filter(content_type=kind, state=TaskState.DONE, state_since__lt=end)
    if keys is not None:
        comments, tasks = comments.filter(object_id__in=keys), tasks.filter(object_id__in=keys)
    last: dict[int, dt.datetime] = {}
    for rows, field in ((comments, "created_at"), (tasks, "state_since")):
        for pk, moment in rows.order_by().values_list("object_id").annotate(Max(field)):
            last[pk] = max(moment, last.get(pk, moment))
    return {pk: Decimal((on - timezone.localtime(moment).date()).days) for pk, moment in last.items()}


def price_list_days(keys: Keys, on: dt.date) -> Values:
    """How long a price list for the customer's grade still runs; none where no list is meant for that grade."""
    lists = list(PriceList.objects.filter(is_active=True, starts_on__lte=on).exclude(customer_grade=""))
    if not lists:
        return {}
    paths = dict(Region.objects.values_list("pk", "path"))
    alike: dict[tuple[str, int, int | None], list[int]] = defaultdict(list)
    for pk, *terms in _customers(keys).exclude(grade="").values_list("pk", "grade", "business_unit_id", "region_id"):
        alike[tuple(terms)].append(pk)  # type: ignore[index]
    found: dict[int, Decimal] = {}
    for (grade, unit, region), customers in alike.items():
        runs = [
            Decimal((row.ends_on - on).days) if row.ends_on else ENDLESS
            for row in lists
            if row.customer_grade == grade
            and row.business_unit_id in (None, unit)
            and (row.region_id is None or paths.get(region or 0, "").startswith(paths[row.region_id]))
        ]
        if runs:
            found.update(dict.fromkeys(customers, max(runs)))
    return found


def _margin(value: Any) -> Callable[[Keys, dt.date], Values]:
    """Of sales whose cost is known, as stored with the contribution of 12 months; none where no cost is known."""

    def compute(keys: Keys, on: dt.date) -> Values:
        rows = CustomerContribution._base_manager.filter(covered_sales__gt=0, customer__merged_into__isnull=True)
        rows = rows if keys is None else rows.filter(customer__in=keys)
        found = rows.order_by().values_list("customer_id", "covered_sales", "cost")
        return {pk: value(sales, cost) for pk, sales, cost in found.iterator(chunk_size=20_000)}

    return compute


MARGINS = (
    CustomerMeasure(
        "margin",
        _("Margin, 12 months"),
        "money",
        _margin(lambda sales, cost: sales - cost),
        permission=VIEW_COST,
        order=340,
    ),
    CustomerMeasure(
        "margin_percent",
        _("Margin (%)"),
        "percent",
        _margin(lambda sales, cost: (sales - cost) * 100 / sales),
        permission=VIEW_COST,
        order=345,
    ),
)
MEASURES = (
    *MARGINS,
    CustomerMeasure("annual_demand", _("Annual demand"), "kg", own_field("annual_demand_kg"), order=300),
    CustomerMeasure("strategic_value", _("Strategic value (1–5)"), "number", own_field("strategic_value"), order=310),
    CustomerMeasure(
        "payment_terms",
        _("Payment terms"),
        "days",
        own_field("payment_terms_days"),
        higher_is_better=False,
        promised=True,
        order=320,
    ),
    CustomerMeasure("credit_limit", _("Credit limit"), "money", own_field("credit_limit"), promised=True, order=330),
    CustomerMeasure(
        "days_since_contact",
        _("Days since the last contact"),
        "days",
        days_since_contact,
        higher_is_better=False,
        promised=True,
        order=340,
    ),
    CustomerMeasure(
        "price_list_days", _("Days its price list still runs"), "days", price_list_days, promised=True, order=350
    ),
)
