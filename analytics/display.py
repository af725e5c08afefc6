"""How figures are written on pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from analytics.definitions import Indicator, Measure
from analytics.engine.reader import Company
from analytics.enums import Aggregate, Direction, Unit
from crm import formats
from crm.periods import Period, add_months, month_start, parse_period


def value_parts(indicator: Indicator, value: Decimal | None) -> tuple[str, str]:
    """A value and its unit, each as text."""
    if value is None:
        return formats.EMPTY, ""
    match indicator.unit:
        case Unit.MONEY:
            before, number, after = formats.money_parts(value)
            return number, " ".join(part for part in (before, after) if part)
        case Unit.TONNE:
            return formats.num(value, 1), formats.unit_label("t")
        case Unit.COUNT:
            return formats.num(value), ""
        case Unit.DAYS:
            return formats.num(value, 1), _("days")
        case Unit.HOURS:
            return formats.num(value, 1), _("h")
        case _:
            return formats.num(value, 1), "%"


def value_text(indicator: Indicator, value: Decimal | None) -> str:
    """A value with its unit."""
    if indicator.unit == Unit.MONEY:
        return formats.money(value)
    number, unit = value_parts(indicator, value)
    return number + (unit if unit == "%" else f" {unit}" if unit else "")


def sum_text(measure: Measure, indicator: Indicator, value: Decimal | None) -> str:
    """A numerator or denominator in the unit of its measure."""
    if measure.aggregate in (Aggregate.COUNT, Aggregate.DISTINCT, Aggregate.UNIQUE) or measure.places == 0:
        return formats.num(value)
    if indicator.unit == Unit.TONNE:
        return formats.num(value, 1) + " " + formats.unit_label("t")
    if indicator.unit == Unit.DAYS:
        return f"{formats.num(value)} {_('days')}"
    if indicator.unit == Unit.HOURS:
        return formats.num(value, 1) + " " + _("h")
    return formats.money(value)


def good(indicator: Indicator) -> str:
    """Which way is good, as the delta tag wants it."""
    return "down" if indicator.direction == Direction.DOWN else "up"


def period_label(period: Period, today: dt.date) -> str:
    """A period in words."""
    if period.label == "ytd":
        return _("%(year)d to date") % {"year": period.first.year}
    if len(period.months) == 1:
        return f"{period.first:%Y-%m}"
    return period.label


def period_choices(today: dt.date) -> list[Period]:
    """The periods offered: the running and the last of each length, largest first."""
    month = month_start(today)
    quarter = Period(dt.date(month.year, (month.month - 1) // 3 * 3 + 1, 1), month, "")
    texts = ["ytd", f"{month:%Y-%m}", f"{add_months(month, -1):%Y-%m}"]
    for start in (quarter.first, add_months(quarter.first, -3)):
        texts.append(f"{start.year}-Q{(start.month - 1) // 3 + 1}")
    texts += [str(month.year), str(month.year - 1)]
    return [parse_period(text, today=today) for text in texts]


def month_labels(months: list[dt.date]) -> list[str]:
    """Short names of months for an axis."""
    return [f"{month:%Y-%m}" for month in months]


def reader_label(reader: Any) -> str:
    """Whose figures these are."""
    if isinstance(reader, Company):
        return _("company")
    names = {
        "all": _("whole company"),
        "business_unit": _("my business unit"),
        "team_below": _("my team and those below"),
        "team": _("my team"),
        "own": _("my own figures"),
    }
    return names[reader.access.scope]
