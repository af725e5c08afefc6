"""The parts of the dashboard, and what figures add to a customer's page."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

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
from customers.models import Customer
from opportunities.domain.flow import stage_flow
from opportunities.models import Opportunity, OpportunityStageChange, Stage
from orders.models import InvoiceLine

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
        for row in rows.order_by().values("stage").annotate(count=Count("pk"), amount=Sum("amount_base"))
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
        "weighted": sum((row["amount"] * stage.probability / 100 for stage, row in found), Decimal(0)),
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


def customer_sales(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """A customer's invoiced sales of the last 12 months against the year before; None without any."""
    today = timezone.localdate()
    months = [add_months(today, back - 11) for back in range(12)]
    lines = (
        InvoiceLine.objects.visible_to(request.user)
        .real()
        .filter(customer=customer, invoiced_on__gte=add_months(today, -23), invoiced_on__lt=add_months(today, 1))
    )
    sums = dict(lines.order_by().values_list(TruncMonth("invoiced_on")).annotate(Sum("net_base")))
    if not sums:
        return None
    actual = [sums.get(month, Decimal(0)) for month in months]
    past = [sums.get(add_months(month, -12)) for month in months]
    # a month without an invoice sold nothing; a customer without any that year has no line
    before: list[Decimal | None] = [value or Decimal(0) for value in past] if any(past) else past
    chart = charts.trend(get(REVENUE), months, actual, [None] * 12, before)
    return {"chart": chart, "id": f"customer-sales-{customer.pk}", "total": sum(actual, Decimal(0))}
