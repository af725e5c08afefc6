"""Read a sheet from an uploaded file: what it is by its content, its sheets, its rows as text."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import python_calamine
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from crm.errors import DomainError
from crm.importing.cells import text_of
from crm.languages import lazily

MAX_UNPACKED = 600 * 1024 * 1024  # bytes a workbook may have once unpacked
MAX_ROWS = 300_000
MAX_COLUMNS = 200
_DELIMITERS = ",;\t|"
_LONGEST_CELL = 1_000_000

Cells = list[str]


@dataclass(frozen=True)
class Merge:
    """Merged cells: rows and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Book(Protocol):
    """An opened file."""

    names: list[str]

    def rows(self, sheet: str) -> Iterator[tuple[int, Cells]]:
        """(number in the user's sheet from 1, cells as text) of every row, merged areas filled with their value."""

    def merges(self, sheet: str) -> list[Merge]:
        """The merged areas of a sheet."""

    def height(self, sheet: str) -> int:
        """About how many rows there are, without reading them."""


def open_book(content: bytes) -> Book:
    """The file by its content, whatever its name. Raises DomainError with a message that says what to do."""
    if len(content) > settings.IMPORT_MAX_BYTES:
        limit = filesizeformat(settings.IMPORT_MAX_BYTES)
        raise DomainError(
            lazily(_("The file is larger than %(limit)s: split it into several files."), limit=limit), field="file"
        )
    if not content.strip(b"\0 \r\n\t"):
        raise DomainError(_("The file is empty."), field="file")
    if content.startswith(b"PK\x03\x04"):
        _check_zip(content)
        return Workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise _protected()
        return Workbook(content)
    return TextFile(content)


def _check_zip(content: bytes) -> None:
    """A workbook, not encrypted, and not one that fills the memory once unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise _broken() from error
    names = {entry.filename for entry in entries}
    if not any(name.startswith("xl/workbook.") for name in names):
        raise DomainError(_("This is not an Excel workbook or a CSV file: save it as .xlsx or .csv."), field="file")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise DomainError(_("The workbook is too large once unpacked: split it into several files."), field="file")


def _broken() -> DomainError:
    return DomainError(_("The file is damaged and cannot be read: open it in Excel and save it again."), field="file")


def _protected() -> DomainError:
    return DomainError(_("The workbook is protected by a password: save it without one."), field="file")


class Workbook:
    """.xlsx, .xlsm, .xlsb and .xls by calamine."""

    def __init__(self, content: bytes) -> None:
        try:
            self._book = python_calamine.load_workbook(io.BytesIO(content))
            visible = [
                meta.name for meta in self._book.sheets_metadata if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
        except python_calamine.PasswordError as error:
            raise _protected() from error
        except python_calamine.CalamineError as error:
            raise _broken() from error
        self.names = visible or list(self._book.sheet_names)
        self._opened: tuple[str, Any] | None = None

    def _sheet(self, name: str) -> Any:
        if self._opened and self._opened[0] == name:
            return self._opened[1]
        self._opened = None  # the sheet before goes first: each holds all of its cells
        try:
            sheet = self._book.get_sheet_by_name(name)
        except python_calamine.WorksheetNotFound as error:
            raise DomainError(lazily(_("The workbook has no sheet “%(name)s”."), name=name), field="sheet") from error
        except python_calamine.CalamineError as error:
            raise _broken() from error
        if sheet.total_height > MAX_ROWS:
            raise DomainError(lazily(_("More than %(limit)d rows: split the file."), limit=MAX_ROWS), field="file")
        if sheet.total_width > MAX_COLUMNS:
            raise DomainError(
                lazily(_("More than %(limit)d columns: delete those not needed."), limit=MAX_COLUMNS), field="file"
            )
        self._opened = (name, sheet)
        return sheet

    def merges(self, sheet: str) -> list[Merge]:
        """The merged areas."""
        found = self._sheet(sheet).merged_cell_ranges or []
        return [Merge(top, left, bottom, right) for (top, left), (bottom, right) in found]

    def height(self, sheet: str) -> int:
        """The last row used."""
        return int(self._sheet(sheet).total_height)

    def rows(self, sheet: str) -> Iterator[tuple[int, Cells]]:
        """All rows as text."""
        opened = self._sheet(sheet)
        if opened.start is None:
            return
        offset = opened.start[1]
        starts: dict[int, list[Merge]] = {}
        for merge in self.merges(sheet):
            starts.setdefault(merge.top, []).append(merge)
        held: list[tuple[Merge, str]] = []
        for index, values in enumerate(opened.iter_rows()):
            cells = [""] * offset + [text_of(value) for value in values]
            if starts or held:
                held = [(merge, text) for merge, text in held if merge.bottom >= index]
                held += [(m, cells[m.left] if m.left < len(cells) else "") for m in starts.pop(index, [])]
                for merge, text in held:
                    for column in range(merge.left, min(merge.right + 1, len(cells))):
                        cells[column] = text
            yield index + 1, cells


class TextFile:
    """.csv in UTF-8, UTF-16 or GB18030 with any usual delimiter."""

    names = [""]

    def __init__(self, content: bytes) -> None:
        self._text = decoded(content)
        self._delimiter = delimiter_of(self._text)

    def merges(self, sheet: str) -> list[Merge]:
        """None: text has no merged cells."""
        return []

    def height(self, sheet: str) -> int:
        """Lines of text."""
        return self._text.count("\n") + 1

    def rows(self, sheet: str) -> Iterator[tuple[int, Cells]]:
        """All rows; a row is a record, which may span lines."""
        csv.field_size_limit(_LONGEST_CELL)
        reader = csv.reader(io.StringIO(self._text, newline=""), delimiter=self._delimiter)
        try:
            for number, values in enumerate(reader, start=1):
                if number > MAX_ROWS:
                    raise DomainError(
                        lazily(_("More than %(limit)d rows: split the file."), limit=MAX_ROWS), field="file"
                    )
                if len(values) > MAX_COLUMNS:
                    message = _("More than %(limit)d columns: delete those not needed.")
                    raise DomainError(lazily(message, limit=MAX_COLUMNS), field="file")
                yield number, [text_of(value) for value in values]
        except csv.Error as error:
            raise _broken() from error


def decoded(content: bytes) -> str:
    """The text: by its byte order mark, else UTF-8, else GB18030 (which Excel writes in China)."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        if b"\0" in content:
            raise DomainError(_("This is not an Excel workbook or a CSV file: save it as .xlsx or .csv."), field="file")
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<?xml", "%pdf", "{\\rtf")):
            raise DomainError(_("This is not an Excel workbook or a CSV file: save it as .xlsx or .csv."), field="file")
        return text
    raise DomainError(_("The text's encoding is neither UTF-8 nor GB18030: save it as “CSV UTF-8”."), field="file")


def delimiter_of(text: str) -> str:
    """The delimiter that cuts the first 30 records into most columns, alike from row to row."""
    best, best_score = ",", 0.0
    head = text[:100_000]
    for delimiter in _DELIMITERS:
        try:
            reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
            widths = [len(row) for _index, row in zip(range(30), reader, strict=False) if any(row)]
        except csv.Error:
            continue
        if not widths or max(widths) < 2:
            continue
        usual = max(set(widths), key=widths.count)
        score = usual * widths.count(usual) / len(widths)
        if usual > 1 and score > best_score:
            best, best_score = delimiter, score
    return best
