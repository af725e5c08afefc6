"""Changes of protected fields in the demo company: policies, and requests that wait, were approved and were rejected."""

from decimal import Decimal
from typing import Any

from django.utils import translation

from crm.demo.world import World
from crm.models import ApprovalRequest
from crm.workflow.demo import backdate, person, policy_in_force, step, whose_turn
from crm.workflow.domain import approval_decisions as decide
from customers.domain.customer_changes import DOCUMENT, save_customer
from customers.models import Customer

ASKER = "linxw"


def generate(world: World) -> None:
    """Made when the customers are there."""


def load(world: World) -> None:
    """Write it."""
    with translation.override("zh-hans"):
        _policies(world)
        _requests()


def _policies(world: World) -> None:
    manager = step(1, "manager")
    steward = step(2, "role", "data_steward", within="company", escalate_after=None)
    finance = step(2, "role", "finance", within="company", escalate_after=None)
    policy_in_force(world, DOCUMENT, "客户变更：账期或信用额度", 10, [manager, finance], [("terms", "in", ["yes"])])
    policy_in_force(world, DOCUMENT, "客户变更：名称、代码、类型", 20, [manager, steward])


def _asked(customer: Customer, reason: str, hours: int, **values: Any) -> ApprovalRequest:
    saved = save_customer(
        instance=customer,
        expected_version=customer.version,
        actor=person(ASKER),
        change_reason=reason,
        **values,
    )
    request: ApprovalRequest = saved.change_request  # type: ignore[attr-defined]
    backdate(request, hours)
    return request


def _decide(request: ApprovalRequest, how: Any = decide.approve, reason: str = "") -> None:
    """The first of those whose turn it is does it."""
    how(request=request, actor=whose_turn(request), reason=reason)


def _requests() -> None:
    own = list(Customer.objects.filter(owner=person(ASKER)).order_by("code")[:5])
    if len(own) < 5:
        return
    limit = own[0].credit_limit or Decimal(0)
    _asked(own[0], "年度采购量增加，现有额度每月中旬即用完。", 5, credit_limit=limit + 500_000, payment_terms_days=75)
    renamed = _asked(own[1], "客户已完成更名，营业执照附在客户资料中。", 28, name=f"{own[1].name}（更名）")
    _decide(renamed, reason="已核对执照。")
    kind = "distributor" if own[2].kind != "distributor" else "direct"
    changed = _asked(own[2], "经核实为代理分销，不再直接使用。", 90, kind=kind)
    _decide(changed)
    _decide(changed, reason="同意，主数据已核对。")
    refused = _asked(own[3], "客户希望与同行一致。", 120, payment_terms_days=120)
    _decide(refused, decide.reject, "逾期尚未清理，先回款再谈账期。")
