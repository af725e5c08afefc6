"""The parts of the dashboard, and what figures add to a customer's page."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics import charts
from analytics.cards import Board, params
from analytics.catalogue import get
from analytics.definitions import Fact
from analytics.display import good, value_text
from analytics.engine.achieve import achievement, change
from analytics.engine.evaluate import TOP
from analytics.engine.facts import filtered, stamped
from analytics.engine.labels import labels_of
from analytics.engine.reader import restriction
from analytics.engine.request import KpiRequest
from analytics.engine.result import percentage
from analytics.engine.targets import Targets
from analytics.measures import FACTS, MEASURES
from crm.periods import Period, add_months, month_start
from customers.models import Customer, CustomerCourse
from customers.tables.cells import course_of
from opportunities.domain.flow import stage_flow
from opportunities.models import Opportunity, OpportunityStageChange, Stage
from opportunities.querysets import WEIGHTED

YEAR_KINDS: dict[str, tuple[Any, str, bool]] = {  # of CustomerCourse: label, right, whether it is money
    "ordered": (gettext_lazy("Ordered"), "orders.view_salesorder", True),
    "shipped": (gettext_lazy("Shipped"), "orders.view_shipment", True),
    "invoiced": (gettext_lazy("Invoiced"), "orders.view_invoice", True),
    "received": (gettext_lazy("Cash in"), "orders.view_receivable", True),
    "volume_kg": (gettext_lazy("Volume"), "orders.view_invoice", False),
}
REVENUE, COMPLETION, CONCENTRATION = 61, 63, 64
AGES = {"overdue_1_30": "1–30", "overdue_31_90": "31–90", "overdue_91_180": "91–180", "overdue_181": "180+"}


def revenue_chart(board: Board) -> dict[str, Any]:
    """Revenue of the period's year by month against target and the year before."""
    indicator = get(REVENUE)
    months = [dt.date(board.period.last.year, month, 1) for month in range(1, 13)]
    before = [add_months(month, -12) for month in months]
    begun = [month <= month_start(board.today) for month in months]
    actual = [
        board.value(indicator, Period(month, month, "")) if has_begun else None
        for month, has_begun in zip(months, begun, strict=True)
    ]
    last_year = [board.value(indicator, Period(month, month, "")) for month in before]
    targets = board_targets(board, months)
    empty = not any(actual) and not any(targets) and not any(last_year)
    return {**charts.trend(indicator, months, actual, targets, last_year), "empty": empty}


def board_targets(board: Board, months: list[dt.date]) -> list[Decimal | None]:
    """Revenue's targets of these months."""
    return Targets(board.reader, months, today=board.today).by_month(REVENUE, months, board.filters)


def funnel(board: Board) -> dict[str, Any] | None:
    """Open opportunities by stage, today, within the page's members; None for readers without the right to see any."""
    if not board.reader.has_perm("opportunities.view_opportunity"):
        return None
    rows: Any = Opportunity.objects.visible_to(board.reader).open()
    narrowed = restriction(board.reader, Opportunity)
    fact = FACTS["opportunity_assigned"]
    if narrowed is not None:
        rows = rows.filter(stamped(fact, narrowed))
    rows = filtered(rows, fact, board.filters)
    sums = {
        row["stage"]: row
        for row in rows.order_by()
        .values("stage")
        .annotate(count=Count("pk"), amount=Sum("amount_base"), weighted=Sum(WEIGHTED))
    }
    stages = [stage for stage in Stage.objects.visible_to(board.reader) if stage.is_open]
    found = [(stage, sums.get(stage.pk, {"count": 0, "amount": Decimal(0)})) for stage in stages]
    most = max((row["amount"] for _stage, row in found), default=Decimal(0)) or Decimal(1)
    flow = stage_flow(_stage_changes(board, fact), board.today)
    return {
        "stages": [
            {
                "stage": stage,
                "count": row["count"],
                "amount": row["amount"],
                "share": row["amount"] * 100 / most,
                "tone": f"s{min(n, 4)}",
                "flow": flow.get(stage.pk),
            }
            for n, (stage, row) in enumerate(found, 1)
        ],
        "weighted": sum((row["weighted"] or Decimal(0) for row in sums.values()), Decimal(0)),
        "lines": [rate_line(board, number) for number in (33, 31)],
        "url": reverse("opportunities:opportunity_board"),
    }


def _stage_changes(board: Board, fact: Fact) -> Any:
    """The moves of the opportunities that the page's funnel is about."""
    of_record = replace(fact, dimensions={key: f"record__{column}" for key, column in fact.dimensions.items()})
    rows: Any = OpportunityStageChange.objects.visible_to(board.reader)
    narrowed = restriction(board.reader)
    if narrowed is not None:
        rows = rows.filter(stamped(of_record, narrowed))
    return filtered(rows, of_record, board.filters)


def rate_line(board: Board, number: int) -> dict[str, Any]:
    """An indicator in one line: its value and the change against the year before."""
    indicator = get(number)
    value = board.value(indicator)
    moved = change(indicator, value, board.value(indicator, board.period.year_before()))
    return {
        "name": indicator.name,
        "text": value_text(indicator, value),
        "delta": moved[0] if moved else None,
        "delta_unit": moved[1] if moved else "",
        "good": good(indicator),
        "url": board.url(indicator),
    }


