"""The figures counted by hand: plain Python over all rows, as the catalogue's readings say. Nothing here asks the engine."""

import datetime as dt
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from analytics.models import PlanMonth
from crm.models import Comment, Region, Team
from customers.models import CustomerRegistration
from leads.models import Campaign, Lead
from opportunities.models import Opportunity, OpportunityStageChange, Quote, SampleRequest
from orders.models import Receivable, SalesOrderLine, Settlement

CLAIMS_OF_OURS = ("payment", "down_payment")
COLUMNS = {
    "business_unit": "business_unit_id",
    "region": "region_id",
    "team": "team_id",
    "rep": "owner_id",
    "customer": "customer_id",
    "product_line": "product_line_id",
    "product": "product_id",
}
KINDS = {"exhibition": 1, "seminar": 2, "online": 3, "dealer_meeting": 4, "field_trial": 5}


@dataclass(frozen=True)
class Answer:
    """Numerator and denominator; `mean`: their ratio is no share."""

    above: Decimal
    below: Decimal | None = None
    times: int = 100

    @property
    def value(self) -> Decimal | None:
        """Their ratio, in per cent unless it is a mean, or the numerator; None for a ratio of nothing."""
        if self.below is None:
            return self.above
        return None if self.below <= 0 else round(self.above * self.times / self.below, 6)


