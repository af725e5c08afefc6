"""Results as chart specifications for ui/chart.html; nothing here reads the database."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
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
    if indicator.unit == Unit.DAYS:
        return Decimal(1), "天" if is_chinese() else "d"
    if indicator.unit == Unit.HOURS:
        return Decimal(1), "小时" if is_chinese() else "h"
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


def side_by_side(
    name: str, year: int, months: list[dt.date], actual: Values, before: Values, *, is_money: bool
) -> dict[str, Any]:
    """The months of a year beside those of the year before."""
    if is_money:
        divisor, unit = (Decimal(10_000), "万元") if is_chinese() else (Decimal(1000), "CNY k")
    else:
        divisor, unit = Decimal(1000), "吨" if is_chinese() else "t"
    years = [(str(year - 1), before, "d6"), (str(year), actual, "d1")]
    texts = [["" if value is None else num(value / divisor, 1) for value in values] for _year, values, _colour in years]
    labels = [f"{month.month}月" if is_chinese() else f"{month:%b}" for month in months]
    return {
        "spec": {
            "x": labels,
            "units": [unit],
            "series": [
                {"name": f"{label} ({unit})", "data": on_axis(values, divisor), "color": colour, "w": 14}
                for label, values, colour in years
            ],
        },
        "table": {
            "head": [f"{name} ({unit})", *(label for label, _values, _colour in years)],
            "rows": [
                [label, *(text or None for text in row)]
                for label, row in zip(labels, zip(*texts, strict=True), strict=True)
            ],
        },
        "summary": _("%(name)s by month: %(year)s beside %(before)s")
        % {"name": name, "year": year, "before": year - 1},
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


def waterfall(steps: Sequence[tuple[str, Decimal, str]]) -> list[dict[str, Any]]:
    """Steps (label, amount, tone) as bars that begin where the one before ended: the first and, if it is a total, the last stand
    on the ground. `start` and `end` are per cent of the width, which holds all of them; `share` is of the first."""
    levels, level = [(Decimal(0), steps[0][1])], steps[0][1]
    for _label, amount, _tone in steps[1:-1]:
        levels.append((level, level + amount))
        level += amount
    levels.append((Decimal(0), steps[-1][1]))
    low = min(min(pair) for pair in levels)
    width = max(max(pair) for pair in levels) - low or Decimal(1)
    first = steps[0][1]
    return [
        {
            "label": label,
            "amount": amount,
            "tone": tone,
            "share": amount * 100 / first if first else None,
            "start": (begin - low) * 100 / width,
            "end": (end - low) * 100 / width,
        }
        for (label, amount, tone), (begin, end) in zip(steps, levels, strict=True)
    ]


def contribution_map(rows: Sequence[Any], height: str, split: tuple[Decimal, Decimal]) -> dict[str, Any]:
    """Customers as bubbles: contribution in per cent across, sales or growth up, receivables as size."""
    divisor, money_unit = (Decimal(10_000), "万元") if is_chinese() else (Decimal(1000), "CNY k")
    unit = money_unit if height == "sales" else "%"
    most = max((_receivable(row) for row in rows), default=Decimal(0)) or Decimal(1)
    points, lines = [], []
    for row in rows:
        up = row.sales / divisor if height == "sales" else row.growth
        owed, name = _receivable(row), str(row.customer)
        across = row.contribution_percent
        text = f"{name}\n{num(across, 1)}% · {num(up, 0)} {unit}"
        points.append([float(across), round(float(up), 1), 8 + round(32 * float(owed / most) ** 0.5), text])
        lines.append([name, f"{num(across, 1)}%", num(up, 0), num(owed / divisor, 0)])
    y_label = _("Sales, 12 months") if height == "sales" else _("Growth of sales")
    y_split = split[1] / divisor if height == "sales" else split[1]
    return {
        "spec": {
            "scatter": True,
            "x": _("Contribution (%)"),
            "units": [unit],
            "nolegend": True,
            "split": [float(split[0]), float(y_split)],
            "series": [{"name": y_label, "type": "scatter", "data": points, "color": "d1"}],
            "urls": [reverse("customers:customer_record", args=[row.customer_id]) for row in rows],
        },
        "table": {
            "head": [
                _("Customer"),
                _("Contribution (%)"),
                f"{y_label} ({unit})",
                f"{_('Receivables')} ({money_unit})",
            ],
            "rows": lines,
        },
        "summary": _("Customers by contribution and sales"),
        "unit": unit,
    }


def _receivable(row: Any) -> Decimal:
    figures = getattr(row.customer, "figures", None)
    return max(figures.receivable, Decimal(0)) if figures else Decimal(0)
