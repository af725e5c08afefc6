"""Tenders of the demo company: one in every state with lots, papers, bonds and bids, and decided ones of the last year."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone, translation

from crm.demo.world import World
from crm.models import Competitor, Product, Unit
from crm.records.domain.attachments import attach
from crm.workflow.demo import backdate, person, policy_in_force, step, whose_turn
from crm.workflow.domain import approval_decisions as decide
from customers.models import Customer
from opportunities.domain.tenders import course, parts
from opportunities.domain.tenders.tenders import create_tender, search_text
from opportunities.enums import StageCategory, TenderState
from opportunities.models import Opportunity, Tender

LARGE = 300_000  # from this amount on somebody decides about the price
PAST = 60  # decided tenders of the months before
SUBJECTS = (
    "2027 年度有机硅密封胶框架招标",
    "光伏组件边框胶集中采购",
    "动力电池灌封胶年度招标",
    "高压电缆用硅橡胶混炼胶采购",
    "车灯粘接胶定点招标",
    "充电桩导热灌封胶询比价",
    "LED 驱动电源灌封胶招标",
    "中空玻璃密封胶区域集采",
    "医用液体硅橡胶供应商招标",
    "变频器三防胶年度采购",
)
LOTS = ("加成型灌封胶", "脱醇型密封胶", "阻燃导热硅胶")
LESSONS = "我司报价高出最低价 6%，且账期要求 90 天；下次提前三周与研发确认替代牌号成本，并先谈账期。"


def generate(world: World) -> None:
    """Made when the customers are there."""


def load(world: World) -> None:
    """Write it."""
    with translation.override("zh-hans"):
        over = [("amount", "gte", [str(LARGE)])]
        policy_in_force(world, course.DOCUMENT, "投标价格审批（30 万元以上）", 10, [step(1, "manager")], over)
        rows = Customer.objects.filter(owner=person("linxw")).select_related("owner").order_by("code")[:10]
        if len(rows) == len(SUBJECTS):
            _in_every_state(list(rows))
        _decided_before()


def _tender(place: int, customer: Customer, due_in: int, kilos: int = 3000, **values: Any) -> Tender:
    """A tender with two lots, due in so many days."""
    due = timezone.now() + dt.timedelta(days=due_in)
    opportunity = Opportunity.objects.filter(customer=customer, stage__category=StageCategory.OPEN).order_by("pk")
    tender = create_tender(
        actor=customer.owner,  # type: ignore[arg-type]
        customer=customer,
        opportunity=opportunity.first(),
        title=SUBJECTS[place],
        reference=f"ZB-{due:%Y}-{118 + place * 7}",
        kind="open" if place % 3 == 0 else "invited",
        received_on=(due - dt.timedelta(days=25)).date(),
        submission_due=due.replace(hour=1, minute=30, second=0, microsecond=0),
        opening_at=due.replace(hour=2, minute=0, second=0, microsecond=0),
        clarification_until=(due - dt.timedelta(days=10)).date(),
        **values,
    )
    unit = Unit.objects.get(code="KG")
    products = list(Product.objects.filter(product_line__business_unit=customer.business_unit).order_by("pk")[:2])
    for number, name in enumerate(LOTS[: 1 + place % 2], start=1):
        parts.add_lot(
            actor=tender.owner,  # type: ignore[arg-type]
            tender=tender,
            number=f"包{number}",
            name=name,
            product=products[number - 1] if len(products) >= number else None,
            quantity=Decimal(kilos * number),
            unit=unit,
            our_price=Decimal("31.50") + place,
            budget_price=Decimal("33.00") + place,
        )
    tender.refresh_from_db()
    return tender


def _paper(tender: Tender, count: int) -> None:
    """So many papers are done, the first with its file."""
    for number, paper in enumerate(tender.documents.order_by("pk")[:count]):
        values: dict[str, Any] = {"done_on": timezone.localdate()}
        if number == 0:
            upload = ContentFile(f"{tender.code} {paper}（演示）".encode(), name=f"{paper}.txt")
            values["file"] = attach(actor=tender.owner, record=tender, upload=upload)  # type: ignore[arg-type]
        parts.change_paper(instance=paper, expected_version=paper.version, actor=tender.owner, **values)  # type: ignore[arg-type]


def _priced(tender: Tender) -> Tender:
    request = course.ask_price(tender=tender, actor=tender.owner, reason="按年度框架底价核定。")  # type: ignore[arg-type]
    if request.assignments.filter(is_open=True).exists():
        decide.approve(request=request, actor=whose_turn(request), reason="同意按此报价。")
    tender.refresh_from_db()
    return tender


def _bond(due_in: int, paid: int | None = None, refund: int | None = None, back: int | None = None) -> dict[str, Any]:
    """A bond by its days from today."""
    today = timezone.localdate()

    def on(days: int | None) -> Any:
        return today + dt.timedelta(days=days) if days is not None else None

    return {
        "bond_amount": Decimal(50000),
        "bond_form": "guarantee" if due_in % 2 else "transfer",
        "bond_due": on(due_in),
        "bond_paid_on": on(paid),
        "bond_refund_due": on(refund),
        "bond_refunded_on": on(back),
        "bond_refunded": Decimal(50000) if back is not None else None,
    }


def _submitted(tender: Tender) -> Tender:
    """Handed in a day before it was due, whenever that was."""
    _paper(_priced(tender), 9)
    at = min(timezone.now(), tender.submission_due - dt.timedelta(days=1))
    course.submit_tender(tender=tender, actor=tender.owner, at=at, how="platform")  # type: ignore[arg-type]
    return tender


def _opened(tender: Tender) -> Tender:
    """Three others bid as well."""
    on = max(timezone.localtime(tender.submitted_at).date(), timezone.localdate() - dt.timedelta(days=4))  # type: ignore[arg-type]
    course.open_bids(tender=tender, actor=tender.owner, on=on)  # type: ignore[arg-type]
    rivals = list(Competitor.objects.order_by("pk")[:3])
    for lot in tender.lots.all():
        for place, rival in enumerate(rivals):
            factor = (Decimal("0.94"), Decimal("1.03"), Decimal("1.11"))[place]
            price = ((lot.our_price or Decimal(1)) * factor).quantize(Decimal("0.01"))
            parts.add_bid(actor=tender.owner, lot=lot, competitor=rival, price=price)  # type: ignore[arg-type]
    return tender


def _decided(tender: Tender, won: bool) -> None:
    winners = {lot.pk: lot.bids.filter(is_ours=won).order_by("price")[0].pk for lot in tender.lots.all()}
    lessons = "提前锁定小试批次，技术分第一。" if won else LESSONS
    course.decide_tender(tender=tender, actor=tender.owner, winners=winners, lessons=lessons)  # type: ignore[arg-type]


def _in_every_state(own: list[Customer]) -> None:
    """Of the customers of one representative."""
    _paper(_tender(0, own[0], 6, **_bond(2)), 3)
    _tender(1, own[1], 18)
    waiting = _tender(2, own[2], 9, kilos=20000, **_bond(3))
    request = course.ask_price(tender=waiting, actor=waiting.owner, reason="竞品报价 30 元/kg，建议跟进。")  # type: ignore[arg-type]
    backdate(request, 5)
    _paper(_priced(_tender(3, own[3], 3, **_bond(1, paid=-2, refund=60))), 4)
    _submitted(_tender(4, own[4], 2, **_bond(-3, paid=-5, refund=45)))
    _opened(_submitted(_tender(5, own[5], -3, **_bond(-9, paid=-12, refund=30))))
    _decided(_opened(_submitted(_tender(6, own[6], -20, **_bond(-30, paid=-33, refund=5, back=-1)))), won=True)
    _decided(_opened(_submitted(_tender(7, own[7], -45, **_bond(-60, paid=-62, refund=-8)))), won=False)
    given_up = _tender(8, own[8], 12)
    course.cancel_tender(tender=given_up, actor=given_up.owner, reason="客户要求独家承担模具费用，不参与。")  # type: ignore[arg-type]


def _decided_before() -> None:
    """Decided in the months before, of many customers, written together: the win rate has a course."""
    today = timezone.localdate()
    made = []
    for number, customer in enumerate(
        Customer.objects.filter(owner__isnull=False).order_by("code")[7 : 7 + PAST * 4 : 4]
    ):
        opened = today - dt.timedelta(days=30 + (number * 13) % 330)
        due = timezone.make_aware(dt.datetime.combine(opened, dt.time(9, 30)))
        won = number % 5 in (0, 3)
        made.append(
            Tender(
                code=f"TEN-{opened:%y%m}-9{number:03d}",
                title=SUBJECTS[number % len(SUBJECTS)],
                customer=customer,
                owner_id=customer.owner_id,
                team_id=customer.team_id,
                business_unit_id=customer.business_unit_id,
                region_id=customer.region_id,
                kind="invited",
                reference=f"ZB-{opened:%y%m}-{number:03d}",
                submission_due=due,
                submitted_at=due - dt.timedelta(hours=20),
                submitted_by_id=customer.owner_id,
                submitted_how="platform",
                opened_on=opened,
                decided_on=opened + dt.timedelta(days=6),
                lessons="" if won else LESSONS,
                amount=Decimal(120000 + number * 7300),
                amount_base=Decimal(120000 + number * 7300),
                state=TenderState.WON if won else TenderState.LOST,
                state_since=due + dt.timedelta(days=6),
            )
        )
    for tender in made:
        tender.search_text = search_text(tender)
    Tender.objects.bulk_create(made, batch_size=500)
