"""Give out numbers: one after the other, no gap within a batch, none twice; how they look, administrators decide."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.remembered import Remembered, changed
from crm.base.saving import create_record, save_record
from crm.configurable import NumberKind
from crm.errors import DomainError
from crm.extension_points import number_kinds
from crm.records.models import NumberFormat, NumberSequence, Reset

_TOKEN = re.compile(r"\{(yyyy|yy|mm|bu|seq)(?::([1-9]))?\}")
_TEXT = re.compile(r"[A-Za-z0-9\-_/.]*")
_PERIODS = {Reset.NEVER: (), Reset.YEARLY: ("year",), Reset.MONTHLY: ("year", "month")}


@dataclass(frozen=True)
class Format:
    """How the numbers of a kind look and when counting begins anew."""

    pattern: str
    reset: str
    start: int = 1

    @property
    def by_unit(self) -> bool:
        """Whether each business unit has a count of its own."""
        return "{bu}" in self.pattern

    def number(self, seq: int, day: dt.date, unit: str) -> str:
        """The number with that count."""

        def filled(found: re.Match[str]) -> str:
            name, width = found.groups()
            if name == "seq":
                return f"{seq:0{width or 1}d}"
            return {"yyyy": f"{day:%Y}", "yy": f"{day:%y}", "mm": f"{day:%m}", "bu": unit}[name]

        return _TOKEN.sub(filled, self.pattern)

    def counter(self, day: dt.date, unit: str) -> str:
        """What the count of that day is kept under: the number without its count, and without a date that starts no new one.

        So two patterns that make the same numbers share one count.
        """
        pattern = self.pattern
        if self.reset == Reset.NEVER:
            pattern = re.sub(r"\{(yyyy|yy|mm)\}", "", pattern)
        elif self.reset == Reset.YEARLY:
            pattern = pattern.replace("{mm}", "")
        head = re.sub(r"\{seq(:\d)?\}", "", pattern)
        return Format(head, self.reset).number(0, day, unit).strip("-_/.")

    def existing(self, day: dt.date, unit: str) -> str:
        """A regular expression, for PostgreSQL, that takes the count out of numbers of this count."""
        pattern = re.escape(self.pattern).replace(r"\{", "{").replace(r"\}", "}")
        if self.reset == Reset.NEVER:
            pattern = re.sub(r"\{(yyyy|yy|mm)\}", r"\\d+", pattern)
        elif self.reset == Reset.YEARLY:
            pattern = pattern.replace("{mm}", r"\d+")
        whole = re.sub(r"\{seq(:\d)?\}", r"(\\d+)", pattern)
        return f"^{Format(whole, self.reset).number(0, day, unit)}$"


def _load() -> dict[str, Format]:
    return {row.kind: Format(row.pattern, row.reset, row.start) for row in NumberFormat.objects.all()}


_FORMATS: Remembered[dict[str, Format]] = Remembered(_load)


def format_of(kind: NumberKind) -> Format:
    """How the kind's numbers look now."""
    return _FORMATS.get().get(kind.key) or Format(kind.pattern, kind.reset, kind.start)


