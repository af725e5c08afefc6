"""The preview's table: plain functions that join strings, as in crm.generic.tables."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from crm.importing.domain.storing import errors_by_code
from crm.importing.enums import BatchState, RowStatus
from crm.importing.messages import kind_of, message_of
from crm.importing.models import ImportBatch, ImportRow
from crm.importing.resources import Resource
from crm.markup import badge, icon

LONGEST = 60
_TONES = {
    RowStatus.NEW: "ok",
    RowStatus.CHANGED: "info",
    RowStatus.UNCHANGED: "line",
    RowStatus.DUPLICATE: "warn",
    RowStatus.ERROR: "bad",
}


@dataclass(frozen=True)
class GridColumn:
    """A column of the sheet that goes to a field."""

    index: int
    key: str
    label: Any
    required: bool
    numeric: bool


@dataclass(frozen=True)
class ErrorGroup:
    """One kind of error in one column: how many cells, and how many of them have a suggestion."""

    code: str
    key: str
    title: Any
    column: Any
    count: int
    fixable: int


def columns_of(resource: type[Resource], batch: ImportBatch) -> list[GridColumn]:
    """The columns of the preview, in the sheet's order."""
    out = []
    for index, key in enumerate(batch.mapping):
        if key:
            column = resource.column(key)
            out.append(GridColumn(index, key, column.label, column.required, column.parser.numeric))
    return out


def focused(columns: Sequence[GridColumn], resource: type[Resource], groups: Sequence[ErrorGroup]) -> list[GridColumn]:
    """Of the columns those with errors, and the ones that tell which row it is."""
    wanted = {group.key for group in groups} | {c.key for c in resource.columns if c.identifies or c.required}
    return [column for column in columns if column.key in wanted]


def error_groups(resource: type[Resource], batch: ImportBatch) -> list[ErrorGroup]:
    """The kinds of error, most frequent first."""
    return [
        ErrorGroup(code, key, kind_of(resource, code).title, resource.column(key).label if key else "", count, fixable)
        for code, key, count, fixable in errors_by_code(batch.pk)
    ]


def row_html(resource: type[Resource], batch: ImportBatch, row: ImportRow, columns: Sequence[GridColumn]) -> SafeString:
    """A row: its number, the cells with what is wrong in them, its result."""
    errors: dict[str, list[dict[str, Any]]] = {}
    for error in row.errors:
        errors.setdefault(error.get("key", ""), []).append(error)
    shown = {column.key for column in columns}
    elsewhere = [error for key, found in errors.items() if key not in shown for error in found]
    read_as = {fix["key"] for fix in row.fixes}
    remark_on = _remark_column(row, shown)
    cells = [f'<td id="r{row.number}">{row.number}</td>']
    for place, column in enumerate(columns):
        wrong = errors.get(column.key, []) + (elsewhere if place == 0 else [])
        text = row.raw[column.index] if column.index < len(row.raw) else ""
        if wrong:
            cells.append(
                _wrong_cell(resource, batch, row, column, text, wrong, ",".join(str(c.index) for c in columns))
            )
        elif column.key == remark_on:
            cells.append(_noted_cell(text, remark(row)))
        elif column.key in read_as:
            cells.append(_noted_cell(text, _("read as %(value)s") % {"value": row.clean.get(column.key, "")}))
        else:
            css = ' class="num"' if column.numeric else ""
            cells.append(f"<td{css}>{_short(text)}</td>")
    status = RowStatus(row.status)
    cells.append(f"<td>{badge(_TONES[status], status.label)}</td>")
    return mark_safe(f"<tr>{''.join(cells)}</tr>")  # noqa: S308 -- every part is escaped


def remark(row: ImportRow) -> str:
    """What a duplicate repeats, or which record stands for the one that the row names, in words."""
    note = row.note
    if note.get("merged"):
        return _("merged into %(code)s %(name)s, which is changed") % {
            "code": note["merged"],
            "name": note.get("label", ""),
        }
    if "row" in note:
        return _("repeats row %(row)s") % {"row": note["row"]}
    if note.get("count", 1) > 1:
        return _("%(count)s customers have this name") % {"count": note["count"]}
    if note.get("similar"):
        return _("probably %(code)s %(name)s") % {"code": note.get("code", ""), "name": note.get("label", "")}
    return _("exists: %(code)s %(name)s") % {"code": note.get("code", ""), "name": note.get("label", "")}


def _remark_column(row: ImportRow, shown: set[str]) -> str:
    if row.status != RowStatus.DUPLICATE and not row.note.get("merged"):
        return ""
    key = str(row.note.get("kind", ""))
    return key if key in shown else ""


def _short(text: str) -> str:
    if len(text) <= LONGEST:
        return escape(text)
    return f'<span title="{escape(text)}">{escape(text[:LONGEST])}…</span>'


def _noted_cell(text: str, message: str) -> str:
    return f'<td class="wr">{_short(text)}<span class="msg">{icon("info-circle", 12)}{escape(message)}</span></td>'


def _wrong_cell(
    resource: type[Resource],
    batch: ImportBatch,
    row: ImportRow,
    column: GridColumn,
    text: str,
    wrong: Sequence[dict[str, Any]],
    shown: str,
) -> str:
    """A cell with its messages; while the import waits it can be corrected in place, and the row comes back with `shown`."""
    here = f"e{row.number}-{column.index}"
    nothing = escape(_("(empty)"))
    messages = [f'<span class="msg" id="{here}">{icon("alert-circle", 12)}']
    messages.append(escape("; ".join(_message(resource, column, error) for error in wrong)))
    fix = next((error["fix"] for error in wrong if "fix" in error and error.get("key") == column.key), None)
    if batch.state != BatchState.READY:
        return f'<td class="er">{_short(text) or nothing}{"".join(messages)}</span></td>'
    url = reverse("importing:cell", args=[batch.pk])
    place = {"row": str(row.number), "column": str(column.index), "shown": shown}
    if fix is not None:
        values = escape(json.dumps({**place, "text": fix}))
        label = escape(_("Change to %(value)s") % {"value": fix})
        messages.append(
            f'<button type="button" class="fix" hx-post="{url}" hx-vals="{values}" hx-target="closest tr"'
            f' hx-swap="outerHTML">{label}</button>'
        )
    name = escape(_("%(column)s, row %(row)s") % {"column": column.label, "row": row.number})
    field = (
        f'<input class="cell-in" name="text" value="{escape(text)}" hx-post="{url}" hx-vals="{escape(json.dumps(place))}"'
        f' hx-target="closest tr" hx-swap="outerHTML" hx-trigger="change" aria-label="{name}" aria-invalid="true"'
        f' aria-describedby="{here}" placeholder="{nothing}" autocomplete="off">'
    )
    return f'<td class="er">{field}{"".join(messages)}</span></td>'


def _message(resource: type[Resource], column: GridColumn, error: dict[str, Any]) -> str:
    """The words; with the field's name when it is not this column's error."""
    words = message_of(resource, error)
    key = error.get("key", "")
    return words if key in ("", column.key) else f"{resource.column(key).label}: {words}"
