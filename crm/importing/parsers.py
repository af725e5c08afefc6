"""From the text of a cell to a value: each parser takes what people write and says what it cannot take.

Values are plain JSON (text, int, decimal as text, ISO date), because rows wait in a table between check and commit.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from crm.base.days import is_possible
from crm.formats import enumerated
from crm.importing.cells import folded, tidy
from crm.periods import FIRST_DAY, LAST_DAY

Json = Any


class CellError(Exception):
    """The cell cannot be taken. `code` names the kind of error, `fix` is a text that could be meant."""

    def __init__(self, code: str, *, fix: str | None = None, **params: Any) -> None:
        super().__init__(code)
        self.code, self.fix, self.params = code, fix, params


class Parser:
    """Base: `parse(text, header, lookups)` gives a JSON value, or raises CellError. `text` is never empty.

    `header` is the sheet's own column head, which may name a unit; `lookups` knows the people, regions and teams.
    """

    numeric = False
    repeats = False  # few values many times over: results are remembered

    def parse(self, text: str, header: str, lookups: Any) -> Json:
        """The value of a cell."""
        raise NotImplementedError

    def same(self, text: str, value: Json) -> bool:
        """Whether the value stands in the cell as it is; if not, the preview shows it as corrected."""
        return str(value) == text

    def message_values(self) -> dict[str, Any]:
        """What the error messages of this parser mention."""
        return {}


@dataclass(frozen=True)
class Text(Parser):
    """Text of at most `limit` characters."""

    limit: int | None = None
    upper: bool = False
    lines: bool = False

    def parse(self, text: str, header: str, lookups: Any) -> str:
        value = tidy(text, lines=self.lines)
        if self.upper:
            value = value.upper()
        if self.limit is not None and len(value) > self.limit:
            raise CellError("too_long", length=len(value), limit=self.limit)
        return value


@dataclass(frozen=True)
class Phone(Parser):
    """A phone number, or several: digits with the usual signs, an extension."""

    limit: int = 40

    def parse(self, text: str, header: str, lookups: Any) -> str:
        value = tidy(unicodedata.normalize("NFKC", text).replace("—", "-").replace("–", "-"))
        if len(value) > self.limit:
            raise CellError("too_long", length=len(value), limit=self.limit)
        digits = sum(character.isdigit() for character in value)
        if digits < 5 or not re.fullmatch(r"[\d\s()+\-/,;.、#*转extEXT]+", value):
            raise CellError("phone")
        return value


@dataclass(frozen=True)
class Email(Parser):
    """An e-mail address."""

    limit: int = 254

    def parse(self, text: str, header: str, lookups: Any) -> str:
        value = unicodedata.normalize("NFKC", text).replace(" ", "").replace("。", ".")
        try:
            validate_email(value)
        except ValidationError as error:
            raise CellError("email") from error
        if len(value) > self.limit:
            raise CellError("too_long", length=len(value), limit=self.limit)
        return value


@dataclass(frozen=True)
class Choice(Parser):
    """One of fixed values. `words` maps what people write to the value; `labels` are shown as allowed."""

    values: Sequence[tuple[str, Any]]
    words: Mapping[str, str] = field(default_factory=dict)
    guesses: Mapping[str, str] = field(default_factory=dict)  # not taken, but offered as a correction

    repeats = True

    def parse(self, text: str, header: str, lookups: Any) -> str:
        wanted = folded(text)
        for value, label in self.values:
            if wanted in (folded(value), folded(str(label))):
                return value
        for word, value in self.words.items():
            if wanted == folded(word):
                return value
        raise CellError("choice", fix=self._guess(wanted))

    def _guess(self, wanted: str) -> str | None:
        for word, value in self.guesses.items():
            if wanted == folded(word):
                return value
        first = wanted[:1].upper()
        if len(wanted) <= 3 and first in {value for value, _label in self.values}:
            return first
        known = {folded(word): word for word in self.words}
        near = get_close_matches(wanted, known, n=1, cutoff=0.6)
        return known[near[0]] if near else None

    def same(self, text: str, value: Json) -> bool:
        """A synonym is no correction: the same thing is meant."""
        return True

    def message_values(self) -> dict[str, Any]:
        return {"allowed": enumerated(str(label) for _value, label in self.values)}


_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4}
_DIGITS |= {"伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_PLAIN = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_NUMBER_AND_UNIT = re.compile(
    r"([+-]?[\d,]*\.?\d+|[零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]+)\s*([万亿]?)\s*(.*)"
)


def chinese_number(text: str) -> Decimal:
    """'一百二十' -> 120; ValueError for what is no Chinese numeral below ten thousand."""
    if all(character in _DIGITS for character in text):
        return Decimal("".join(str(_DIGITS[character]) for character in text))
    total, digit = 0, None
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _TENS:
            total += (1 if digit is None else digit) * _TENS[character]
            digit = None
        else:
            raise ValueError(text)
    return Decimal(total + (digit or 0))


@dataclass(frozen=True)
class Number(Parser):
    """A decimal number: full-width digits, thousands commas, 万 and 亿, Chinese numerals, a unit behind it.

    `units` maps a unit's word to its factor; the cell's own unit counts first, then one named in the column's head.
    """

    places: int = 2
    digits: int = 18
    minimum: Decimal | None = Decimal(0)
    maximum: Decimal | None = None
    units: Mapping[str, Decimal] = field(default_factory=dict)

    numeric = True

    def parse(self, text: str, header: str, lookups: Any) -> str:
        number = self.read(text, header)
        if self.minimum is not None and number < self.minimum:
            raise CellError("too_small", limit=str(self.minimum))
        largest = self.maximum if self.maximum is not None else Decimal(10) ** (self.digits - self.places) - 1
        if number > largest:
            raise CellError("too_large", limit=f"{largest:f}")
        rounded = number.quantize(Decimal(1).scaleb(-self.places))
        return f"{rounded.normalize():f}" if rounded else "0"

    def read(self, text: str, header: str) -> Decimal:
        """The number, units counted in."""
        plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace("¥", "").replace("￥", "").lower()
        if plain.startswith("(") and plain.endswith(")"):
            plain = "-" + plain[1:-1]
        found = _NUMBER_AND_UNIT.fullmatch(plain)
        if not found:
            raise CellError("number")
        figure, myriad, unit = found.groups()
        number = self._figure(figure) * _MYRIADS.get(myriad, 1)
        if unit:
            if unit not in self.units:
                raise CellError("unit", unit=unit)
            return number * self.units[unit]
        return number * self._unit_of(header, with_myriad=not myriad)

    def _figure(self, figure: str) -> Decimal:
        try:
            if figure[-1] in _DIGITS or figure[-1] in _TENS:
                return chinese_number(figure)
            if not _PLAIN.fullmatch(figure):
                raise CellError("number")
            return Decimal(figure.replace(",", ""))
        except (ValueError, InvalidOperation) as error:
            raise CellError("number") from error

    def _unit_of(self, header: str, *, with_myriad: bool) -> Decimal:
        """The factor of the unit that the column's head names in brackets: 年需求(吨), 信用额度（万元）."""
        inside = re.findall(r"[(\[/:]([^)\]]*)", unicodedata.normalize("NFKC", header).lower().replace(" ", ""))
        for words in inside:
            myriad = _MYRIADS.get(words[:1], 1) if with_myriad else 1
            unit = words[1:] if words[:1] in _MYRIADS else words
            if unit in self.units:
                return self.units[unit] * myriad
            if words[:1] in _MYRIADS and not unit:
                return Decimal(myriad)
        return Decimal(1)

    def same(self, text: str, value: Json) -> bool:
        """Only what had to be rewritten counts as corrected, not 60.50 for 60.5."""
        return bool(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text))