def next_numbers(key: str, count: int = 1) -> range:
    """Take `count` numbers of the sequence `key` at once. Part of the caller's transaction: a rollback gives them back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO crm_numbersequence (key, last) VALUES (%s, %s)"
            " ON CONFLICT (key) DO UPDATE SET last = crm_numbersequence.last + excluded.last RETURNING last",
            [key, count],
        )
        last = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)


def record_number(kind: str, record: Any, *, day: dt.date | None = None) -> str:
    """The next number for a new record, whose business unit is known already."""
    return record_numbers(kind, [record], day=day)[0]


def record_numbers(kind: str, records: Sequence[Any], *, day: dt.date | None = None) -> list[str]:
    """The next numbers for new records of one kind, taken at once."""
    entry = number_kinds.get(kind)
    format_, today = format_of(entry), day or timezone.localdate()
    waiting: dict[str, list[int]] = {}
    for place, record in enumerate(records):
        has_unit = format_.by_unit and getattr(record, "business_unit_id", None)
        waiting.setdefault(record.business_unit.code if has_unit else "", []).append(place)
    numbers = [""] * len(records)
    for code, places in sorted(waiting.items()):
        for place, number in zip(places, _free(entry, format_, today, code, len(places)), strict=True):
            numbers[place] = number
    return numbers


def _free(entry: NumberKind, format_: Format, day: dt.date, unit: str, count: int) -> list[str]:
    """Numbers that no record has: one that an earlier pattern, or another system, gave out already is passed over."""
    key = format_.counter(day, unit)
    found: list[str] = []
    rows = apps.get_model(entry.model)._base_manager
    while len(found) < count:
        counts = next_numbers(key, count - len(found))
        numbers = [format_.number(format_.start - 1 + n, day, unit) for n in counts]
        taken = set(rows.filter(**{f"{entry.field}__in": numbers}).values_list(entry.field, flat=True))
        found += [number for number in numbers if number not in taken]
    return found


def preview(entry: NumberKind, format_: Format, *, unit: str, count: int = 3) -> list[str]:
    """The numbers that come next, without taking them."""
    day = timezone.localdate()
    last = NumberSequence.objects.filter(key=format_.counter(day, unit)).values_list("last", flat=True).first() or 0
    last = max(last, _largest(entry, format_, day, unit) - format_.start + 1)
    return [format_.number(format_.start + last + n, day, unit) for n in range(count)]


def check_format(entry: NumberKind, format_: Format, *, units: Sequence[str]) -> None:
    """Raise DomainError for a pattern that could give the same number twice, or one too long."""
    tokens = [found[0] for found in _TOKEN.findall(format_.pattern)]
    if not _TEXT.fullmatch(_TOKEN.sub("", format_.pattern)):
        raise DomainError(_("Besides the placeholders only letters, digits and - _ / . may be used."), field="pattern")
    if tokens.count("seq") != 1:
        raise DomainError(_("The pattern needs the count once: {seq} or {seq:4}."), field="pattern")
    has = {"year": bool({"yy", "yyyy"} & set(tokens)), "month": "mm" in tokens}
    if not all(has[part] for part in _PERIODS[Reset(format_.reset)]):
        message = _("To begin anew, the pattern must name the period: {yy} for a year, {yy} and {mm} for a month.")
        raise DomainError(message, field="pattern")
    field = apps.get_model(entry.model)._meta.get_field(entry.field)
    longest = max((len(format_.number(10**6, timezone.localdate(), unit)) for unit in [*units, ""]), default=0)
    if longest > (field.max_length or 0):  # type: ignore[union-attr]
        message = _("Numbers would have %(length)d characters, %(limit)d is the most: shorten the pattern.")
        raise DomainError(message % {"length": longest, "limit": field.max_length}, field="pattern")  # type: ignore[union-attr]


def set_format(
    *, kind: NumberKind, expected_version: int | None, actor: Any, units: Sequence[str], **values: Any
) -> NumberFormat:
    """Let new records of the kind get numbers of this pattern; existing ones keep theirs.

    Counting goes on after the largest number that fits the pattern. Raises DomainError, and StaleVersion when somebody was
    quicker. `expected_version` 0: nobody had changed the format yet when the page was read.
    """
    wanted = Format(values["pattern"], values["reset"], values["start"])
    check_format(kind, wanted, units=units)
    with transaction.atomic():
        stored = NumberFormat.objects.filter(kind=kind.key).first()
        if stored is None:
            stored = create_record(NumberFormat(kind=kind.key, **values))
        else:
            for name, value in values.items():
                setattr(stored, name, value)
            stored = save_record(stored, expected_version=expected_version, fields=list(values))
        for unit in units if wanted.by_unit else [""]:
            _count_on(kind, wanted, unit)
        changed()
    return stored


def _count_on(entry: NumberKind, format_: Format, unit: str) -> None:
    """Let the count follow the largest number there is."""
    day = timezone.localdate()
    used = _largest(entry, format_, day, unit) - format_.start + 1
    if used > 0:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO crm_numbersequence (key, last) VALUES (%s, %s)"
                " ON CONFLICT (key) DO UPDATE SET last = greatest(crm_numbersequence.last, excluded.last)",
                [format_.counter(day, unit), used],
            )


def _largest(entry: NumberKind, format_: Format, day: dt.date, unit: str) -> int:
    """The largest count among the numbers that fit the pattern today, 0 when there is none."""
    model = apps.get_model(entry.model)
    table, column = (
        connection.ops.quote_name(name)
        for name in (model._meta.db_table, model._meta.get_field(entry.field).column)  # type: ignore[union-attr]
    )
    pattern = format_.existing(day, unit)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT max(substring({column} from %s)::numeric) FROM {table} WHERE {column} ~ %s",  # noqa: S608 -- our names
            [pattern, pattern],
        )
        return int(cursor.fetchone()[0] or 0)
