"""New products of the demo company: one in every state of one representative, and projects of the last year of everybody."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone, translation

from crm.demo.world import World
from crm.models import Product, Unit
from crm.workflow.demo import backdate, person, policy_in_force, step, whose_turn
from crm.workflow.domain import approval_decisions as decide
from crm.workflow.models import ApprovalRequest
from opportunities.demo.development_texts import ANSWER, COSTS, DOUBTS, REFUSED, RESULTS, WANTED, Wanted
from opportunities.domain.developments import course, parts
from opportunities.domain.developments.release import release
from opportunities.domain.developments.requests import create_development, search_text
from opportunities.domain.samples.requests import create_sample
from opportunities.enums import DevelopmentState, SampleKind, SampleSource
from opportunities.models import DevelopmentRequest, DevelopmentRequirement, Opportunity

PAST = 36
REP, RESEARCHER, MANAGER = "linxw", "shenyq", "hanrj"


def generate(world: World) -> None:
    """Made when the opportunities are there."""


def load(world: World) -> None:
    """Write it."""
    with translation.override("zh-hans"):
        product = step(1, "role", "product_manager", within="company")
        policy_in_force(world, course.DOCUMENT, "新品立项", 10, [product])
        rows = Opportunity.objects.open().filter(owner=person(REP), product_line__isnull=False)
        own = list(rows.select_related("customer", "product_line").order_by("-pk")[: len(WANTED)])
        if len(own) == len(WANTED):
            _in_every_state(own)
        _projects_before()


def _draft(opportunity: Opportunity, wanted: Wanted) -> DevelopmentRequest:
    development = create_development(
        actor=opportunity.owner,  # type: ignore[arg-type]
        title=wanted.title,
        customer=opportunity.customer,
        opportunity=opportunity,
        product_line=opportunity.product_line,
        application=wanted.application,
        background=wanted.background,
        volume_kg=Decimal(wanted.volume),
        target_price=wanted.target_price,
        wanted_on=timezone.localdate() + dt.timedelta(days=150),
        samples_wanted=wanted.samples,
    )
    development.requirements.all().delete()
    for name, low, high, unit, target, must in wanted.properties:
        parts.add_requirement(
            actor=development.owner,  # type: ignore[arg-type]
            development=development,
            name=name,
            minimum=Decimal(low) if low else None,
            maximum=Decimal(high) if high else None,
            unit=unit,
            target=target,
            is_must=must,
        )
    return development


def _submitted(opportunity: Opportunity, wanted: Wanted, *, days_left: int = 5) -> DevelopmentRequest:
    development = _draft(opportunity, wanted)
    due = timezone.localdate() + dt.timedelta(days=max(days_left, 0))
    course.submit(development=development, actor=development.owner, answer_due=due, researcher=person(RESEARCHER))  # type: ignore[arg-type]
    if days_left < 0:
        late = timezone.localdate() + dt.timedelta(days=days_left)
        DevelopmentRequest._base_manager.filter(pk=development.pk).update(answer_due=late)
        _earlier(development, 7 - days_left)
    return development


def _earlier(development: DevelopmentRequest, days: int) -> None:
    """What was done about it so far was done so many days before."""
    by = dt.timedelta(days=days)
    DevelopmentRequest._base_manager.filter(pk=development.pk).update(
        created_at=F("created_at") - by, state_since=F("state_since") - by
    )
    development.state_changes.update(at=F("at") - by)
    for request in ApprovalRequest.objects.filter(document=course.DOCUMENT, object_id=development.pk):
        backdate(request, days * 24)


def _assessed(opportunity: Opportunity, wanted: Wanted, *, doubts: str = "") -> DevelopmentRequest:
    development = _submitted(opportunity, wanted)
    researcher = person(RESEARCHER)
    course.take_up(development=development, actor=researcher)
    course.answer(
        development=development,
        actor=researcher,
        verdict="doubtful" if doubts else "feasible",
        feasibility=ANSWER,
        doubts=doubts,
        promised_on=timezone.localdate() + dt.timedelta(days=120),
    )
    return development


def _pending(opportunity: Opportunity, wanted: Wanted) -> Any:
    development = _assessed(opportunity, wanted)
    due = timezone.localdate() + dt.timedelta(days=120)
    return course.ask_set_up(
        development=development,
        actor=development.owner,  # type: ignore[arg-type]
        due_on=due,
        reason="客户已确认年度用量，请批准立项。",
    )


def _project(opportunity: Opportunity, wanted: Wanted) -> DevelopmentRequest:
    request = _pending(opportunity, wanted)
    decide.approve(request=request, actor=whose_turn(request), reason="同意立项。")
    development: DevelopmentRequest = DevelopmentRequest.objects.get(opportunity=opportunity, title=wanted.title)
    for kind, remark, share in COSTS:
        amount = (wanted.target_price * Decimal(share)).quantize(Decimal("0.01"))
        parts.add_cost(actor=person(RESEARCHER), development=development, kind=kind, remark=remark, amount=amount)
    return development


def _begun(opportunity: Opportunity, wanted: Wanted, *, ago: int, done: int) -> DevelopmentRequest:
    """Set up so many days ago; so many milestones are done, and the next may be overdue."""
    development = _project(opportunity, wanted)
    by = dt.timedelta(days=ago)
    DevelopmentRequest._base_manager.filter(pk=development.pk).update(
        answered_on=timezone.localdate() - by,
        set_up_on=timezone.localdate() - by,
        due_on=timezone.localdate() + dt.timedelta(days=120) - by,
    )
    for milestone in development.milestones.order_by("position"):
        due_on = milestone.due_on - by if milestone.due_on else None
        parts.change_milestone(
            instance=milestone, expected_version=milestone.version, actor=person(RESEARCHER), due_on=due_on
        )
    development.refresh_from_db()
    course.begin(development=development, actor=person(RESEARCHER))
    _earlier(development, ago)
    for number, milestone in enumerate(development.milestones.order_by("position")[:done]):
        parts.change_milestone(
            instance=milestone,
            expected_version=milestone.version,
            actor=person(RESEARCHER),
            done_on=min(milestone.due_on or timezone.localdate(), timezone.localdate()),
            result=RESULTS[number],
        )
    return development


def _tried(opportunity: Opportunity, wanted: Wanted, *, done: int) -> DevelopmentRequest:
    development = _begun(opportunity, wanted, ago=100, done=done)
    create_sample(
        actor=development.owner,  # type: ignore[arg-type]
        customer=development.customer,
        opportunity=opportunity,
        development=development,
        ship_to=development.customer.address,
        purpose=f"{wanted.title} · {wanted.samples}",
        needed_on=timezone.localdate() + dt.timedelta(days=6),
        lines=[
            {
                "product": None,
                "description": f"{development.code} {wanted.title}",
                "kind": SampleKind.EXPERIMENTAL,
                "source": SampleSource.LABORATORY,
                "quantity": Decimal(2),
                "unit": Unit.objects.get(code="KG"),
            }
        ],
    )
    course.begin_trial(development=development, actor=person(RESEARCHER))
    return development


def _released(opportunity: Opportunity, wanted: Wanted) -> None:
    development = _tried(opportunity, wanted, done=5)
    for row in DevelopmentRequirement.objects.filter(development=development):
        parts.change_requirement(
            instance=row, expected_version=row.version, actor=person(RESEARCHER), reached="三批平均值达标", met=True
        )
    development.refresh_from_db()
    release(
        development=development,
        actor=person(MANAGER),
        code=f"NP-{development.code[-4:]}",
        name=wanted.title,
        product_line=development.product_line,
        base_unit=Unit.objects.get(code="KG"),
        list_price=wanted.target_price,
        specification=_alike(development),
    )


def _alike(development: DevelopmentRequest) -> dict[str, Any]:
    """The specification of a product of the same line."""
    rows = Product.objects.filter(product_line=development.product_line).exclude(specification={})
    return dict(rows.order_by("code").values_list("specification", flat=True).first() or {})


def _in_every_state(own: list[Opportunity]) -> None:
    _draft(own[0], WANTED[0])
    _submitted(own[1], WANTED[1], days_left=-2)
    taken = _submitted(own[2], WANTED[2])
    course.take_up(development=taken, actor=person(RESEARCHER))
    _assessed(own[3], WANTED[3], doubts=DOUBTS)
    backdate(_pending(own[4], WANTED[4]), 6)
    _project(own[5], WANTED[5])
    _begun(own[6], WANTED[6], ago=50, done=1)
    _tried(own[7], WANTED[7], done=2)
    _released(own[8], WANTED[8])
    refused = _submitted(own[9], WANTED[9])
    course.refuse(development=refused, actor=person(RESEARCHER), end_reason="technology", feasibility=REFUSED)
    cancelled = _begun(own[10], WANTED[10], ago=30, done=1)
    course.cancel(
        development=cancelled,
        actor=cancelled.owner,  # type: ignore[arg-type]
        end_reason="customer",
        reason="客户项目推迟到明年下半年。",
    )


def _projects_before() -> None:
    """Set up in the months before, of many opportunities, written together; two of three were released, most of them in time."""
    today, made = timezone.localdate(), []
    rows = Opportunity.objects.filter(product__isnull=False, product_line__isnull=False, owner__isnull=False)
    found = rows.select_related("customer", "product", "product_line").order_by("pk")[: PAST * 5 : 5]
    for number, opportunity in enumerate(found):
        set_up = today - dt.timedelta(days=60 + (number * 23) % 420)
        due = set_up + dt.timedelta(days=90 + (number * 11) % 90)
        finished = due + dt.timedelta(days=(-12, -3, 0, 9)[number % 4])
        is_done = finished <= today and number % 5 != 4
        wanted = WANTED[number % len(WANTED)]
        line: Any = opportunity.product_line
        made.append(
            DevelopmentRequest(
                code=f"NPD-{set_up:%y%m}-9{number:03d}",
                title=wanted.title,
                customer=opportunity.customer,
                opportunity=opportunity,
                owner_id=opportunity.owner_id,
                team_id=opportunity.team_id,
                business_unit_id=opportunity.business_unit_id,
                region_id=opportunity.region_id,
                product_line=line,
                application=wanted.application,
                background=wanted.background,
                volume_kg=Decimal(wanted.volume),
                target_price=wanted.target_price,
                verdict="feasible",
                feasibility=ANSWER,
                researcher=person(RESEARCHER),
                answered_on=set_up - dt.timedelta(days=5),
                promised_on=due,
                set_up_on=set_up,
                due_on=due,
                released_on=finished if is_done else None,
                product=opportunity.product if is_done else None,
                state=DevelopmentState.RELEASED if is_done else DevelopmentState.DEVELOPMENT,
                state_since=timezone.make_aware(dt.datetime.combine(finished if is_done else set_up, dt.time(15))),
            )
        )
    for development in made:
        development.search_text = search_text(development)
    DevelopmentRequest.objects.bulk_create(made, batch_size=500)
