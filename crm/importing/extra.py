"""Extra fields as columns of an importable sheet, and the parsers of their types and of choice lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from crm.formats import enumerated
from crm.importing.cells import folded, tidy
from crm.importing.parsers import CellError, Date, Json, Number, Parser, Person, Text
from crm.importing.resources import Column
from crm.records.choices import listed
from crm.records.extra import DIGITS, LONG_TEXT_LENGTH, TEXT_LENGTH
from crm.records.models.extra import NUMBERS, ExtraField, FieldType

_YES = frozenset({"yes", "y", "true", "1", "是", "有", "√", "对"})
_NO = frozenset({"no", "n", "false", "0", "否", "没有", "×", "不"})


@dataclass(frozen=True)
class Listed(Parser):
    """An item of a choice list by its name in either language or its code; other text where the list allows it."""

    list_key: str
    limit: int = 60

    repeats = True

    def parse(self, text: str, header: str, lookups: Any) -> str:
        return self.item(tidy(text))

    def item(self, text: str) -> str:
        """The code of one item."""
        known = listed(self.list_key)
        code = known.find(text)
        if code is not None:
            return code
        if known.allows_other:
            if len(text) > self.limit:
                raise CellError("too_long", length=len(text), limit=self.limit)
            return text
        words = {word: word for _code, word in known.options()}
        near = get_close_matches(text, words, n=1, cutoff=0.6)
        raise CellError("choice", fix=near[0] if near else None)

    def same(self, text: str, value: Json) -> bool:
        """A name in the other language is no correction."""
        return True

    def message_values(self) -> dict[str, Any]:
        return {"allowed": enumerated(label for _code, label in listed(self.list_key).options())}


@dataclass(frozen=True)
class Several(Listed):
    """Several items, with commas or semicolons between them."""

    def parse(self, text: str, header: str, lookups: Any) -> Json:
        parts = tidy(text)
        for sign in "，、;；|/":
            parts = parts.replace(sign, ",")
        return list(dict.fromkeys(self.item(part.strip()) for part in parts.split(",") if part.strip()))


@dataclass(frozen=True)
class YesNo(Parser):
    """Yes or no."""

    repeats = True

    def parse(self, text: str, header: str, lookups: Any) -> bool:
        word = folded(text)
        if word in _YES:
            return True
        if word in _NO:
            return False
        raise CellError("choice")

    def same(self, text: str, value: Json) -> bool:
        return True

    def message_values(self) -> dict[str, Any]:
        return {"allowed": enumerated((_("yes"), _("no")))}


@dataclass(frozen=True)
class JsonNumber(Number):
    """A number as an extra field stores it."""

    def parse(self, text: str, header: str, lookups: Any) -> Json:
        number = Decimal(super().parse(text, header, lookups))
        return int(number) if number == number.to_integral_value() else float(number)

    def read(self, text: str, header: str) -> Decimal:
        number = super().read(text, header)
        if self.places == 0 and number != number.to_integral_value():
            raise CellError("whole")
        return number


def parser_of(field: ExtraField) -> Parser:
    """What reads the cells of the field."""
    if field.type in NUMBERS:
        places = field.places if field.type == FieldType.DECIMAL else 0
        units: Mapping[str, Decimal] = {folded(field.unit): Decimal(1)} if field.unit else {}
        low = field.minimum if field.minimum is not None else -(Decimal(10) ** (DIGITS - places)) + 1
        return JsonNumber(places=places, digits=DIGITS, minimum=low, maximum=field.maximum, units=units)
    if field.choice_list is not None:
        kind = Several if field.type == FieldType.CHOICES else Listed
        return kind(field.choice_list.key, TEXT_LENGTH)
    simple: dict[str, Parser] = {
        FieldType.DATE: Date(),
        FieldType.BOOLEAN: YesNo(),
        FieldType.PERSON: Person(),
        FieldType.LONG_TEXT: Text(LONG_TEXT_LENGTH, lines=True),
    }
    return simple.get(field.type, Text(TEXT_LENGTH))


def column_of(field: ExtraField) -> Column:
    """The column of the sheet; found by its names in both languages and its key."""
    heads = tuple(filter(None, (field.name, field.name_en, field.key)))
    return Column(field.form_name, field.label, parser_of(field), heads, required=field.required)
