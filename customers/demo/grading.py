"""Grading in the demo company: two models, months of reviews, one that waits for approval, policies, a draft."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import translation

from crm.demo.world import World
from crm.models import BusinessUnit, User
from crm.periods import add_months
from crm.workflow.demo import backdate, person, policy_in_force, step
from crm.workflow.domain.approvals import request_approval
from customers.domain.grading.models import create_model, new_edition, publish, update_model
from customers.domain.grading.policies import check_policies, create_policy
from customers.domain.grading.reviews import DOCUMENT, apply_run, give_exception
from customers.domain.grading.runs import compute_month, preview
from customers.models import CustomerGrade, GradeRun, GradingModel

MONTHS, FEW = 4, 5000  # months of history; from so many customers on only one
UNIT = "AGR"  # the business unit that grades by a model of its own as well
_POINTS = (0, 25, 50, 75, 100)

# figure, weight, bounds of its five bands (points 0, 25, 50, 75, 100 or the other way), potential
GROUP = (
    ("sales_12m", 20, (100_000, 500_000, 2_000_000, 8_000_000), False),
    ("volume_12m", 15, (2_000, 10_000, 50_000, 200_000), False),
    ("annual_demand", 10, (5_000, 30_000, 100_000, 400_000), True),
    ("sales_growth", 10, (-30, -10, 0, 15), False),
    ("order_regularity", 10, (10, 25, 50, 75), False),
    ("overdue_days", 10, (1, 15, 30, 60), False),
    ("dso", 10, (30, 60, 90, 120), False),
    ("strategic_value", 15, (2, 3, 4, 5), True),
)
OWN = (
    ("sales_12m", 35, (100_000, 500_000, 2_000_000, 8_000_000), False),
    ("order_regularity", 15, (10, 25, 50, 75), False),
    ("overdue_days", 20, (1, 15, 30, 60), False),
    ("complaint_rate", 10, (1, 2, 4, 8), False),
    ("annual_demand", 10, (5_000, 30_000, 100_000, 400_000), True),
    ("strategic_value", 10, (2, 3, 4, 5), True),
)
FALLING = ("overdue_days", "dso", "complaint_rate")  # less is better
MISSING = {"sales_growth": 50, "complaint_rate": 50}
VETOES = (("overdue_days", "90", "C", "逾期超过 90 天"), ("overdue_days", "180", "D", "逾期超过 180 天"))
POLICIES: tuple[tuple[str, str, str, str], ...] = (
    ("S", "days_since_contact", "most", "30"),
    ("A", "days_since_contact", "most", "60"),
    ("S", "days_since_order", "most", "45"),
    ("A", "days_since_order", "most", "60"),
    ("B", "days_since_order", "most", "120"),
    ("A", "payment_terms", "most", "90"),
    ("C", "payment_terms", "most", "60"),
    ("D", "payment_terms", "most", "30"),
    ("B", "credit_use", "most", "100"),
    ("A", "price_list_days", "least", "30"),
)


def generate(world: World) -> None:
    """Nothing that others build upon."""


def load(world: World) -> None:
    """Write it, once orders, receivables and complaints are there."""
    today: dt.date = world.day.item()
    months = MONTHS if len(world["customer"]) < FEW else 1
    with translation.override("zh-hans"):
        first = add_months(today, -months)
        _begin_history(first)
        group = _model("集团客户评级模型", None, add_months(first, -1), GROUP)
        _model("农化事业部评级模型", BusinessUnit.objects.get(code=UNIT), add_months(today, -2), OWN)
        for back in range(months, 0, -1):
            _past_review(add_months(today, -back) + dt.timedelta(days=1))
        policy_in_force(world, DOCUMENT, "客户等级评审", 100, [step(1, "unit_head")])
        compute_month(on=today)
        _waiting()
        _policies(today)
        _draft(group)


def _begin_history(first: dt.date) -> None:
    """The grades from before are those that the archive was loaded with."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {CustomerGrade._meta.db_table} (customer_id, grade, since, source, reason, set_at)"  # noqa: S608 -- our own name
            " SELECT id, grade, %s, 'initial', '', now() FROM customers_customer WHERE grade <> ''",
            [first - dt.timedelta(days=180)],
        )


