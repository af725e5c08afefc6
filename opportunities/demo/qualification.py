"""Admissions as a supplier of the demo company: one in every state, and concluded ones of the last year."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone, translation

from crm.demo.world import World
from crm.records.domain.attachments import attach
from crm.workflow.demo import person
from customers.models import Customer
from opportunities.domain.qualification import admissions as domain
from opportunities.domain.qualification import parts
from opportunities.domain.qualification.watch import lapse_admissions
from opportunities.enums import SupplierState
from opportunities.models import Opportunity, SupplierAdmission

PAST = 40
TITLES = (
    "灌封胶定点供应商准入",
    "光伏密封胶合格供方准入",
    "新能源汽车二级供应商准入",
    "高温硫化胶供应商准入",
    "医用硅胶供应商审核",
    "电子胶粘剂年度供应商复审",
    "建筑密封胶战略供应商准入",
    "照明事业部供应商准入",
)
FINDINGS = (
    ("major", "灌装线电子秤校准证书过期 12 天", "重新校准并建立到期提醒，追溯期间三批产品复检合格"),
    ("minor", "留样室温湿度记录缺失两日", "加装自动记录仪，培训当班人员"),
)


def generate(world: World) -> None:
    """Made when the customers are there."""


def load(world: World) -> None:
    """Write it."""
    with translation.override("zh-hans"):
        rows = Customer.objects.filter(owner=person("linxw")).select_related("owner").order_by("code")[:8]
        if len(rows) == len(TITLES):
            _in_every_state(list(rows))
        _concluded_before()


def _admission(place: int, customer: Customer, submit_in: int) -> SupplierAdmission:
    today = timezone.localdate()
    opportunity = Opportunity.objects.filter(customer=customer).order_by("-pk").first()
    return domain.create_admission(
        actor=customer.owner,  # type: ignore[arg-type]
        customer=customer,
        opportunity=opportunity,
        product_line=opportunity.product_line if opportunity is not None else None,
        title=TITLES[place],
        submit_by=today + dt.timedelta(days=submit_in),
        audit_on=today + dt.timedelta(days=submit_in + 20),
    )


def _ready(admission: SupplierAdmission, count: int = 99) -> SupplierAdmission:
    """So many items are there, the first with its file."""
    for number, item in enumerate(admission.items.order_by("pk")[:count]):
        values: dict[str, Any] = {"done_on": timezone.localdate()}
        if number == 0:
            upload = ContentFile(f"{admission.code} {item}（演示）".encode(), name=f"{item}.txt")
            values["file"] = attach(actor=admission.owner, record=admission, upload=upload)  # type: ignore[arg-type]
        parts.change_item(instance=item, expected_version=item.version, actor=admission.owner, **values)  # type: ignore[arg-type]
    return admission


def _submitted(admission: SupplierAdmission) -> SupplierAdmission:
    on = timezone.localdate() - dt.timedelta(days=12)
    domain.submit_admission(admission=_ready(admission), actor=admission.owner, on=on)  # type: ignore[arg-type]
    return admission


def _passed(admission: SupplierAdmission, days: int) -> SupplierAdmission:
    """It holds for so many days from now on."""
    today = timezone.localdate()
    domain.pass_admission(
        admission=_submitted(admission),
        actor=admission.owner,  # type: ignore[arg-type]
        on=min(today, today + dt.timedelta(days=days - 365)),
        valid_until=today + dt.timedelta(days=days),
        conclusion="进入合格供方名录，A 类。",
    )
    return admission


def _audited(admission: SupplierAdmission) -> SupplierAdmission:
    today = timezone.localdate()
    domain.begin_audit(admission=_submitted(admission), actor=admission.owner)  # type: ignore[arg-type]
    for number, (kind, finding, action) in enumerate(FINDINGS):
        parts.add_finding(
            actor=admission.owner,  # type: ignore[arg-type]
            admission=admission,
            audited_on=today - dt.timedelta(days=5),
            auditor="客户 SQE 王工",
            kind=kind,
            finding=finding,
            action=action,
            responsible=admission.owner,
            due_on=today + dt.timedelta(days=10),
            done_on=today if number else None,
        )
    return admission


def _in_every_state(own: list[Customer]) -> None:
    """Of the customers of one representative."""
    _ready(_admission(0, own[0], 9), 3)
    _submitted(_admission(1, own[1], -5))
    _audited(_admission(2, own[2], -20))
    _passed(_admission(3, own[3], -60), 290)
    _passed(_admission(4, own[4], -330), 25)
    ending = _passed(_admission(5, own[5], -340), 18)
    domain.renew_admission(admission=ending, actor=ending.owner)  # type: ignore[arg-type]
    refused = _submitted(_admission(6, own[6], -40))
    domain.fail_admission(admission=refused, actor=refused.owner, reason="客户暂不新增二供，明年一季度再启动。")  # type: ignore[arg-type]
    _passed(_admission(7, own[7], -400), -15)
    lapse_admissions()


def _concluded_before() -> None:
    """Concluded in the months before, of many customers, written together."""
    today = timezone.localdate()
    made = []
    rows = Customer.objects.filter(owner__isnull=False).order_by("code")[9 : 9 + PAST * 4 : 4]
    for number, customer in enumerate(rows):
        on = today - dt.timedelta(days=30 + (number * 17) % 320)
        passed = number % 4 != 1
        made.append(
            SupplierAdmission(
                code=f"SUP-{on:%y%m}-9{number:03d}",
                title=TITLES[number % len(TITLES)],
                customer=customer,
                owner_id=customer.owner_id,
                team_id=customer.team_id,
                business_unit_id=customer.business_unit_id,
                region_id=customer.region_id,
                submitted_on=on - dt.timedelta(days=30),
                concluded_on=on,
                conclusion="进入合格供方名录。" if passed else "产能评估未达客户要求。",
                valid_until=on + dt.timedelta(days=730) if passed else None,
                state=SupplierState.PASSED if passed else SupplierState.FAILED,
                state_since=timezone.make_aware(dt.datetime.combine(on, dt.time(15))),
            )
        )
    for admission in made:
        admission.search_text = domain.search_text(admission)
    SupplierAdmission.objects.bulk_create(made, batch_size=500)