@dataclass(frozen=True)
class Days(Number):
    """A number of days: 30, 30天, 月结30天. Months are not taken, but offered in days."""

    places: int = 0
    maximum: Decimal | None = Decimal(3650)

    def read(self, text: str, header: str) -> Decimal:
        plain = folded(text)
        cash = re.fullmatch(r"(现款现货|现结|现款|款到发货|预付|预付款|货到付款|cash)", plain)
        if cash:
            return Decimal(0)
        found = re.fullmatch(
            r"(?:月结|账期|票后|net)?([+-]?[\d.]+|[零〇一二两三四五六七八九十百]+)(天|日|days?|d)?", plain
        )
        if not found:
            raise CellError("number", fix=self._months(plain))
        number = self._figure(found[1])
        if number != number.to_integral_value():
            raise CellError("whole")
        return number

    def _months(self, plain: str) -> str | None:
        found = re.fullmatch(r"(?:月结)?(\d+|[一二两三四五六七八九十]+)个?月", plain)
        return str(self._figure(found[1]) * 30) if found else None


@dataclass(frozen=True)
class Date(Parser):
    """A day: 2026-11-23, 2026/11/23, 2026.11.23, 2026年11月23日, 20261123."""

    def parse(self, text: str, header: str, lookups: Any) -> str:
        plain = folded(text)
        found = re.fullmatch(
            r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:t?\d{1,2}:\d{2}(?::\d{2})?)?", plain
        )
        if not found:
            raise CellError("date")
        try:
            day = dt.date(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))
        except ValueError as error:
            raise CellError("date") from error
        if not is_possible(day):
            raise CellError("day", first=FIRST_DAY.isoformat(), last=LAST_DAY.isoformat())
        return day.isoformat()


@dataclass(frozen=True)
class Person(Parser):
    """A colleague by name or user name; the value is the id."""

    repeats = True

    def parse(self, text: str, header: str, lookups: Any) -> int:
        wanted = folded(text)
        found = lookups.people(wanted) or lookups.people(re.sub(r"\(.*?\)$", "", wanted))
        active = [person for person in found if person.active]
        if len(active) == 1:
            return int(active[0].pk)
        if active:
            raise CellError("person_ambiguous", count=len(active), names=", ".join(p.username for p in active))
        if found:
            raise CellError("person_inactive")
        raise CellError("person_unknown", fix=lookups.near_person(text))

    def same(self, text: str, value: Json) -> bool:
        return True


@dataclass(frozen=True)
class Reference(Parser):
    """A region, a team, a product ... by code or name; the value is its key. `kind` is one of those of the lookups."""

    kind: str

    repeats = True

    def parse(self, text: str, header: str, lookups: Any) -> Json:
        found = lookups.references(self.kind, folded(text))
        if len(found) == 1:
            return found[0]
        if found:
            raise CellError("reference_ambiguous", count=len(found))
        raise CellError("reference_unknown", fix=lookups.near_reference(self.kind, text))

    def same(self, text: str, value: Json) -> bool:
        return True


def near(text: str, names: Iterable[str]) -> str | None:
    """The name most like the text; None when none is."""
    found = get_close_matches(text, list(names), n=1, cutoff=0.6)
    return found[0] if found else None
