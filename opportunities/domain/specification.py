"""The technical specification: what an entry may say, and its entries in numbers for the search by range."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.formats import num
from opportunities.enums import GateAnswer, GateItemKind
from opportunities.models import GateItem, Opportunity, SpecificationValue

_NUMBER = r"(-?\d[\d,]*(?:\.\d+)?)"
_RANGE = re.compile(
    rf"^\s*(?P<sign>≥|>=|>|≤|<=|<|不低于|不高于)?\s*{_NUMBER}\s*(?:(?P<link>±|\+/-|-|–|~|～|至|到|to)\s*{_NUMBER})?\s*(?P<unit>[^\d±~～]*)$"
)
_AT_LEAST, _AT_MOST = ("≥", ">=", ">", "不低于"), ("≤", "<=", "<", "不高于")
_LARGEST = Decimal(10) ** 15


@dataclass(frozen=True)
class Range:
    """What an entry says in numbers; None: open at that end."""

    low: Decimal | None
    high: Decimal | None


def range_of(text: str) -> Range | None:
    """The range that an entry means: "50", "50±3", "40-60 Shore A", "≥7 MPa"; None for one that is no single range."""
    found = _RANGE.match(text.strip())
    if found is None:
        return None
    first, second = (Decimal(part.replace(",", "")) if part else None for part in found.group(2, 4))
    if first is None or abs(first) > _LARGEST or (second is not None and abs(second) > _LARGEST):
        return None
    if second is not None:
        ends = (first - second, first + second) if found["link"] in ("±", "+/-") else (first, second)
        return Range(min(ends), max(ends))
    if found["sign"] in _AT_LEAST:
        return Range(first, None)
    return Range(None, first) if found["sign"] in _AT_MOST else Range(first, first)


def checked(item: GateItem, value: Any) -> str:
    """The text of an entry as it is kept. Raises DomainError, on the item's key, for one that does not fit the item."""
    text = str(value or "").strip()
    if not text:
        return ""
    if item.answer == GateAnswer.NUMBER:
        _check_number(item, text)
    elif item.answer == GateAnswer.CHOICE and text not in item.options:
        message = _("%(name)s: choose one of %(choices)s.")
        raise DomainError(message % {"name": item.label, "choices": _(", ").join(item.options)}, field=item.key)
    elif item.answer == GateAnswer.DATE:
        try:
            text = dt.date.fromisoformat(text).isoformat()
        except ValueError as error:
            message = _("%(name)s: give a day, as 2026-05-31.") % {"name": item.label}
            raise DomainError(message, field=item.key) from error
    return text


def _check_number(item: GateItem, text: str) -> None:
    found = range_of(text)
    if found is None:
        message = _("%(name)s: give a number or a range, as 50, 50±3, 40-60 or ≥7.") % {"name": item.label}
        raise DomainError(message, field=item.key)
    ends = [end for end in (found.low, found.high) if end is not None]
    if item.minimum is not None and min(ends) < item.minimum:
        message = _("%(name)s: not below %(limit)s %(unit)s.")
        raise DomainError(message % _limit(item, item.minimum), field=item.key)
    if item.maximum is not None and max(ends) > item.maximum:
        message = _("%(name)s: not above %(limit)s %(unit)s.")
        raise DomainError(message % _limit(item, item.maximum), field=item.key)


def _limit(item: GateItem, limit: Decimal) -> dict[str, str]:
    return {"name": item.label, "limit": num(limit, 4 if limit % 1 else 0), "unit": item.unit}


def values_of(opportunity: Opportunity) -> list[SpecificationValue]:
    """Its entries that are numbers."""
    found = {key: range_of(text) for key, text in opportunity.specification.items() if isinstance(text, str)}
    return [
        SpecificationValue(opportunity=opportunity, key=key, low=entry.low, high=entry.high)
        for key, entry in found.items()
        if entry is not None
    ]


def store_values(opportunity: Opportunity) -> None:
    """Keep the entries in numbers as the specification has them now."""
    store_many([opportunity])


def store_many(rows: Iterable[Opportunity]) -> None:
    """The same for many: three queries."""
    records = list(rows)
    SpecificationValue._base_manager.filter(opportunity__in=records).delete()
    SpecificationValue._base_manager.bulk_create([value for record in records for value in values_of(record)])


def numbered_entries() -> list[tuple[str, str]]:
    """The entries that gates ask for in numbers: key and name with unit, as choices."""
    rows = GateItem.objects.filter(kind=GateItemKind.SPECIFICATION, answer=GateAnswer.NUMBER).order_by("position", "pk")
    named = {item.key: f"{item.label} ({item.unit})" if item.unit else item.label for item in rows}
    return list(named.items())
