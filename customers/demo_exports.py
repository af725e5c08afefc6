"""Exports of customers above the limit in the demo company: policies, and requests that wait and that were decided."""

from django.utils import translation

from crm.demo.world import World
from crm.exporting.domain.exports import DOCUMENT
from crm.exporting.models import ExportLog
from crm.workflow.demo import backdate, person, policy_in_force, step, whose_turn
from crm.workflow.domain.approval_decisions import reject
from crm.workflow.domain.approvals import request_approval
from crm.workflow.models import ApprovalRequest

MANY = "20000"


def generate(world: World) -> None:
    """Nothing that others build upon."""


def load(world: World) -> None:
    """Write it."""
    with translation.override("zh-hans"):
        manager = step(1, "manager", remind_after=4, escalate_after=8)
        steward = step(2, "role", "data_steward", within="company", escalate_after=None)
        policy_in_force(world, DOCUMENT, "导出：2 万行及以上", 10, [manager, steward], [("rows", "gte", [MANY])])
        policy_in_force(world, DOCUMENT, "导出：超出本人限额", 20, [manager])
        _asked("linxw", "customers.customer", 2300, "年终回访，需要全部客户的联系方式。", 2)
        refused = _asked("linxw", "customers.contact", 8600, "想给所有联系人群发节日祝福。", 75)
        reject(request=refused, actor=whose_turn(refused), reason="群发由市场部统一安排，请勿自行导出联系方式。")


def _asked(username: str, list_key: str, rows: int, reason: str, hours: int) -> ApprovalRequest:
    user = person(username)
    log = ExportLog.objects.create(
        list_key=list_key, columns=[], form="xlsx", language="zh-hans", asked_rows=rows, created_by=user
    )
    request = request_approval(document=DOCUMENT, record=log, actor=user, reason=reason)
    backdate(request, hours)
    return request
