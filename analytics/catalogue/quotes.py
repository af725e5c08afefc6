"""Indicators of quotes."""

from analytics.catalogue import words as w
from analytics.definitions import Indicator, Text
from analytics.enums import Direction, Kind, Unit

_PROCESS = Text("报价管理", "Quotes")

INDICATORS = (
    Indicator(
        number=37,
        name=Text("报价成交率", "Quote acceptance"),
        process=_PROCESS,
        theme=Text("报价有效性", "Effect of quotes"),
        unit=Unit.PERCENT,
        unit_text=w.PERCENT,
        kind=Kind.RATIO,
        direction=Direction.UP,
        tiers=w.LOWER_TIERS,
        formula=Text("被接受的报价数/已发出的报价数×100%", "accepted quotes / quotes sent × 100%"),
        reading=Text(
            "同批口径:期内发出的报价中,至今被接受的占比。同一报价的多个版本只计最新版本。",
            "By cohort: of the quotes sent in the period, how many have been accepted by now. Of several versions the newest"
            " counts.",
        ),
        stages=(w.WATCHED, w.WATCHED),
        cycle=w.MONTHLY,
        system="CRM",
        priority=1,
        dimensions=w.LINE_DIMENSIONS,
        numerator="quotes_accepted",
        denominator="quotes_sent",
    ),
    Indicator(
        number=38,
        name=Text("报价平均响应时间", "Mean quote response time"),
        process=_PROCESS,
        theme=Text("报价效率", "Speed of quotes"),
        unit=Unit.HOURS,
        unit_text=w.HOURS,
        kind=Kind.RATIO,
        direction=Direction.DOWN,
        tiers=w.OPERATIONS_ONLY,
        formula=Text("Σ(报价发出时间-报价申请时间)/已发出报价数", "Σ(time sent − time asked for) / quotes sent"),
        reading=Text(
            "从建立报价(或新版本)到首次发出的小时数的平均值,期内发出的每个版本各计一次。",
            "The mean of the hours from the beginning of a quote, or of its new version, until it was first sent. Each version"
            " sent in the period counts once.",
        ),
        stages=(w.WATCHED, w.WATCHED),
        cycle=w.MONTHLY,
        system="CRM",
        priority=2,
        dimensions=w.LINE_DIMENSIONS,
        numerator="quote_hours",
        denominator="quote_versions_sent",
    ),
)
