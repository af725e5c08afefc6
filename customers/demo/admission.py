"""Admissions and demanded certificates of the demo company: checklists, admissions in every state, certificates with ends."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone, translation

from crm.demo.world import World
from crm.models import BusinessUnit, ProductLine
from crm.records.domain.attachments import attach
from crm.workflow.demo import backdate, person, policy_in_force, step, whose_turn
from crm.workflow.domain import approval_decisions as decide
from customers.domain.admission.admissions import (
    DOCUMENT,
    renew_admission,
    start_admission,
    submit_admission,
    withdraw_admission,
)
from customers.domain.admission.answers import answer_questions, lines_of
from customers.domain.admission.checklists import create_checklist, publish, update_checklist
from customers.domain.admission.expiry import expire_admissions
from customers.domain.certificates import search_text
from customers.enums import QuestionKind
from customers.models import Admission, Customer, CustomerCertificateDemand

QUESTIONS = (
    (
        "licence",
        "营业执照在有效期内且经营范围相符",
        "Business licence valid and covering the trade",
        "document",
        12,
        "once",
    ),
    ("credit", "信用报告无重大失信记录", "Credit report without serious default", "yes_no", 12, "once"),
    ("tax", "开票资料已核对", "Invoice data checked", "yes_no", None, "once"),
    ("safety", "安全生产许可证有效期至", "Work-safety permit valid until", "date", None, "once"),
    ("visit", "现场走访结论", "Result of the visit", "choice", None, "every"),
    ("volume", "预计年需求量（吨）", "Expected yearly demand (t)", "number", None, "every"),
    ("use", "主要用途与加工工艺", "Use and process", "text", None, "every"),
)
HAZARD = ("hazard", "危险化学品经营或使用资质", "Licence for hazardous chemicals", "yes_no", 12, "once")
ANSWERS = {"visit": "符合", "volume": "120", "use": "电源模块灌封，双组分自动点胶", "safety": "2028-06-30"}
CERTIFICATES = ("iso9001", "rohs", "reach", "sds", "iatf16949", "coa", "ul", "iso14001")
ENDS = (200, 45, 5, -12, 400, 25, 58, None)  # days from today; None: not given yet


def generate(world: World) -> None:
    """Made when the customers are there."""


def load(world: World) -> None:
    """Write it."""
    with translation.override("zh-hans"):
        units = list(BusinessUnit.objects.filter(product_lines__isnull=False).distinct().order_by("code")[:2])
        for unit in units:
            _checklist(f"{unit.name}客户准入", unit, None, QUESTIONS)
        line = ProductLine.objects.filter(business_unit=units[-1]).order_by("code").first()
        if line is not None:
            _checklist(f"{line.name}客户准入", units[-1], line, (*QUESTIONS, HAZARD))
        manager = step(1, "manager")
        policy_in_force(world, DOCUMENT, "客户准入", 10, [manager])
        _admissions(units)
        _certificates()


def _checklist(name: str, unit: BusinessUnit, line: ProductLine | None, questions: Any) -> None:
    admin = person("dengx")
    made = create_checklist(actor=admin, name=name, business_unit=unit, product_line=line)
    items = [
        {
            "key": key,
            "position": place,
            "question": question,
            "question_en": english,
            "kind": kind,
            "choices": ["符合", "有条件符合", "不符合"] if kind == QuestionKind.CHOICE else [],
            "valid_months": months,
            "asked": asked,
        }
        for place, (key, question, english, kind, months, asked) in enumerate(questions, start=1)
    ]
    update_checklist(instance=made, expected_version=made.version, actor=admin, items=items)
    publish(checklist=made, actor=admin)


def _answered(customer: Customer, unit: BusinessUnit, **values: Any) -> Admission:
    actor: Any = customer.owner
    admission = start_admission(actor=actor, customer=customer, business_unit=unit, **values)
    return _answer(admission, actor)


def _answer(admission: Admission, actor: Any) -> Admission:
    given: dict[int, dict[str, Any]] = {}
    for line in lines_of(admission):
        if not line.is_asked:
            continue
        item = line.item
        given[item.pk] = {"value": ANSWERS.get(item.key, "yes")}
        if item.kind == QuestionKind.DOCUMENT:
            upload = ContentFile(f"{admission.code} 营业执照（演示）".encode(), name="营业执照.txt")
            given[item.pk] = {"value": "营业执照", "evidence": attach(actor=actor, record=admission, upload=upload)}
    return answer_questions(admission=admission, expected_version=admission.version, actor=actor, answers=given)


def _submitted(admission: Admission, reason: str, hours: int) -> Any:
    actor: Any = admission.customer.owner
    request = submit_admission(admission=admission, actor=actor, reason=reason)
    backdate(request, hours)
    return request


def _decided(request: Any, how: Any = decide.approve, reason: str = "同意。") -> None:
    how(request=request, actor=whose_turn(request), reason=reason)


def _admitted(customer: Customer, unit: BusinessUnit, days: int, **values: Any) -> Admission:
    admission = _answered(customer, unit, **values)
    _decided(_submitted(admission, "资料齐全。", 400))
    today = timezone.localdate()
    start = min(today, today + dt.timedelta(days=days)) - dt.timedelta(days=700)
    Admission.objects.filter(pk=admission.pk).update(valid_from=start, valid_to=today + dt.timedelta(days=days))
    admission.refresh_from_db()
    return admission


def _admissions(units: list[BusinessUnit]) -> None:
    """Of the customers of one representative: admitted, ending, expired and renewed, extended, waiting, refused, drafts."""
    unit = person("linxw").business_unit
    rows = Customer.objects.filter(owner=person("linxw")).select_related("owner").order_by("code")
    own = list(rows[:8])
    if unit is None or unit not in units or len(own) < 8:
        return
    other = next((row for row in units if row != unit), unit)
    _admitted(own[0], unit, 420)
    if other != unit:
        start_admission(
            actor=person("linxw"), customer=own[0], business_unit=other
        )  # an extension that asks what is new
    ending = _admitted(own[1], unit, 25)
    renew_admission(admission=ending, actor=person("linxw"))
    _admitted(own[2], unit, 48, conditions="首年预付 30%，每季度复核一次。")
    _admitted(own[3], unit, -20)
    expire_admissions()
    _submitted(_answered(own[4], unit), "新开发客户，首单 3 吨。", 6)
    refused = _submitted(_answered(own[5], unit, plant="嘉兴二厂"), "客户要求尽快供货。", 72)
    _decided(refused, decide.reject, "近一年有两次失信记录，暂不准入。")
    returned = _submitted(_answered(own[6], unit), "补充走访记录后提交。", 40)
    _decided(returned, decide.return_for_change, "请补充走访照片。")
    start_admission(actor=person("linxw"), customer=own[7], business_unit=unit)
    moved = _admitted(own[7], unit, 300, plant="苏州工厂")
    withdraw_admission(admission=moved, actor=person("dengx"), reason="工厂搬迁，按新地址重新准入。")


def _certificates() -> None:
    """Some for every tenth customer, written together so that a company of any size has them."""
    today = timezone.localdate()
    made = []
    for number, customer in enumerate(Customer.objects.order_by("code")[:2000:10]):
        for place in range(1 + number % 3):
            turn = (number + place * 3) % len(CERTIFICATES)
            end = ENDS[turn]
            made.append(
                CustomerCertificateDemand(
                    customer=customer,
                    kind=CERTIFICATES[turn],
                    language=("", "zh", "en", "both")[turn % 4],
                    renewal_days=60 if turn % 2 else None,
                    needed_since=today - dt.timedelta(days=500),
                    given_on=None if end is None else today - dt.timedelta(days=300),
                    valid_until=None if end is None else today + dt.timedelta(days=end),
                    remark="",
                )
            )
    for demand in made:
        demand.search_text = search_text(demand)
    CustomerCertificateDemand.objects.bulk_create(made, batch_size=1000)
