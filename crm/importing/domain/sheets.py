"""Sheets we write: rows that were not imported with their reason, and the empty sheet of a resource.

No cell we write is ever a formula: in .xlsx every cell is stored as text; in .csv a text that a spreadsheet would take for a
formula gets an apostrophe in front and quotes around.
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from django.core.files.base import File
from django.utils.translation import gettext as _

from crm.importing.domain.storing import rows_by_status
from crm.importing.messages import message_of
from crm.importing.models import ImportBatch, ImportRow
from crm.importing.resources import Resource, resource_of
from crm.sheets import harmless


def write_xlsx(target: Any, title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A workbook with one sheet of text cells into a path or a binary file."""
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True, "bg_color": "#EEF2F8", "bottom": 1})
    text = book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(head) - 1), 18, text)
    for column, word in enumerate(head):
        sheet.write_string(0, column, word, bold)
    for number, row in enumerate(rows, start=1):
        for column, word in enumerate(row):
            if word:
                sheet.write_string(number, column, word[:32767], text)
    book.close()


def write_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The same as text with a byte order mark, which Excel needs to read UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([harmless(word) for word in head])
    writer.writerows([harmless(word) for word in row] for row in rows)
    return "\ufeff" + out.getvalue()


def reasons(resource: type[Resource], row: ImportRow) -> str:
    """Why a row is not imported, in words: each field with its message."""
    out = []
    for error in row.errors:
        label = str(resource.column(error["key"]).label) if error.get("key") else ""
        message = message_of(resource, error)
        out.append(f"{label}: {message}" if label else message)
    return "; ".join(out)


def rejected_head(batch: ImportBatch) -> list[str]:
    """The user's own column heads and the reason's."""
    return [*_own_heads(batch), _("Reason")]


def _own_heads(batch: ImportBatch) -> list[str]:
    return [head for head in batch.headers if head]


def rejected_rows(batch: ImportBatch, **conditions: Any) -> Iterator[list[str]]:
    """The user's own cells with the reason behind."""
    resource = resource_of(batch.resource)
    shown = [index for index, head in enumerate(batch.headers) if head]
    for row in rows_by_status(batch.pk, **conditions):
        yield [*(row.raw[index] if index < len(row.raw) else "" for index in shown), reasons(resource, row)]


def store_rejected(batch: ImportBatch, **conditions: Any) -> None:
    """Write the rows that were not imported into a workbook kept with the batch."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rejected.xlsx"
        write_xlsx(
            str(path), "rejected", rejected_head(batch), rejected_rows(batch, **(conditions or {"outcome": "rejected"}))
        )
        with path.open("rb") as written:
            batch.rejected_file.save("rejected.xlsx", File(written), save=False)
    batch.save(update_fields=["rejected_file"])


def template_sheet(target: Any, resource: type[Resource], title: str) -> None:
    """The empty sheet of a resource: its column heads (required ones marked) and a row of examples."""
    head = [f"{column.label} *" if column.required else str(column.label) for column in resource.columns]
    write_xlsx(target, title, head, [[column.example for column in resource.columns]])
