"""Indicators of our admissions as a supplier."""

from analytics.catalogue import words as w
from analytics.definitions import Indicator, Text
from analytics.enums import Direction, Kind, Unit

INDICATORS = (
    Indicator(
        number=46,
        name=Text("供应商准入通过率", "Supplier admissions passed"),
        process=Text("供应商准入", "Admission as a supplier"),
        theme=Text("准入有效性", "Effect of admissions as a supplier"),
        unit=Unit.PERCENT,
        unit_text=w.PERCENT,
        kind=Kind.RATIO,
        direction=Direction.UP,
        tiers=w.OPERATIONS_ONLY,
        formula=Text(
            "客户准入审核通过数/已有结论的准入申请数×100%",
            "admissions that customers passed / admissions with a result × 100%",
        ),
        reading=Text(
            "客户准入审核通过数/已有结论的准入申请数×100%",
            "Both count on the day of the result; one that was passed and has lapsed since counts as passed.",
        ),
        stages=(w.WATCHED, w.WATCHED),
        cycle=w.YEARLY,
        system="CRM",
        priority=2,
        dimensions=w.LINE_DIMENSIONS,
        numerator="supplier_admissions_passed",
        denominator="supplier_admissions_concluded",
    ),
)
