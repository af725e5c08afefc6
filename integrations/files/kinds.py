"""The form of a sheet: which columns it has, and which of the ERP's properties a column stands for.

A sheet has a row per line of a document; what belongs to the document as a whole repeats on each row. The rows become the
ERP's, so that field maps, rejected rows and writing are the same for both.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from crm.errors import DomainError
from crm.languages import in_each_language, lazily
from integrations.sap.client import Row
from integrations.sap.values import norm_id
from integrations.sync.page import REFUSED

Cells = Mapping[str, str]  # of a row of the sheet, by heading

_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}([,，]\d{3})+(\.\d+)?")
_YES = ("yes", "y", "true", "1", "x", "是", "√")
_NO = ("no", "n", "false", "0", "否", "×", "")
_DAY = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?$")


def text(value: str) -> str:
    """As it stands."""
    return value


def day(value: str) -> str | None:
    """A date such as 2026-01-31 or 2026/1/31; what is none stays as it is and is rejected with its value."""
    match = _DAY.match(value)
    try:
        at = dt.datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=dt.UTC) if match else None
    except ValueError:
        at = None
    return f"/Date({round(at.timestamp() * 1000)})/" if at else value or None


def number(value: str) -> str:
    """A number with a decimal point, with or without separators of thousands. One with a decimal comma stays, and is rejected."""
    plain = value.replace(",", "").replace("，", "") if _THOUSANDS.fullmatch(value) else value
    found = amount(plain)
    return value if found is None else f"{found:f}"


def amount(value: Any) -> Decimal | None:
    """What `number` has read as a number; None for what is none, as NaN and Infinity are none."""
    try:
        found = Decimal(value)
    except (InvalidOperation, TypeError):
        return None
    return found if found.is_finite() else None


def yes(value: str) -> bool:
    """Whether the cell says yes; an empty one says no, and another word raises DomainError."""
    word = value.lower()
    if word not in (*_YES, *_NO):
        _refuse_word(value, (_YES[0], _NO[0]))
    return word in _YES


def one_of(**choices: Row) -> Callable[[str], Row]:
    """Properties by a word, none for an empty cell; another word raises DomainError."""

    def read(value: str) -> Row:
        word = value.lower()
        if word and word not in choices:
            _refuse_word(value, choices)
        return choices.get(word, {})

    return read


def _refuse_word(word: str, choices: Iterable[str]) -> NoReturn:
    raise DomainError(lazily(_("%(value)s is none of: %(choices)s."), value=word, choices=", ".join(choices)))


@dataclass(frozen=True)
class Column:
    """A column: the property it stands for (or "" when `read` gives several), and whether it must be there and say something.

    A property of something that hangs below is given with its path, as `to_Customer/CustomerName`.
    """

    property: str
    read: Callable[[str], Any] = text
    required: bool = False

    def meaning(self, cell: str) -> Any:
        """What a cell is read as."""
        try:
            return self.read(cell)
        except DomainError as error:
            return Unreadable(cell, error.message)


@dataclass(frozen=True)
class Unreadable:
    """A cell that `why`, a lazy text, says cannot be read."""

    cell: str
    why: Any = field(compare=False)


@dataclass
class Faults:
    """What is wrong with the rows of a document: headings that must say something and do not, those in which rows contradict
    each other, and lazy texts of cells."""

    empty: list[str] = field(default_factory=list)
    contradicted: list[str] = field(default_factory=list)
    unreadable: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """What hangs below a document under a path, with its columns by their headings. A row that says nothing in them makes none.

    Each row makes one; with a `key`, the rows of one key do together. Where rows tell what hangs `below` one, a cell under one
    of the headings `parted` says so: without it, a second row is a second item.
    """

    path: str
    columns: Mapping[str, Column]
    key: tuple[str, ...] = ()
    below: "tuple[Part, ...]" = ()
    parted: tuple[str, ...] = ()

    def read(self, rows: list[Cells], faults: Faults) -> list[Row]:
        """The items of a document's rows; what is wrong with these is noted."""
        found: dict[Any, list[Cells]] = {}
        for position, row in enumerate(rows):
            if any(value not in ("", None, False) for value in _values(self.columns, row, Faults()).values()):
                together = self.key and (not self.parted or any(row.get(heading) for heading in self.parted))
                found.setdefault(_key(self.key, row) if together else position, []).append(row)
        items = []
        for same in found.values():
            item = _agreed(self.columns, same, faults)
            for part in self.below:
                item[part.path] = part.read(same, faults)
            items.append(item)
        return items


