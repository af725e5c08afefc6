"""Results as chart specifications for ui/chart.html; nothing here reads the database."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from analytics.definitions import Indicator
from analytics.display import month_labels, value_text
from analytics.enums import Unit
from crm.formats import is_chinese, num

Values = Sequence[Decimal | None]


def scale_of(indicator: Indicator) -> tuple[Decimal, str]:
    """What values are divided by on an axis, and the axis's unit."""
    if indicator.unit == Unit.MONEY:
        return (Decimal(10_000), "万元") if is_chinese() else (Decimal(1000), "CNY k")
    if indicator.unit == Unit.TONNE:
        return Decimal(1), "吨" if is_chinese() else "t"
    return Decimal(1), "" if indicator.unit == Unit.COUNT else "%"


def on_axis(values: Values, divisor: Decimal) -> list[float | None]:
    """Values as the chart takes them."""
    return [None if value is None else round(float(value / divisor), 2) for value in values]


def trend(
    indicator: Indicator, months: list[dt.date], actual: Values, target: Values, before: Values
) -> dict[str, Any]:
    """Actual against target and the year before, by month."""
    divisor, unit = scale_of(indicator)
    series: list[dict[str, Any]] = [{"name": _("Actual"), "data": on_axis(actual, divisor), "color": "d1", "w": 24}]
    if any(value is not None for value in target):
        series.append({"name": _("Target"), "type": "line", "data": on_axis(target, divisor), "color": "d3"})
    if any(value is not None for value in before):
        series.append(
            {
                "name": _("Last year"),
                "type": "line",
                "dash": True,
                "sym": False,
                "data": on_axis(before, divisor),
                "color": "d6",
            }
        )
    labels, one_year = month_labels(months), len(months) <= 12
    texts = [[value_text(indicator, value) for value in values] for values in (actual, target, before)]
    return {
        "spec": {
            "x": [f"{month.month}月" if is_chinese() else f"{month:%b}" for month in months] if one_year else labels,
            "units": [unit],
            "series": series,
        },
        "table": {
            "head": [_("Month"), _("Actual"), _("Target"), _("Last year")],
            "rows": [[label, *row] for label, row in zip(labels, zip(*texts, strict=True), strict=True)],
        },
        "summary": _("%(name)s by month: actual, target and last year") % {"name": indicator.name},
        "unit": unit,
    }


def ageing(buckets: list[tuple[str, Decimal]]) -> dict[str, Any]:
    """Receivables by how long they are overdue."""
    divisor, unit = (Decimal(10_000), "万元") if is_chinese() else (Decimal(1000), "CNY k")
    labels = [label for label, _amount in buckets]
    data = [round(float(amount / divisor)) for _label, amount in buckets]
    return {
        "spec": {
            "x": labels,
            "units": [""],
            "horizontal": True,
            "nolegend": True,
            "top": 28,
            "series": [{"name": f"{_('Receivables')} ({unit})", "data": data, "color": "d1", "w": 18, "label": "n0"}],
        },
        "table": {
            "head": [_("Age"), unit],
            "rows": [[label, num(value)] for label, value in zip(labels, data, strict=True)],
        },
        "summary": _("Receivables by age"),
        "unit": unit,
    }


def concentration(rows: list[tuple[str, Decimal]]) -> dict[str, Any]:
    """The largest customers' shares of revenue, percent."""
    labels = [label for label, _share in rows]
    shares = [round(float(share), 1) for _label, share in rows]
    return {
        "spec": {
            "x": labels,
            "units": [""],
            "horizontal": True,
            "nolegend": True,
            "top": 28,
            "series": [{"name": _("Share of revenue (%)"), "data": shares, "color": "d1", "w": 14, "label": "{c}%"}],
        },
        "table": {"head": [_("Customer"), "%"], "rows": [[label, num(share, 1)] for label, share in rows]},
        "summary": _("Largest customers by share of revenue"),
    }
