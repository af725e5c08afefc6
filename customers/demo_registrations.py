"""Registrations in the demo company: the policy, one that waits, one that came back, a draft; and how complete archives are."""

from typing import Any

from django.utils import translation

from crm.demo.world import World
from crm.workflow.demo import backdate, person, policy_in_force, step, whose_turn
from crm.workflow.domain.approval_decisions import reject, return_for_change
from crm.workflow.models import ApprovalRequest
from customers.domain.completeness import score
from customers.domain.registration import DOCUMENT, register_customer
from customers.models import CustomerRegistration


def generate(world: World) -> None:
    """Nothing that others build upon."""


def load(world: World) -> None:
    """Write it."""
    score(None)
    with translation.override("zh-hans"):
        policy_in_force(world, DOCUMENT, "客户建档：销售主管审批", 10, [step(1, "manager")])
        _registered("宁波甬江智能座舱科技有限公司", "汽车零部件", "宁波", "姜海涛", "13805741120", "寄送液体胶样品", 5)
        _registered("嘉兴禾城新能源连接器有限公司", "新能源汽车", "嘉兴", "沈丽华", "13905735521", "首次技术交流", 28)
        back = _registered("湖州南浔密封件厂", "汽车密封", "湖州", "钱国强", "13757211893", "上门拜访", 50)
        asked = _request(back)
        return_for_change(
            request=asked, actor=whose_turn(asked), reason="名称请按营业执照填写全称，并补充统一社会信用代码。"
        )
        refused = _registered("杭州萧山某贸易商行", "其他", "杭州", "周先生", "13600001111", "电话了解需求", 75)
        asked = _request(refused)
        reject(request=asked, actor=whose_turn(asked), reason="个体贸易商，由经销商渠道供货，不单独建档。")
        register_customer(
            actor=person("linxw"),
            send=False,
            name="台州黄岩注塑模具有限公司",
            city="台州",
            contact_name="王建军",
            contact_phone="13586008820",
        )


def _registered(
    name: str, industry: str, city: str, contact: str, phone: str, step_next: str, hours: int
) -> CustomerRegistration:
    registration = register_customer(
        actor=person("linxw"),
        name=name,
        industry=industry,
        city=city,
        contact_name=contact,
        contact_phone=phone,
        next_step=step_next,
    )
    backdate(_request(registration), hours)
    return registration


def _request(registration: CustomerRegistration) -> Any:
    return ApprovalRequest.objects.get(document=DOCUMENT, object_id=registration.pk)