@dataclass(frozen=True)
class Kind:
    """A kind of sheet, named as its files begin; `key` are the headings that tell its documents apart, `head` are the columns of
    what belongs to a document as a whole. `finish` completes what has been read of a sheet, and may refuse documents."""

    name: str
    entity_set: str
    key: tuple[str, ...]
    head: Mapping[str, Column]
    parts: tuple[Part, ...] = ()
    fixed: Row = field(default_factory=dict)
    finish: Callable[[list[Row]], None] | None = None

    @property
    def columns(self) -> dict[str, Column]:
        """All columns by their headings."""
        found = dict(self.head)
        for part in self.parts:
            for one in (part, *part.below):
                found |= one.columns
        return found

    def documents(self, rows: Iterable[Cells]) -> list[Row]:
        """The ERP's rows of a sheet, one per document, in the order of the sheet.

        A number may be spelled with or without leading zeros. Documents are refused whose rows contradict each other, say a word
        that is none of a column's, or leave one empty that must say something: an empty amount would be taken for none.
        """
        found: dict[tuple[str, ...], list[Cells]] = {}
        for row in rows:
            found.setdefault(_key(self.key, row), []).append(row)
        documents = list(map(self._document, found.values()))
        if self.finish is not None:
            self.finish(documents)
        return documents

    def _document(self, rows: list[Cells]) -> Row:
        faults = Faults()
        document = {**self.fixed, **_agreed(self.head, rows, faults)}
        for part in self.parts:
            place(document, part.path, part.read(rows, faults))
        if faults.empty:
            columns = ", ".join(dict.fromkeys(faults.empty))
            refuse(document, lazily(_("Columns that are empty: %(columns)s."), columns=columns))
        if faults.contradicted:
            columns = ", ".join(dict.fromkeys(faults.contradicted))
            refuse(document, lazily(_("Its rows contradict each other in the columns: %(columns)s."), columns=columns))
        for why in faults.unreadable:
            refuse(document, why)
        return document


def refuse(document: Row, why: Any) -> None:
    """Have a document rejected for what its row alone does not show; `why` is a lazy text. It stays so when it is tried again."""
    before = document.get(REFUSED, {})
    document[REFUSED] = in_each_language(lambda: " ".join(filter(None, (before.get(get_language()), str(why)))))


def _key(headings: tuple[str, ...], row: Cells) -> tuple[str, ...]:
    return tuple(norm_id(row.get(heading)) for heading in headings)


def _agreed(columns: Mapping[str, Column], rows: list[Cells], faults: Faults) -> Row:
    """What rows say together. An empty cell says nothing."""
    cells = {}
    for heading, column in columns.items():
        if heading in rows[0]:
            found = list(dict.fromkeys(row[heading] for row in rows if row[heading])) or [""]
            cells[heading] = found[0]
            if column.required and not found[0]:
                faults.empty.append(heading)
            if any(_meant(column, cell) != _meant(column, found[0]) for cell in found[1:]):
                faults.contradicted.append(heading)
    return _values(columns, cells, faults)


def _meant(column: Column, cell: str) -> Any:
    """What a cell says, however it is spelled."""
    read = column.meaning(cell)
    if not isinstance(read, str):
        return read
    found = amount(read) if column.read is number else None
    return norm_id(read) if found is None else found


def _values(columns: Mapping[str, Column], row: Cells, faults: Faults) -> Row:
    """The properties of a row's cells; a cell that cannot be read stays as it is."""
    values: Row = {}
    for heading, column in columns.items():
        if heading not in row:
            continue
        read = column.meaning(row[heading])
        if isinstance(read, Unreadable):
            faults.unreadable.append(lazily(_("Column %(column)s: %(why)s"), column=heading, why=read.why))
            place(values, column.property or heading, read.cell)
        else:
            for name, value in ({column.property: read} if column.property else read).items():
                place(values, name, value)
    return values


def place(row: Row, path: str, value: Any) -> None:
    """Put a value at a path, making what it leads through."""
    *above, name = path.split("/")
    for step in above:
        row = row.setdefault(step, {})
    row[name] = value
