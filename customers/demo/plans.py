"""Improvement plans of the demo company in every state, with goals and to-dos; made by the domain functions."""

import datetime as dt
from decimal import Decimal
from typing import Any

from crm.demo.world import World

_PLANS = (
    (
        "提升密封胶份额，替代竞品主供",
        "联合技术部做三轮对比测试，争取二季度转主供。",
        "share_of_wallet",
        Decimal("1.2"),
        "draft",
    ),
    ("缩短付款周期，压降逾期", "与客户财务约定每月对账日，新订单挂钩回款。", "overdue", Decimal("0.5"), "approved"),
    ("高毛利牌号导入", "以高温牌号替换通用牌号，先从两条产线试用。", "contribution", Decimal("1.15"), "running"),
    ("年度框架协议放量", "签订年度框架，按季度返利引导放量。", "volume_12m", Decimal("1.2"), "running"),
    ("降低小单发货成本", "合并发货，每周两车改为一车。", "sales_12m", Decimal("1.05"), "done"),
    (
        "导入阻燃牌号替代进口",
        "与客户技术部共同完成认证，三季度小批量切换。",
        "sales_12m",
        Decimal("1.1"),
        "waiting",
    ),
    ("恢复停滞产品线", "客户改用其他工艺，计划不再执行。", "sales_12m", Decimal("1.3"), "cancelled"),
)
_ACTIONS = (("安排对比测试并出报告", 12), ("拜访客户采购与技术负责人", -4), ("复盘上月回款与报价", 30))


def generate(world: World) -> None:
    """Made when figures are there."""


def load(world: World) -> None:
    """A few plans for large customers of the silicones' and the other unit's representatives."""
    # The ERP simulator generates without Django.
    from django.utils import timezone, translation  # noqa: PLC0415

    from crm.workflow.demo import policy_in_force, step  # noqa: PLC0415
    from customers.domain.improvement import DOCUMENT  # noqa: PLC0415
    from customers.models import Customer  # noqa: PLC0415

    rows = Customer.objects.filter(owner__isnull=False, figures__share_of_wallet__isnull=False)
    largest = list(rows.select_related("owner", "figures").order_by("-figures__sales_12m", "pk")[: 2 * len(_PLANS)])
    with translation.override("zh-hans"):
        policy_in_force(world, DOCUMENT, "客户改善计划：直属主管审批", 10, [step(1, "manager")])
        for customer, plan in zip(largest, _PLANS * 2, strict=False):
            _plan(customer, *plan, today=timezone.localdate())


def _plan(
    customer: Any, title: str, strategy: str, measure: str, factor: Decimal, state: str, *, today: dt.date
) -> None:
    from django.utils import timezone  # noqa: PLC0415

    from crm.workflow.domain.tasks import create_task  # noqa: PLC0415
    from customers.domain import improvement as domain  # noqa: PLC0415

    owner = customer.owner
    plan = domain.create_plan(
        actor=owner,
        customer=customer,
        title=title,
        strategy=strategy,
        starts_on=today - dt.timedelta(days=160),
        ends_on=today + dt.timedelta(days=240),
    )
    present = domain.measured(plan, domain.measures(), today).get(measure, Decimal(0))
    target = (present * factor).quantize(Decimal("0.1"))
    domain.ImprovementGoal.objects.create(plan=plan, measure=measure, target=target, due_on=plan.ends_on)
    if state != "draft":
        _decided(plan, owner, waits=state == "waiting")
    for target_state in _WAY[state]:
        domain.move_plan(plan, target_state, actor=owner, reason="客户工艺改变" if target_state == "cancelled" else "")
    if state in ("running", "done"):  # begun some months ago, so that there is something to compare
        domain.ImprovementPlan.objects.filter(pk=plan.pk).update(baseline_on=plan.starts_on)
    if state in ("approved", "running"):
        for text, days in _ACTIONS:
            due = timezone.now() + dt.timedelta(days=days)
            create_task(actor=owner, assignee=owner, title=text, due_at=due, record=plan, kind="customers.improvement")


def _decided(plan: Any, owner: Any, *, waits: bool) -> None:
    """Sent for approval by its owner, and approved by whose turn it is unless it waits."""
    from crm.workflow.demo import backdate, whose_turn  # noqa: PLC0415
    from crm.workflow.domain.approval_decisions import approve  # noqa: PLC0415
    from customers.domain.improvement import ask_for_approval  # noqa: PLC0415

    request = ask_for_approval(plan, actor=owner, reason="请审批，资源已与技术部确认。")
    backdate(request, 26)
    if not waits:
        approve(request=request, actor=whose_turn(request), reason="同意，按季度复盘。")
    plan.refresh_from_db()


_WAY: dict[str, tuple[str, ...]] = {
    "draft": (),
    "waiting": (),
    "approved": (),
    "running": ("running",),
    "done": ("running", "done"),
    "cancelled": ("cancelled",),
}
