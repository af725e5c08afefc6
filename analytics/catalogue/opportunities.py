"""Indicators of opportunities."""

from analytics.catalogue import words as w
from analytics.definitions import Indicator, Stage, Text
from analytics.enums import Direction, Kind, Tier, Unit

_THEME = Text("商机管理有效性", "Effect of opportunity work")
_SPEED = Text("商机管理效率", "Speed of opportunity work")


def _own(
    number: int,
    name: Text,
    formula: Text,
    reading: Text,
    numerator: str,
    denominator: str = "",
    *,
    theme: Text = _THEME,
    unit: tuple[Unit, Text] = (Unit.PERCENT, w.PERCENT),
    kind: Kind = Kind.RATIO,
    direction: Direction = Direction.UP,
    tiers: tuple[Tier, ...] = w.LOWER_TIERS,
    stages: tuple[Stage, Stage] = (w.WATCHED, w.WATCHED),
    priority: int = 1,
) -> Indicator:
    """One of the indicators that the catalogue adds for the management of opportunities."""
    return Indicator(
        number=number,
        name=name,
        process=w.OPPORTUNITIES,
        theme=theme,
        unit=unit[0],
        unit_text=unit[1],
        kind=kind,
        direction=direction,
        tiers=tiers,
        formula=formula,
        reading=reading,
        stages=stages,
        cycle=w.MONTHLY,
        system="CRM",
        priority=priority,
        dimensions=w.LINE_DIMENSIONS,
        numerator=numerator,
        denominator=denominator,
    )


_NUMBER, _MONEY, _DAYS = (Unit.COUNT, w.NUMBER), (Unit.MONEY, w.MONEY), (Unit.DAYS, w.DAYS)
_AT_END = Text(
    "按期末(当期取今天)所处阶段判断;金额为商机现在的金额。",
    "By the stage at the period's end (today in the running one); the amount is the one known now.",
)

