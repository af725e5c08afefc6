"""Samples of the demo company: a policy by kind, requests in every state of one representative, past ones of everybody."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone, translation

from crm.demo.world import World
from crm.models import NumberSequence, Unit
from crm.records.pinyin import search_text_of
from crm.workflow.demo import backdate, person, policy_in_force, step, whose_turn
from crm.workflow.domain import approval_decisions as decide
from opportunities.demo.sample_texts import CARRIERS, COMMENTS, CRITERIA, FAILED, PURPOSES
from opportunities.domain.samples.requests import DOCUMENT, cancel_sample, create_sample, submit_sample
from opportunities.domain.samples.sending import dispatch_sample
from opportunities.enums import SampleKind, SampleSource, SampleState, SampleVerdict
from opportunities.models import (
    Opportunity,
    SampleCriterion,
    SampleLine,
    SampleRequest,
    SampleRequestStateChange,
)

EVERY = 4  # of so many opportunities one had samples
MOST = 20_000
REP = "linxw"
PREFIX = "SMP"
WAY = (SampleState.DRAFT, SampleState.PENDING, SampleState.APPROVED, SampleState.DISPATCHED)
WAY_BACK = (SampleState.RECEIVED, SampleState.EVALUATED)


def generate(world: World) -> None:
    """Made when customers and opportunities are there."""


def load(world: World) -> None:
    """Write them."""
    with translation.override("zh-hans"):
        _policies(world)
        _past(world)
        _in_every_state()


def _policies(world: World) -> None:
    """Experimental products are approved by product management, everything else by the manager of the area."""
    product = step(1, "role", "product_manager", within="company")
    kinds = [("kind", "in", [SampleKind.EXPERIMENTAL.value])]
    policy_in_force(world, DOCUMENT, "实验品送样", 10, [product], kinds)
    policy_in_force(world, DOCUMENT, "常规品与制件送样", 20, [step(1, "manager")])


@dataclass
class Rows:
    """What is written together."""

    samples: list[SampleRequest] = field(default_factory=list)
    lines: list[SampleLine] = field(default_factory=list)
    criteria: list[SampleCriterion] = field(default_factory=list)
    changes: list[SampleRequestStateChange] = field(default_factory=list)


def _past(world: World) -> None:
    """Of every fourth opportunity; written in bulk, so that a company of any size has them."""
    rng = random.Random(8)  # noqa: S311 -- made-up data, the same each time
    rows, unit = Rows(), Unit.objects.get(code="KG")
    found = Opportunity.objects.filter(product__isnull=False, owner__isnull=False)
    found = found.select_related("customer", "product__product_line").order_by("pk")
    last: dict[str, int] = {}
    for number, opportunity in enumerate(found[: MOST * EVERY].iterator(chunk_size=2000)):
        if number % EVERY == 0:
            _past_one(rng, rows, opportunity, unit, last)
    SampleRequest._base_manager.bulk_create(rows.samples, batch_size=1000)
    SampleLine._base_manager.bulk_create(rows.lines, batch_size=1000)
    SampleCriterion._base_manager.bulk_create(rows.criteria, batch_size=1000)
    SampleRequestStateChange._base_manager.bulk_create(rows.changes, batch_size=1000)
    NumberSequence.objects.bulk_create([NumberSequence(key=key, last=count) for key, count in last.items()])


def _past_one(rng: random.Random, rows: Rows, opportunity: Any, unit: Unit, last: dict[str, int]) -> None:
    """A request some weeks after the opportunity began, judged by the customer, or still with it when it is new."""
    today = timezone.localdate()
    begun: dt.date = opportunity.assigned_on or timezone.localdate(opportunity.created_at)
    asked = min(begun + dt.timedelta(days=rng.randint(5, 40)), today - dt.timedelta(days=2))
    days = [asked]
    for least, most in ((1, 3), (2, 5), (1, 4), (12, 45)):
        days.append(days[-1] + dt.timedelta(days=rng.randint(least, most)))
    _asked, _approved, sent, got, judged = days
    key = f"{PREFIX}-{asked:%y%m}"
    last[key] = last.get(key, 0) + 1
    sample = SampleRequest(
        code=f"{key}-{last[key]:04d}",
        customer=opportunity.customer,
        opportunity=opportunity,
        owner_id=opportunity.owner_id,
        team_id=opportunity.team_id,
        business_unit_id=opportunity.business_unit_id,
        region_id=opportunity.region_id,
        product=opportunity.product,
        product_line=opportunity.product.product_line,
        ship_to=opportunity.customer.address,
        reason=rng.choice(("customer", "customer", "quality", "distribution")),
        purpose=rng.choice(PURPOSES),
        requested_on=asked,
        needed_on=asked + dt.timedelta(days=14),
    )
    _sent(rng, sample, sent, today)
    _judged(rng, sample, got, judged, today)
    sample.search_text = search_text_of(
        sample.customer.name, sample.customer.short_name, others=(sample.code, opportunity.product.label)
    )
    reached: tuple[SampleState, ...] = WAY if sample.dispatched_on else WAY[:3]
    reached += tuple(state for state in WAY_BACK if (sample.received_on, sample.evaluated_on)[WAY_BACK.index(state)])
    _history(rows, sample, reached, days)
    rows.samples.append(sample)
    _line(rng, rows, sample, unit)


def _sent(rng: random.Random, sample: SampleRequest, sent: dt.date, today: dt.date) -> None:
    if sent > today:
        return
    sample.dispatched_on, sample.carrier = sent, rng.choice(CARRIERS)
    sample.tracking_number = f"SF{rng.randint(10**11, 10**12 - 1)}"
    sample.feedback_due_on = sent + dt.timedelta(days=30)


def _judged(rng: random.Random, sample: SampleRequest, got: dt.date, judged: dt.date, today: dt.date) -> None:
    """Received and judged as far as it is in the past; a few customers have not answered for long, and were asked already."""
    if sample.dispatched_on is None or got > today:
        return
    sample.received_on = got
    if judged <= today and rng.random() < 0.96:
        verdict = rng.choices(list(SampleVerdict), weights=(62, 18, 20))[0]
        sample.evaluated_on, sample.verdict = judged, verdict
        sample.cycle_days = (judged - sample.requested_on).days
        sample.failure = rng.choice(FAILED) if verdict == SampleVerdict.FAILED else ""
        sample.verdict_comment = COMMENTS[verdict]
    elif sample.feedback_due_on is not None and sample.feedback_due_on < today - dt.timedelta(days=60):
        sample.feedback_due_on = today + dt.timedelta(days=rng.randint(-6, 25))


def _history(rows: Rows, sample: SampleRequest, reached: Sequence[str], days: list[dt.date]) -> None:
    """The moves, each at ten on its day; the first two on the day of the request."""
    now = timezone.now()
    moments = [min(now, timezone.make_aware(dt.datetime.combine(day, dt.time(10)))) for day in (days[0], *days)]
    sample.state, sample.state_since = reached[-1], moments[len(reached) - 1]
    for place in range(1, len(reached)):
        rows.changes.append(
            SampleRequestStateChange(
                record=sample,
                source=reached[place - 1],
                target=reached[place],
                at=moments[place],
                seconds_in_source=int((moments[place] - moments[place - 1]).total_seconds()),
                actor_id=sample.owner_id,
            )
        )


def _line(rng: random.Random, rows: Rows, sample: SampleRequest, unit: Unit) -> None:
    product: Any = sample.product
    cost = (product.list_price or Decimal(30)) * Decimal("0.62")
    line = SampleLine(
        request=sample,
        product=product,
        quantity=Decimal(rng.choice((1, 2, 5, 20))),
        unit=unit,
        unit_cost=cost.quantize(Decimal("0.01")),
        batch=f"B{sample.requested_on:%y%m}{rng.randint(10, 99)}" if sample.dispatched_on else "",
        coa_number=f"COA-{rng.randint(1000, 9999)}" if sample.dispatched_on else "",
    )
    sample.cost_base = (line.quantity * cost).quantize(Decimal("0.01"))
    rows.lines.append(line)
    if not sample.verdict:
        return
    passed = sample.verdict == SampleVerdict.PASSED
    for position, (name, required, good, bad) in enumerate(CRITERIA, start=1):
        met = passed or position > 1
        rows.criteria.append(
            SampleCriterion(
                request=sample,
                line=line,
                position=position,
                name=name,
                required=required,
                measured=good if met else bad,
                met=met,
            )
        )


def _in_every_state() -> None:
    """Of one representative: a draft, one that waits, a returned one, an approved one, a late answer, a cancelled one."""
    rep: Any = person(REP)
    unit = Unit.objects.get(code="KG")
    found = Opportunity.objects.open().filter(owner=rep, product__isnull=False).select_related("customer", "product")
    own = list(found.order_by("-pk")[:6])
    if len(own) < 6:
        return
    drafts = [_draft(rep, opportunity, unit) for opportunity in own[:5]]
    laboratory = [
        {**_given(own[5], unit), "product": None, "description": "LAB-2611 低粘度快固试样", "kind": "experimental"}
    ]
    laboratory[0]["source"] = SampleSource.LABORATORY
    experimental = _draft(rep, own[5], unit, lines=[*laboratory, _given(own[5], unit)])
    backdate(submit_sample(sample=experimental, actor=rep, reason="新配方，请产品经理确认可送。"), 5)
    backdate(submit_sample(sample=drafts[1], actor=rep, reason="客户产线切换前必须完成验证。"), 9)
    returned = submit_sample(sample=drafts[2], actor=rep, reason="客户要求样品 20 kg。")
    decide.return_for_change(request=returned, actor=whose_turn(returned), reason="用量偏大，请先送 5 kg。")
    approved = submit_sample(sample=drafts[3], actor=rep, reason="已与客户约定试用日期。")
    decide.approve(request=approved, actor=whose_turn(approved), reason="同意。")
    cancel_sample(sample=drafts[4], actor=rep, reason="客户项目推迟到明年。")
    _late(rep, own[0], unit)


def _draft(rep: Any, opportunity: Opportunity, unit: Unit, lines: Any = None) -> SampleRequest:
    return create_sample(
        actor=rep,
        customer=opportunity.customer,
        opportunity=opportunity,
        contact=opportunity.customer.contacts.order_by("-is_primary", "pk").first(),
        ship_to=opportunity.customer.address,
        purpose=PURPOSES[opportunity.pk % len(PURPOSES)],
        needed_on=timezone.localdate() + dt.timedelta(days=10),
        lines=lines or [_given(opportunity, unit)],
    )


def _given(opportunity: Opportunity, unit: Unit) -> dict[str, Any]:
    return {
        "product": opportunity.product,
        "description": "",
        "kind": SampleKind.COMMERCIAL,
        "source": SampleSource.STOCK,
        "quantity": Decimal(5),
        "unit": unit,
    }


def _late(rep: Any, opportunity: Opportunity, unit: Unit) -> None:
    """Sent seven weeks ago, and no answer yet."""
    sample = _draft(rep, opportunity, unit)
    request = submit_sample(sample=sample, actor=rep, reason="客户等样。")
    decide.approve(request=request, actor=whose_turn(request), reason="同意。")
    sample.refresh_from_db()
    row = sample.lines.get()
    dispatch_sample(
        sample=sample,
        actor=rep,
        dispatched_on=timezone.localdate() - dt.timedelta(days=49),
        carrier=CARRIERS[0],
        tracking_number="SF1466020911274",
        lines={row.pk: {"batch": "B260907", "coa_number": "COA-0907", "coa": None}},
    )
    by, today = dt.timedelta(days=49), timezone.localdate()
    SampleRequest._base_manager.filter(pk=sample.pk).update(
        requested_on=today - by,
        needed_on=today - by + dt.timedelta(days=3),
        created_at=F("created_at") - by,
        state_since=F("state_since") - by,
    )
    sample.state_changes.update(at=F("at") - by)
    backdate(request, by.days * 24)