def units(board: Board) -> list[dict[str, Any]]:
    """Business units against their revenue targets."""
    if any(item.dimension != "business_unit" for item in board.filters):
        return []
    indicator = get(REVENUE)
    request = KpiRequest(REVENUE, board.period, "business_unit", board.filters, board.reader)
    targets = board.targets.by_unit(REVENUE, board.period)
    rows = []
    for member in board.evaluator.result(request).members:
        reached = achievement(indicator, member.figure.value, targets.get(member.id))
        if reached is not None:
            rows.append(
                {"label": member.label, "value": member.figure.value, "percent": reached.percent, "tone": reached.tone}
            )
            rows[-1]["url"] = indicator_url(board, REVENUE, business_unit=member.id)
    return rows


def regions(board: Board) -> list[dict[str, Any]]:
    """Revenue by region, its share of the largest, and the change against the year before."""
    indicator = get(REVENUE)
    request = KpiRequest(REVENUE, board.period, "region", board.filters, board.reader)
    members = board.evaluator.result(request).members
    before = {
        m.id: m.figure.value for m in board.evaluator.result(request.for_period(board.period.year_before())).members
    }
    most = max((member.figure.value or Decimal(0) for member in members), default=Decimal(0)) or Decimal(1)
    rows = []
    for member in members:
        value = member.figure.value or Decimal(0)
        moved = change(indicator, value, before.get(member.id))
        rows.append(
            {
                "label": member.label,
                "value": value,
                "share": value * 100 / most,
                "delta": moved[0] if moved else None,
                "url": indicator_url(board, REVENUE, region=f"only-{member.id}"),
            }
        )
    return rows


def indicator_url(board: Board, number: int, **more: Any) -> str:
    """An indicator's page with the board's period and members, and more of them."""
    return f"{reverse('analytics:indicator', args=[number])}?{urlencode(params(board.period, board.filters) | more)}"


def concentration(board: Board) -> dict[str, Any]:
    """The largest customers and the shares of the first 10 and 20."""
    measure = MEASURES[get(CONCENTRATION).numerator]
    largest, whole = board.figures.largest(
        measure, board.period.months, by="customer", filters=board.filters, count=max(TOP)
    )
    labels = labels_of("customer", [member for member, _amount in largest])
    rows = [(labels[member][0], percentage(amount, whole) or Decimal(0)) for member, amount in largest[:8]]
    shares = {f"CR{n}": percentage(sum((amount for _m, amount in largest[:n]), Decimal(0)), whole) for n in TOP}
    return {
        "chart": charts.concentration(rows),
        "shares": shares,
        "url": indicator_url(board, CONCENTRATION, by="customer"),
        "empty": not rows,
    }


def ageing(board: Board) -> dict[str, Any] | None:
    """Open items by how long they are overdue today; None where the page is filtered by what receivables do not have."""
    fact = FACTS["receivable"]
    if any(item.dimension not in fact.dimensions for item in board.filters):
        return None
    total, past, *aged = (
        board.figures.today_s(MEASURES[key], filters=board.filters) for key in ("receivable", "overdue", *AGES)
    )
    by_days = [
        (_("%(days)s days") % {"days": label}, amount) for label, amount in zip(AGES.values(), aged, strict=True)
    ]
    return {
        "chart": charts.ageing([(_("not overdue"), total - past), *by_days]),
        "total": total,
        "overdue": past,
        "rate": percentage(past, total),
        "oldest": aged[-1],
        "url": indicator_url(board, 69, by="customer"),
    }


def customer_year(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """A customer's months of this year beside those of last, of what the reader has the right to see; `?of=` says which of them
    the chart shows. None without any. The sums are stored: no document is read."""
    course = course_of(customer)
    kinds = {key: kind for key, kind in YEAR_KINDS.items() if request.user.has_perm(kind[1])}
    if course is None or not kinds:
        return None
    wanted = request.GET.get("of", "")
    chosen = wanted if wanted in kinds else "invoiced" if "invoiced" in kinds else next(iter(kinds))
    today = timezone.localdate()
    months = [dt.date(today.year, number, 1) for number in range(1, 13)]
    page = reverse("customers:customer_tab", args=[customer.pk, "year"])
    here = reverse("customers:customer_record", args=[customer.pk])
    values = {key: _two_years(course, key, months, today) for key in kinds}
    label, _right, is_money = kinds[chosen]
    chart = charts.side_by_side(str(label), today.year, months, *values[chosen], is_money=is_money)
    done = today.month - 1  # full months of this year
    return {
        "chart": chart,
        "id": f"customer-year-{customer.pk}",
        "year": today.year,
        "until": months[done - 1] if done else None,
        "sums": [_compared(key, kinds[key], *values[key], done) for key in kinds] if done else [],
        "choices": [
            {
                "label": kind[0],
                "url": f"{page}?of={key}",
                "part": f"{here}?panel=year&of={key}",
                "active": key == chosen,
            }
            for key, kind in kinds.items()
        ],
    }


YearValues = list[Decimal | None]


def _two_years(
    course: CustomerCourse, key: str, months: list[dt.date], today: dt.date
) -> tuple[YearValues, YearValues]:
    """The months that have begun, and all of the year before."""
    actual = [course.value(key, month) if month <= today else None for month in months]
    return actual, [course.value(key, add_months(month, -12)) for month in months]


def _compared(
    key: str, kind: tuple[Any, str, bool], actual: YearValues, before: YearValues, done: int
) -> dict[str, Any]:
    """The full months of this year against the same of last."""
    this, last = (sum((value or Decimal(0) for value in values[:done]), Decimal(0)) for values in (actual, before))
    label, _right, is_money = kind
    change = (this - last) * 100 / last if last > 0 else None
    return {"key": key, "label": label, "is_money": is_money, "this": this, "last": last, "change": change}