def _model(name: str, unit: Any, since: dt.date, parts: Any) -> GradingModel:
    admin = person("dengx")
    model = create_model(
        actor=admin,
        name=name,
        business_unit=unit,
        valid_from=since,
        s_from=Decimal(88),
        a_from=Decimal(72),
        b_from=Decimal(52),
        c_from=Decimal(32),
        hysteresis=Decimal(3),
        new_months=6,
    )
    update_model(
        instance=model,
        expected_version=model.version,
        actor=admin,
        criteria=[_criterion(*part) for part in parts],
        vetoes=[
            {"measure": key, "side": "above", "bound": Decimal(bound), "cap": cap, "reason": reason}
            for key, bound, cap, reason in VETOES
        ],
    )
    publish(model=model, actor=admin)
    return model


def _criterion(measure: str, weight: int, starts: tuple[int, ...], potential: bool) -> dict[str, Any]:
    points = tuple(reversed(_POINTS)) if measure in FALLING else _POINTS
    return {
        "measure": measure,
        "weight": Decimal(weight),
        "starts": [Decimal(start) for start in starts],
        "points": [Decimal(point) for point in points],
        "missing_points": Decimal(MISSING.get(measure, 0)),
        "is_potential": potential,
    }


def _past_review(day: dt.date) -> None:
    """A month's reviews, all of them applied; in one a customer got another grade than proposed."""
    compute_month(on=day)
    for run in GradeRun.objects.filter(state="open").select_related("business_unit").order_by("-for_group", "pk"):
        if run.business_unit.code == UNIT and not run.for_group:
            _exception(run)
        apply_run(run=run, actor=_head(run), on=day + dt.timedelta(days=4))


def _head(run: GradeRun) -> User:
    heads = User.objects.filter(roles__code="bu_head", business_unit=run.business_unit, is_active=True)
    return heads.order_by("pk").first() or person("dengx")


def _exception(run: GradeRun) -> None:
    rows = run.proposals.filter(grade="B").order_by("-points", "pk")[:1]
    chosen = run.proposals.filter(pk__in=[row.pk for row in rows])
    reason = "示范田合作客户，明年扩种，按 A 级服务。"
    give_exception(chosen, actor=_head(run), grade="A", reason=reason, until=dt.date.today() + dt.timedelta(days=200))


def _waiting() -> None:
    """The review of the head whose account the demo shows waits for approval."""
    head = person("gaoyf")
    run = GradeRun.objects.filter(state="open", business_unit=head.business_unit).order_by("-for_group", "pk").first()
    if run is not None:
        request = request_approval(
            document=DOCUMENT,
            record=run,
            actor=person("fangj"),
            reason="本月评级结果已核对，请审批；例外客户请直接改。",
        )
        backdate(request, 5)


def _policies(today: dt.date) -> None:
    for grade, measure, side, bound in POLICIES:
        create_policy(
            actor=person("fangj"),
            grade=grade,
            measure=measure,
            side=side,
            bound=Decimal(bound),
            valid_from=add_months(today, -6),
        )
    check_policies(on=today)


def _draft(group: GradingModel) -> None:
    """What the administrator thinks about for the next year: more for growth and strategy, less for size."""
    admin = person("dengx")
    draft = new_edition(model=group, actor=admin)
    weights = {"sales_12m": 15, "volume_12m": 10, "sales_growth": 15, "strategic_value": 20}
    parts = [(key, weights.get(key, weight), starts, potential) for key, weight, starts, potential in GROUP]
    update_model(
        instance=draft,
        expected_version=draft.version,
        actor=admin,
        name="集团客户评级模型（明年草案）",
        criteria=[_criterion(*part) for part in parts],
    )
    preview(model=draft, actor=admin)
