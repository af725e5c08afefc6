"""Quotes of the demo company: some in every state with one representative, and a past that the figures are counted from."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone, translation

from crm.demo.world import World
from crm.models import Unit
from crm.workflow.demo import backdate, person, policy_in_force, step
from crm.workflow.models import ApprovalRequest
from opportunities.domain.quotes import links
from opportunities.domain.quotes.indexes import create_index, value_on
from opportunities.domain.quotes.quotes import VALID_DAYS, payment_terms_of, quote_from, search_text, update_quote
from opportunities.domain.quotes.release import DOCUMENT, release_quote
from opportunities.domain.quotes.sending import accept_quote, decline_quote, expire_quotes, new_version, send_quote
from opportunities.enums import QuoteState, StageCategory
from opportunities.models import (
    Opportunity,
    PriceIndex,
    PriceIndexValue,
    Quote,
    QuoteLine,
    QuoteLink,
    QuoteOpening,
    QuoteStateChange,
)

PAST = 1500  # so many quotes at most, however large the company
WEEKS = 40
INDEXES = (
    ("DMC-EC", "华东 DMC 市场价", "DMC, East China", "百川盈孚", 13_400),
    ("SI-553", "金属硅 553# 市场价", "Silicon metal 553#", "上海有色网", 11_900),
)
OUTCOMES = {
    StageCategory.WON: (QuoteState.ACCEPTED,),
    StageCategory.LOST: (QuoteState.DECLINED, QuoteState.EXPIRED),
    StageCategory.ON_HOLD: (QuoteState.EXPIRED,),
}
REMARK = "以上价格含 13% 增值税；自合同生效起 10 个工作日内发货，每批附出厂检验报告。"


def generate(world: World) -> None:
    """Made when the opportunities are there."""


def load(world: World) -> None:
    """Write it."""
    with translation.override("zh-hans"):
        low, much = step(1, "manager"), step(2, "role", "bu_head")
        policy_in_force(world, DOCUMENT, "低于底价 5% 及以上的报价", 10, [low, much], [("gap", "gte", ["5"])])
        policy_in_force(world, DOCUMENT, "低于底价的报价", 20, [low])
        _indexes(world)
        _past(world)
        _of_today()


def _indexes(world: World) -> None:
    rng, today = world.rng("price indexes"), world.day.item()
    for code, name, english, publisher, value in INDEXES:
        index = create_index(
            actor=person("fangj"),
            code=code,
            name=name,
            name_en=english,
            publisher=publisher,
            currency_id="CNY",
            unit=Unit.objects.get(code="TO"),
        )
        course = value + rng.normal(0, value * 0.012, WEEKS).cumsum()
        PriceIndexValue.objects.bulk_create(
            PriceIndexValue(
                index=index,
                starts_on=today - dt.timedelta(days=7 * (WEEKS - 1 - week) + 1),
                value=Decimal(round(amount / 50) * 50),
            )
            for week, amount in enumerate(course.tolist())
        )


def _past(world: World) -> None:
    """What was offered for the opportunities that were won or lost, written together."""
    rng = world.rng("quotes")
    rows: Any = Opportunity._base_manager.filter(
        stage__category__in=OUTCOMES,
        product__isnull=False,
        our_volume_kg__gt=0,
        market_price__gt=0,
        closed_on__isnull=False,
    ).select_related("customer", "stage", "product__product_line")
    kilogram = Unit.objects.get(code="KG")
    count: dict[str, int] = defaultdict(int)
    quotes: list[Quote] = []
    lines: list[QuoteLine] = []
    changes: list[tuple[str, str, Quote, Any]] = []
    for deal in rows.order_by("-closed_on", "pk")[:PAST]:
        outcomes = OUTCOMES[StageCategory(deal.stage.category)]
        state = outcomes[int(rng.integers(len(outcomes)))]
        sent = deal.closed_on - dt.timedelta(days=int(rng.integers(3, 25)))
        hours = Decimal(int(rng.gamma(2.0, 900))) / 100
        month = f"{sent:%y%m}"
        count[month] += 1
        quote = _past_quote(deal, f"QUO-{month}-{count[month]:04d}", state, sent, hours)
        quotes.append(quote)
        lines.append(_line(quote, deal, kilogram))
        changes.append((QuoteState.APPROVED, QuoteState.SENT, quote, quote.sent_at))
        changes.append((QuoteState.SENT, state, quote, quote.state_since))
    Quote.objects.bulk_create(quotes, batch_size=500)
    QuoteLine.objects.bulk_create(lines, batch_size=500)
    QuoteStateChange.objects.bulk_create(
        [QuoteStateChange(record=row, source=a, target=b, at=at, actor_id=row.owner_id) for a, b, row, at in changes],
        batch_size=500,
    )
    Quote.objects.filter(pk__in=[row.pk for row in quotes]).update(created_at=F("requested_at"))


def _moment(day: dt.date, hour: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, 20)))


def _past_quote(deal: Any, code: str, state: QuoteState, sent: dt.date, hours: Decimal) -> Quote:
    price = deal.proposed_price or deal.market_price
    net = (deal.our_volume_kg * price).quantize(Decimal("0.01"))
    sent_at = _moment(sent, 15)
    quote = Quote(
        code=code,
        number=code,
        opportunity=deal,
        customer=deal.customer,
        owner_id=deal.owner_id,
        team_id=deal.team_id,
        business_unit_id=deal.business_unit_id,
        region_id=deal.region_id,
        product=deal.product,
        product_line=deal.product.product_line,
        currency_id="CNY",
        payment_terms=payment_terms_of(deal.customer),
        delivery_terms="delivered",
        valid_until=sent + dt.timedelta(days=VALID_DAYS),
        requested_at=sent_at - dt.timedelta(hours=float(hours)),
        quoted_on=sent,
        sent_at=sent_at,
        sent_on=sent,
        response_hours=hours,
        state=state,
        state_since=_moment(deal.closed_on, 11),
        net=net,
        net_base=net,
    )
    quote.search_text = search_text(quote)
    return quote


def _line(quote: Quote, deal: Any, unit: Unit) -> QuoteLine:
    return QuoteLine(
        quote=quote,
        product=deal.product,
        quantity=deal.our_volume_kg,
        unit=unit,
        price=deal.proposed_price or deal.market_price,
        net=quote.net,
    )


def _of_today() -> None:
    """The quotes of one representative, in every state."""
    rep = person("linxw")
    rows = Opportunity.objects.open().filter(owner=rep, product__isnull=False, our_volume_kg__gt=0)
    deals = list(
        rows.select_related("customer", "team", "business_unit", "region", "currency", "product").order_by("pk")
    )
    scenes = (_draft, _formula, _waiting, _released, _read, _asked, _accepted, _accepted, _declined, _expired, _renewed)
    for deal, scene in zip(deals, scenes, strict=False):
        quote, _made = quote_from(opportunity=deal, actor=rep)
        scene(quote, rep)


def _offer(quote: Quote, rep: Any, share: str = "1", **values: Any) -> Quote:
    """The draft at a share of the list price, but not below the floor price unless the share says so."""
    line = quote.lines.get()
    wanted = (line.guide_price or line.price or Decimal(30)) * Decimal(share)
    if Decimal(share) < 1 and line.floor_price:
        wanted = line.floor_price * Decimal(share)
    price = wanted.quantize(Decimal("0.01"))
    days = quote.quoted_on + dt.timedelta(days=25)
    changes = {"pk": line.pk, "price": price, "requested_on": days, **values.pop("line", {})}
    terms = {"delivery_terms": "delivered", "remark": REMARK, "payment_terms": quote.payment_terms or "net30", **values}
    return update_quote(instance=quote, expected_version=None, actor=rep, lines=[changes], **terms)


def _draft(quote: Quote, rep: Any) -> None:
    _offer(quote, rep)


def _formula(quote: Quote, rep: Any) -> None:
    index = PriceIndex.objects.get(code="DMC-EC")
    per_kg = value_on(index, quote.quoted_on).value / 1000
    guide = quote.lines.get().guide_price or Decimal(30)
    premium = max(guide - per_kg, Decimal(1)).quantize(Decimal("0.1")) + Decimal("0.1")
    _offer(quote, rep, line={"index": index, "premium": premium, "price": None})
    _send(release_quote(quote=quote, actor=rep), rep, 2)


def _waiting(quote: Quote, rep: Any) -> None:
    _offer(quote, rep, "0.965")
    if quote.below_floor:
        release_quote(quote=quote, actor=rep, reason="客户全年框架 200 吨，竞品报价更低，首单争取。")
        backdate(ApprovalRequest.objects.get(document=DOCUMENT, object_id=quote.pk), 5)


def _released(quote: Quote, rep: Any) -> None:
    _offer(quote, rep)
    release_quote(quote=quote, actor=rep)


def _send(quote: Quote, rep: Any, days: int) -> QuoteLink:
    """Sent so many days ago."""
    send_quote(quote=quote, actor=rep)
    by = dt.timedelta(days=days)
    Quote.objects.filter(pk=quote.pk).update(
        sent_at=F("sent_at") - by,
        sent_on=F("sent_on") - by,
        requested_at=F("requested_at") - by - dt.timedelta(hours=7),
        created_at=F("created_at") - by,
        response_hours=Decimal("7.00"),
    )
    quote.state_changes.update(at=F("at") - by)
    quote.refresh_from_db()
    found: QuoteLink = quote.links.get(revoked_at=None)
    return found


def _read(quote: Quote, rep: Any) -> None:
    _offer(quote, rep)
    link = _send(release_quote(quote=quote, actor=rep), rep, 3)
    now = timezone.now()
    for hours, as_pdf in ((66, False), (66, True), (20, False)):
        QuoteOpening.objects.create(link=link, at=now - dt.timedelta(hours=hours), as_pdf=as_pdf)


def _asked(quote: Quote, rep: Any) -> None:
    _read(quote, rep)
    links.ask_online(link=quote.links.get(), name="采购部 王工", text="首批 2 吨能否在月底前到厂？桶装可否改为 IBC？")


def _accepted(quote: Quote, rep: Any) -> None:
    _read(quote, rep)
    links.accept_online(link=quote.links.get(), name="采购部 陈经理", accept=accept_quote)


def _declined(quote: Quote, rep: Any) -> None:
    _read(quote, rep)
    decline_quote(quote=quote, actor=rep, reason="价格高于竞品 4%，客户本季度不换供应商。")


def _expired(quote: Quote, rep: Any) -> None:
    _read(quote, rep)
    past = timezone.localdate() - dt.timedelta(days=2)
    Quote.objects.filter(pk=quote.pk).update(valid_until=past)
    expire_quotes()


def _renewed(quote: Quote, rep: Any) -> None:
    """A second version after the customer asked for a better price; the first is replaced."""
    _read(quote, rep)
    second = new_version(quote=quote, actor=rep)
    line: Any = second.lines.get()
    better = (line.price * Decimal("0.985")).quantize(Decimal("0.01"))
    step_price = (better * Decimal("0.98")).quantize(Decimal("0.01"))
    floor = line.floor_price or Decimal(0)
    breaks = [{"from": str(line.quantity * 2), "price": str(max(step_price, floor))}] if better > floor else []
    update_quote(
        instance=second,
        expected_version=None,
        actor=rep,
        payment_terms="net60",
        lines=[{"pk": line.pk, "price": max(better, floor), "breaks": breaks}],
    )
    if not second.below_floor:
        _send(release_quote(quote=second, actor=rep), rep, 1)
