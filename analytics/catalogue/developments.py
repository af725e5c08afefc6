"""Indicators of new products developed with customers."""

from analytics.catalogue import words as w
from analytics.definitions import Indicator, Text
from analytics.enums import Direction, Kind, Unit

_PROCESS, _THEME = Text("新品开发协同", "New products"), Text("新品开发", "Development of new products")

INDICATORS = (
    Indicator(
        number=43,
        name=Text("新品开发立项数", "New-product projects"),
        process=_PROCESS,
        theme=_THEME,
        unit=Unit.COUNT,
        unit_text=Text("个", "projects"),
        kind=Kind.FLOW,
        direction=Direction.UP,
        tiers=w.LOWER_TIERS,
        formula=Text("期内立项的新品开发需求数", "new-product requests that were set up as a project in the period"),
        reading=Text(
            "按立项获批日期计,后来取消的也计入。",
            "By the day on which the set-up was approved; those cancelled afterwards count too.",
        ),
        stages=(w.WATCHED, w.WATCHED),
        cycle=w.YEARLY,
        system="CRM",
        priority=2,
        dimensions=w.LINE_DIMENSIONS,
        numerator="developments_set_up",
    ),
    Indicator(
        number=44,
        name=Text("新品开发按期完成率", "New-product projects on time"),
        process=_PROCESS,
        theme=_THEME,
        unit=Unit.PERCENT,
        unit_text=w.PERCENT,
        kind=Kind.RATIO,
        direction=Direction.UP,
        tiers=w.LOWER_TIERS,
        formula=Text(
            "按期完成的新品开发数/应完成的新品开发数×100%",
            "new-product projects finished on time / projects to be finished × 100%",
        ),
        reading=Text(
            "按立项时约定的发布日期计;在该日或之前发布为按期,已取消的不计入。",
            "By the day of release agreed on at the set-up; released by that day is on time, cancelled projects do not count.",
        ),
        stages=(w.ASSESSED, w.ASSESSED),
        cycle=w.YEARLY,
        system="CRM",
        priority=2,
        dimensions=w.LINE_DIMENSIONS,
        numerator="developments_in_time",
        denominator="developments_due",
    ),
)
