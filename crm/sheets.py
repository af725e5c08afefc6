"""Sheets of typed cells: .xlsx and .csv. A number and a date are written as such; a text is never taken for a formula.

In .xlsx a text is stored as text; in .csv one that a spreadsheet would take for a formula gets an apostrophe in front.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"

# Excel takes the full-width signs for the plain ones
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NOT_IN_A_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST_TEXT = 32767  # of a cell in .xlsx


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def plain(value: Any) -> Any:
    """A cell's value as a sheet holds it: int, float, Decimal, date, datetime in the reader's zone without it, text or None."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, dt.datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    return value if isinstance(value, int | float | Decimal | dt.date) else str(value)


def write_sheet(path: Path, form: str, title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write a sheet ("xlsx" or "csv") row by row, whatever their number; returns how many rows there were."""
    return (_write_xlsx if form == "xlsx" else _write_csv)(path, title, head, rows)


def _write_csv(path: Path, _title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as out:  # Excel needs the byte order mark to read UTF-8
        writer = csv.writer(out)
        writer.writerow([harmless(word) for word in head])
        for row in rows:
            writer.writerow([_csv_cell(plain(value)) for value in row])
            count += 1
    return count


def _csv_cell(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value


def _write_xlsx(path: Path, title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(path), options)
    formats = {
        dt.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        dt.date: book.add_format({"num_format": "yyyy-mm-dd"}),
        Decimal: book.add_format({"num_format": "#,##0.00"}),
        str: book.add_format({"num_format": "@"}),
    }
    bold = book.add_format({"bold": True, "bg_color": "#EEF2F8", "bottom": 1})
    sheet = book.add_worksheet(title.translate(_NOT_IN_A_TITLE).strip()[:31] or None)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, max(1, len(head) - 1), 17)
    for column, word in enumerate(head):
        sheet.write_string(0, column, word, bold)
    count = 0
    for count, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write_cell(sheet, count, column, plain(value), formats)
    if count:
        sheet.autofilter(0, 0, count, len(head) - 1)
    book.close()
    return count


def _write_cell(sheet: Any, row: int, column: int, value: Any, formats: dict[type, Any]) -> None:
    if value is None:
        return
    style = formats.get(type(value))
    if isinstance(value, str):
        sheet.write_string(row, column, value[:_LONGEST_TEXT], style)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)