def span(period: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day of a period."""
    if period == "ytd":
        return dt.date(today.year, 1, 1), dt.date(today.year, today.month, monthrange(today.year, today.month)[1])
    year = int(period[:4])
    if "Q" in period:
        last = int(period[-1]) * 3
        return dt.date(year, last - 2, 1), dt.date(year, last, monthrange(year, last)[1])
    if "-" in period:
        month = int(period[5:])
        return dt.date(year, month, 1), dt.date(year, month, monthrange(year, month)[1])
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


class Book:
    """All rows of all facts, read once and without scope."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.campaigns = list(Campaign._base_manager.all())
        self.leads = list(Lead._base_manager.select_related("campaign"))
        self.registrations = list(CustomerRegistration._base_manager.all())
        self.opportunities = list(Opportunity._base_manager.select_related("stage"))
        self.moves: dict[int, list[Any]] = defaultdict(list)
        for move in OpportunityStageChange._base_manager.select_related("source", "target").order_by("at", "pk"):
            self.moves[move.record_id].append(move)
        self.comments: dict[int, list[dt.date]] = defaultdict(list)
        for comment in Comment._base_manager.filter(content_type__model="opportunity"):
            self.comments[comment.object_id].append(on(comment.created_at))
        self.samples = list(SampleRequest._base_manager.all())
        self.quotes = list(Quote._base_manager.all())
        self.lines = [
            line
            for line in SalesOrderLine._base_manager.select_related("order", "product__base_unit")
            if not line.rejected and line.order.gone_at is None
        ]
        self.settlements = list(Settlement._base_manager.all())
        self.items = [item for item in Receivable._base_manager.all() if item.gone_at is None]
        self.plan_months = list(PlanMonth._base_manager.select_related("plan__customer"))
        for row in self.plan_months:  # a month carries the stamp of its plan
            plan = row.plan
            row.business_unit_id, row.team_id, row.owner_id = plan.business_unit_id, plan.team_id, plan.owner_id
            row.customer_id, row.region_id = plan.customer_id, plan.customer.region_id
        self.teams = dict(Team._base_manager.values_list("pk", "path"))
        self.regions = dict(Region._base_manager.values_list("pk", "path"))

    def reach(self, user: Any) -> Callable[[Any], bool]:
        """Whether a row counts for this person: by the stamp it carries, whoever looks after the customer by now."""
        roles = {role.data_scope for role in user.roles.all()}
        if "all" in roles:
            return lambda row: True
        if "business_unit" in roles:
            return lambda row: row.business_unit_id == user.business_unit_id
        team = next((one.team_id for one in user.memberships.all()), 0)
        if "team_below" in roles:
            below = {pk for pk, path in self.teams.items() if path.startswith(self.teams[team])}
            return lambda row: row.team_id in below
        if "team" in roles:
            return lambda row: row.team_id == team
        return lambda row: row.owner_id == user.pk

    def below(self, key: str, member: int) -> set[int]:
        """A team or region and all under it."""
        tree = self.teams if key == "team" else self.regions
        if not member:
            return {0}
        return {pk for pk, path in tree.items() if path.startswith(tree[member])}

    def answer(self, number: int, period: str, rows: Callable[[Any], bool]) -> Answer:
        """An indicator over the rows for which `rows` says yes."""
        first, last = span(period, self.today)

        def inside(day: dt.date | None) -> bool:
            return day is not None and first <= day <= last

        def chosen(table: Iterable[Any], day: str) -> list[Any]:
            return [row for row in table if inside(getattr(row, day)) and rows(row)]

        def count(some: Iterable[Any]) -> Decimal:
            return Decimal(len(list(some)))

        match number:
            case 1:
                planned = [
                    row
                    for row in chosen(self.campaigns, "starts_on")
                    if row.origin == "annual" or row.state not in ("planned", "cancelled")
                ]
                return Answer(count(row for row in planned if row.state == "completed"), count(planned))
            case 6:
                return Answer(count(chosen(self.leads, "received_on")))
            case 23 | 24:
                made = [row for row in self.opportunities if inside(on(row.created_at)) and rows(row)]
                return Answer(count(made) if number == 23 else total(row.amount_base for row in made))
            case 25 | 26 | 27 | 30:
                return self._open(number, first, min(last, self.today), rows)
            case 28:
                known = {row.pk: row for row in self.opportunities}
                entries = [
                    (move, later)
                    for pk, moves in self.moves.items()
                    for move in moves
                    if move.target.category == "open" and inside(on(move.at)) and rows(known[pk])
                    for later in [[one for one in moves if one.source == move.target and one.at >= move.at]]
                ]
                return Answer(count(move for move, later in entries if any(map(onward, later))), count(entries))
            case 29 | 32 | 36:
                closed = chosen(self.opportunities, "closed_on")
                won = [row for row in closed if row.stage.category == "won"]
                if number == 29:
                    return Answer(total(Decimal((r.closed_on - on(r.created_at)).days) for r in won), count(won), 1)
                if number == 32:
                    return Answer(total(r.amount_base for r in won), count({r.customer_id for r in won}), 1)
                return Answer(count(row for row in closed if row.stage.category == "lost"), count(closed))
            case 34:
                led = chosen(self.opportunities, "converted_on")
                return Answer(total(Decimal((r.converted_on - on(r.created_at)).days) for r in led), count(led), 1)
            case 31 | 33:
                assigned = chosen(self.opportunities, "assigned_on")
                if number == 31:
                    return Answer(count(row for row in assigned if row.stage.category == "won"), count(assigned))
                return Answer(count(row for row in assigned if row.converted_on), count(assigned))
            case 37:
                sent = [row for row in chosen(self.quotes, "sent_on") if row.state != "superseded"]
                return Answer(count(row for row in sent if row.state == "accepted"), count(sent))
            case 38:
                sent = chosen(self.quotes, "sent_on")
                return Answer(total(row.response_hours for row in sent), count(sent), 1)
            case 39:
                return Answer(count(chosen(self.samples, "dispatched_on")))
            case 40 | 42:
                judged = [row for row in chosen(self.samples, "evaluated_on") if row.state == "evaluated"]
                if number == 40:
                    return Answer(count(row for row in judged if row.verdict == "passed"), count(judged))
                spent = total(Decimal((row.evaluated_on - row.requested_on).days) for row in judged)
                return Answer(spent, count(judged), times=1)
            case 41:
                sampled = {row.opportunity_id for row in self.samples if row.dispatched_on}
                closed = [row for row in chosen(self.opportunities, "closed_on") if row.pk in sampled]
                return Answer(count(row for row in closed if row.stage.category == "won"), count(closed))
            case 53:
                return Answer(count({row.order_id for row in chosen(self.lines, "ordered_on")}))
            case 54:
                return Answer(total(row.net_base for row in chosen(self.lines, "ordered_on")))
            case 55:
                weighed = [row for row in chosen(self.lines, "ordered_on") if row.product_id]
                return Answer(total(row.quantity_base for row in weighed if row.product.base_unit.code == "KG") / 1000)
            case 61 | 64:
                settled = chosen(self.settlements, "settled_on")
                whole = total(row.amount_base for row in settled)
                return Answer(whole) if number == 61 else Answer(_largest(settled, 10), whole)
            case 68 | 69 | 70:
                return self._states(number, first, last, rows)
            case 72:
                paid = [row for row in chosen(self.items, "posted_on") if row.kind in CLAIMS_OF_OURS]
                return Answer(-total(row.amount_base for row in paid))
            case 83:
                due = [row for row in chosen(self.lines, "promised_on") if row.promised_on <= self.today]
                return Answer(
                    count(row for row in due if row.shipped_on and row.shipped_on <= row.promised_on), count(due)
                )
            case 107:
                decided = chosen(self.registrations, "decided_on")
                return Answer(total(row.refusals for row in decided), total(row.decisions for row in decided))
            case 108:
                approved = [row for row in chosen(self.registrations, "decided_on") if row.customer_id]
                right = [row for row in approved if row.submissions == 1 and row.corrected_on is None]
                return Answer(count(right), count(approved))
            case 123 | 124 | 125:
                now, more = (
                    ("volume_kg", "volume_more_kg")
                    if number == 123
                    else ("ordered", "ordered_more")
                    if number == 124
                    else ("revenue", "revenue_more")
                )
                months = chosen(self.plan_months, "month")
                return Answer(total(getattr(row, more) for row in months), total(getattr(row, now) for row in months))
            case 126:
                months = chosen(self.plan_months, "month")
                return Answer(total(row.days_before for row in months), total(row.days_after for row in months))
        raise AssertionError(number)

    def _open(self, number: int, first: dt.date, day: dt.date, rows: Callable[[Any], bool]) -> Answer:
        """Opportunities by the stage they were in at the end of that day; nothing while all of the period lies ahead."""
        found = []
        for row in self.opportunities:
            if first > self.today or not rows(row) or on(row.created_at) > day:
                continue
            left = next((move for move in self.moves[row.pk] if move.source and on(move.at) > day), None)
            stage = left.source if left else row.stage
            since = left.at - dt.timedelta(seconds=left.seconds_in_source) if left else row.stage_since
            probability, days = row.probability, row.standard_days
            if left:
                known_then = left.probability_left is not None
                probability = left.probability_left if known_then else stage.probability
                days = left.days_left if known_then else stage.standard_days
            if stage.category == "open":
                found.append((row, probability, (day - on(since)).days > days))
        fresh = day - dt.timedelta(days=14)
        known = Decimal(len(found))
        if number == 25:
            return Answer(total(row.amount_base for row, _probability, _stuck in found))
        if number == 26:
            return Answer(total(row.amount_base * probability / 100 for row, probability, _stuck in found))
        if number == 27:
            return Answer(Decimal(sum(stuck for _row, _probability, stuck in found)), known)
        worked = [row for row, _probability, _stuck in found if any(fresh < when <= day for when in self._work_on(row))]
        return Answer(Decimal(len(worked)), known)

    def _work_on(self, row: Any) -> list[dt.date]:
        """The days on which somebody worked on an opportunity."""
        days = [on(move.at) for move in self.moves[row.pk] if move.source] + self.comments[row.pk]
        days += [quote.sent_on for quote in self.quotes if quote.opportunity_id == row.pk and quote.sent_on]
        for sample in self.samples:
            if sample.opportunity_id == row.pk:
                days += [day for day in (sample.dispatched_on, sample.evaluated_on) if day]
        return days

    def _states(self, number: int, first: dt.date, last: dt.date, rows: Callable[[Any], bool]) -> Answer:
        """Open and overdue at the period's end, or today when that is earlier; nothing while all of it lies ahead."""
        day = min(last, self.today)
        is_open = [
            row
            for row in self.items
            if first <= self.today
            and rows(row)
            and row.posted_on <= day
            and (not row.cleared_on or row.cleared_on > day)
        ]
        owed = total(row.amount_base for row in is_open)
        late = total(row.amount_base for row in is_open if row.amount_base > 0 and row.due_on and row.due_on < day)
        return {68: Answer(owed), 69: Answer(late), 70: Answer(late, owed)}[number]


def on(moment: dt.datetime) -> dt.date:
    """The day of a moment in the company's zone."""
    return moment.astimezone(timezone.get_default_timezone()).date()


def onward(move: Any) -> bool:
    """Whether a move leads on: to a later stage, or to the win."""
    later = move.target.category == "open" and move.target.position > move.source.position
    return later or move.target.category == "won"


def total(amounts: Iterable[Any]) -> Decimal:
    """The sum."""
    return sum(amounts, Decimal(0))


def _largest(rows: list[Any], count: int) -> Decimal:
    sums: dict[int, Decimal] = {}
    for row in rows:
        sums[row.customer_id] = sums.get(row.customer_id, Decimal(0)) + row.amount_base
    return total(sorted(sums.values(), reverse=True)[:count])


def member_of(row: Any, key: str) -> int:
    """The member of a dimension that a row counts under, 0 for none."""
    if key == "campaign_type":
        campaign = row.campaign if isinstance(row, Lead) else row
        return KINDS[campaign.kind] if campaign else 0
    return getattr(row, COLUMNS[key]) or 0