INDICATORS = (
    _own(
        23,
        Text("新增商机数", "New opportunities"),
        Text("期内创建的商机数", "opportunities created in the period"),
        Text("按创建日期计。", "By the day of creation."),
        "opportunities_new",
        unit=_NUMBER,
        kind=Kind.FLOW,
    ),
    _own(
        24,
        Text("新增商机金额", "New opportunity amount"),
        Text("期内创建的商机预计金额合计", "expected amount of the opportunities created in the period"),
        Text(
            "按创建日期计,金额为商机现在的金额(本币)。",
            "By the day of creation; the amount known now, in base currency.",
        ),
        "opportunities_new_amount",
        unit=_MONEY,
        kind=Kind.FLOW,
    ),
    _own(
        25,
        Text("在跟商机金额", "Open pipeline"),
        Text("期末未关闭商机预计金额合计", "expected amount of the opportunities open at the period's end"),
        _AT_END,
        "opportunities_open_amount",
        unit=_MONEY,
        kind=Kind.SNAPSHOT,
        tiers=w.ALL_TIERS,
    ),
    _own(
        26,
        Text("加权商机金额", "Weighted pipeline"),
        Text(
            "Σ(期末未关闭商机金额×阶段赢率)",
            "Σ (amount of opportunities open at the period's end × win probability of the stage)",
        ),
        _AT_END,
        "opportunities_weighted",
        unit=_MONEY,
        kind=Kind.SNAPSHOT,
        tiers=w.ALL_TIERS,
    ),
    _own(
        27,
        Text("商机停滞率", "Stalled opportunities"),
        Text(
            "超过阶段标准停留天数的在跟商机数/在跟商机数×100%",
            "open opportunities over the standard days of their stage / open opportunities × 100%",
        ),
        Text("按期末(当期取今天)计,自然日。", "At the period's end (today in the running one), in calendar days."),
        "opportunities_stalled",
        "opportunities_open",
        theme=_SPEED,
        kind=Kind.SNAPSHOT,
        direction=Direction.DOWN,
    ),
    _own(
        28,
        Text("阶段转化率", "Stage conversion"),
        Text(
            "由本阶段推进到下一阶段的商机数/进入本阶段的商机数×100%",
            "opportunities moved on from a stage / opportunities that came into it × 100%",
        ),
        Text(
            "同批口径:期内进入某阶段的商机中,至今已由该阶段向前推进(含赢单)的占比;创建即进入第一阶段。",
            "By cohort: of the entries into a stage in the period, how many have been moved on from it, or won, by now. An"
            " opportunity enters its first stage when it is created.",
        ),
        "stages_moved_on",
        "stages_entered",
    ),
    _own(
        29,
        Text("平均销售周期", "Mean sales cycle"),
        Text("Σ(赢单日期-创建日期)/赢单商机数", "Σ (day of the win − day of creation) / won opportunities"),
        Text("按赢单日期计,自然日。", "By the day of the win, in calendar days."),
        "opportunities_won_days",
        "opportunities_closed_won",
        theme=_SPEED,
        unit=_DAYS,
        direction=Direction.DOWN,
        priority=2,
    ),
    _own(
        30,
        Text("商机跟进及时率", "Opportunities followed up"),
        Text(
            "最近14天有跟进记录的在跟商机数/在跟商机数×100%",
            "open opportunities worked on in the last 14 days / open opportunities × 100%",
        ),
        Text(
            "按期末(当期取今天)计;跟进指评论、完成待办、阶段变化、寄出样品或收到样品结果、发出报价。",
            "At the period's end (today in the running one). Work is a comment, a to-do done, a move, samples sent or judged, a"
            " quote sent.",
        ),
        "opportunities_followed",
        "opportunities_open",
        theme=_SPEED,
        kind=Kind.SNAPSHOT,
        tiers=w.OPERATIONS_ONLY,
        stages=(w.ASSESSED, w.ASSESSED),
    ),
    Indicator(
        number=31,
        name=Text("赢单率", "Win rate"),
        process=w.OPPORTUNITIES,
        theme=_THEME,
        unit=Unit.PERCENT,
        unit_text=w.PERCENT,
        kind=Kind.RATIO,
        direction=Direction.UP,
        tiers=w.LOWER_TIERS,
        formula=Text("已赢单商机数/已分配商机数×100%", "won opportunities / assigned opportunities × 100%"),
        reading=Text(
            "同批口径:期内分配的商机中,至今已赢单的占比。近期分配的商机多数尚未关闭,比率会随时间上升。",
            "By cohort: of the opportunities assigned in the period, how many have been won by now. Recent months rise as their"
            " opportunities close.",
        ),
        stages=(w.ASSESSED, w.ASSESSED),
        cycle=w.MONTHLY,
        system="CRM",
        priority=1,
        dimensions=w.LINE_DIMENSIONS,
        numerator="opportunities_won",
        denominator="opportunities_assigned",
    ),
    _own(
        32,
        Text("平均已赢单商机金额", "Average won amount per customer"),
        Text("全部已赢单金额/对应的客户数", "amount of all won opportunities / customers with a won opportunity"),
        Text(
            "按赢单日期计;一个客户在所选期间只计一次,因此不能由各月或各成员相加。",
            "By the day of the win. A customer counts once in the period, so months and members do not add up.",
        ),
        "opportunities_won_amount",
        "opportunities_won_customers",
        unit=_MONEY,
        stages=(w.MANAGED, w.MANAGED),
    ),
    Indicator(
        number=33,
        name=Text("商机到合同或订单数量转化率", "Opportunity-to-order conversion (count)"),
        process=w.OPPORTUNITIES,
        theme=_THEME,
        unit=Unit.PERCENT,
        unit_text=w.PERCENT,
        kind=Kind.RATIO,
        direction=Direction.UP,
        tiers=w.ALL_TIERS,
        formula=Text(
            "已转化为合同或订单的商机数量/已分配商机数×100%",
            "opportunities that led to a contract or an order / assigned opportunities × 100%",
        ),
        reading=Text(
            "同批口径:期内分配的商机中,至今已产生合同或订单的占比。",
            "By cohort: of the opportunities assigned in the period, how many have led to a contract or an order by now.",
        ),
        stages=(w.MANAGED, w.ASSESSED),
        cycle=w.MONTHLY,
        system="CRM",
        priority=1,
        dimensions=w.LINE_DIMENSIONS,
        numerator="opportunities_converted",
        denominator="opportunities_assigned",
    ),
    _own(
        34,
        Text("商机到合同或订单平均转化时间", "Opportunity-to-order average time"),
        Text("商机到合同或订单平均转化天数", "mean days from an opportunity to its contract or order"),
        Text(
            "从创建到首个合同或订单的自然日,按合同或订单日期计。",
            "Calendar days from creation to the first contract or order, by the day of that.",
        ),
        "opportunities_order_days",
        "opportunities_ordered",
        theme=_SPEED,
        unit=(Unit.DAYS, Text("时间", "days")),
        direction=Direction.DOWN,
        priority=2,
    ),
    _own(
        36,
        Text("丢单率", "Loss rate"),
        Text("丢单商机数/已关闭商机数×100%", "lost opportunities / closed opportunities × 100%"),
        Text("按关闭日期计,已关闭指赢单与丢单。", "By the day of closing; closed means won or lost."),
        "opportunities_closed_lost",
        "opportunities_closed",
        direction=Direction.DOWN,
    ),
)
