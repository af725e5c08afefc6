"""Tables: declared columns, each with a function that gives the cell's markup.

A page has 50 rows of a dozen cells. A function per column and plain string joining keep that at a few milliseconds; a template
or a bound-cell object per cell is what makes lists slow (docs/decisions/0002).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any, ClassVar

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.formats import money_html, steady
from crm.generic.paging import MOST_KEYS, Sort, Sorts
from crm.generic.tagging import put_tags, tags_cell, tags_text
from crm.records import masking
from crm.records.choices import listed
from crm.records.extra import fields_of

Cell = Callable[[Any], str]
Value = Callable[[Any], Any]

TAGS = gettext_lazy("Tags")
_ANY_KEY = 987654321


@dataclass(frozen=True)
class Part:
    """One column of an exported sheet. `value(row)` gives a plain number, date or text, or is the path to it ("owner.label");
    `label` heads it (None: as the column), `unit` is said in the head ("kg")."""

    value: Value | str
    label: Any = None
    unit: Any = ""

    @property
    def read(self) -> Value:
        """The function that gives a row's value."""
        return path_value(self.value) if isinstance(self.value, str) else self.value


@dataclass(frozen=True)
class Column:
    """One column. `cell(row)` gives safe markup (use crm.formats and crm.markup; escape everything else).

    `value` is what an export holds of it: one value (a function or a path), or a Part for each thing the cell shows. Cells made
    by the functions below know theirs.

    `sort` names the field that sorts it (its index must exist); `select` what select_related must bring; `phone` is the label in
    front of the value when rows become cards on a phone (None: the column is left out there, "" : shown without a label).
    """

    key: str
    label: Any
    cell: Cell
    sort: str = ""
    css: str = ""
    select: tuple[str, ...] = ()
    phone: Any = None
    shown: bool = True
    descending: bool = False
    value: Value | str | Sequence[Part] | None = None
    gather: Callable[[Sequence[Any]], None] | None = None  # puts on a page of rows what the cell needs beyond `select`
    permission: str = ""  # readers without it do not get the column, nor its order, in lists and exports

    def is_for(self, user: Any) -> bool:
        """Whether the reader may see the column; everybody may, as None, where no reader is asked about."""
        return not self.permission or user is None or user.has_perm(self.permission)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What an export holds of the column; nothing when that is declared nowhere, which a test forbids."""
        value = getattr(self.cell, "value", None) if self.value is None else self.value
        if value is None:
            return ()
        return (Part(value),) if callable(value) or isinstance(value, str) else tuple(value)


@dataclass(frozen=True)
class Total:
    """What is added up below a column: the path to the number, the markup of a sum, and which rows count, where not all do."""

    path: str
    show: Callable[[Any], str] = money_html
    only: Q | None = None


class Table:
    """Base of a list's table: subclasses declare `columns`, the first of which names the row and links to it.

    `groups` says by which columns rows can be grouped: the path to a choice, a related row or a day (which counts by its month).
    `totals` says which columns have sums. `tagged`: it gets a column of the records' tags, which a reader can choose to see.
    `model` is the kind of record whose extra fields become columns too, not shown until somebody chooses them.
    """

    groups: ClassVar[Mapping[str, str]] = {}
    totals: ClassVar[Mapping[str, Total]] = {}
    columns: ClassVar[Sequence[Column]] = ()
    tagged: ClassVar[bool] = True
    model: ClassVar[Any] = None
    default_sort: ClassVar[str] = ""
    caption: ClassVar[Any] = ""

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        if cls.tagged and "columns" in cls.__dict__:
            cls.columns = [*cls.columns, Column("tags", TAGS, tags_cell, shown=False, phone=TAGS, value=tags_text)]

    @classmethod
    def offered(cls, user: Any = None) -> list[Column]:
        """The columns this reader can choose from: the first always; those of extra fields come last."""
        found = [column for index, column in enumerate(cls.columns) if index == 0 or column.is_for(user)]
        if cls.model is not None and (fields := fields_of(cls.model)):
            from crm.generic.extra import column_for  # noqa: PLC0415 -- builds on this module

            found += [column_for(field) for field in fields]
        return found

    @classmethod
    def chosen(cls, keys: Iterable[str] | None, user: Any = None) -> list[Column]:
        """The columns to show this reader: the first always, the others as chosen and in that order, or those shown by
        default."""
        first, *others = cls.offered(user)
        if not keys:
            return [first, *(column for column in others if column.shown)]
        by_key = {column.key: column for column in others}
        return [first, *(by_key.pop(key) for key in keys if key in by_key)]

    @classmethod
    def sort(cls, model: type[Model], wanted: str = "", user: Any = None) -> tuple[str, Sort | Sorts | None]:
        """The sort in force, as "-field,other" and for the pages: of what is wanted the first fields that columns offer, else the
        table's own, else the model's when that is one field; ("", None) otherwise."""
        offered = {column.sort for column in cls.offered(user) if column.sort}
        names: dict[str, str] = {}
        for part in wanted.split(",") if wanted else ():
            field = part.lstrip("-")
            alone = any(name.startswith("extra__") for name in (field, *names))  # keys inside a JSON field
            if field in offered and len(names) < MOST_KEYS and not (names and alone):
                names.setdefault(field, part)
        name = ",".join(names.values()) or cls.default_sort
        if len(names) > 1:
            return name, Sorts(tuple(Sort(model, field, down=part.startswith("-")) for field, part in names.items()))
        ordering = model._meta.ordering or ()
        by = name or (ordering[0] if len(ordering) == 1 and isinstance(ordering[0], str) else "")
        return name, Sort(model, by.lstrip("-"), down=by.startswith("-")) if by else None

    @classmethod
    def load(cls, rows: QuerySet[Any], columns: Sequence[Column], sort: Sort | Sorts | None = None) -> QuerySet[Any]:
        """The rows with what their columns and the sort need, in the same query."""
        related = {name for column in columns for name in column.select}
        if sort is not None:
            related.update(sort.related)
        model: Any = rows.model
        unread = ["search_text"] if hasattr(model, "search_text") else []
        for path in related:
            unread += [f"{path}__{name}" for name in getattr(_at(model, path), "beyond_label", ())]
        found = rows.defer(*unread) if unread else rows
        return found.select_related(*sorted(related)) if related else found

    @classmethod
    def prepare(cls, rows: Sequence[Any], columns: Sequence[Column]) -> None:
        """Puts on the rows what their columns need beyond `load`, for all of them at once."""

    @classmethod
    def ready(cls, rows: Sequence[Any], columns: Sequence[Column]) -> None:
        """All that is put on the rows before their cells are made: tags, what `prepare` adds and what columns gather."""
        if any(column.key == "tags" for column in columns):
            put_tags(rows)
        cls.prepare(rows, columns)
        for column in columns:
            if column.gather is not None:
                column.gather(rows)

    @classmethod
    def body(
        cls, rows: Sequence[Model], columns: Sequence[Column], *, url: Callable[[Any], str], selectable: bool
    ) -> SafeString:
        """The rows of the table's body."""
        cls.ready(rows, columns)
        choose = escape(_("Select %(name)s"))
        cells = [(_attributes(column), column.cell) for column in columns]
        out: list[str] = []
        with steady():
            for row in rows:
                out.append(f'<tr data-href="{escape(url(row))}">')
                if selectable:
                    label = choose.replace("%(name)s", escape(str(row)))
                    out.append(
                        f'<td><input type="checkbox" class="form-check-input" name="ids" value="{row.pk}" data-check'
                        f' form="bulk" aria-label="{label}"></td>'
                    )
                out.extend(f"<td{attribute}>{cell(row)}</td>" for attribute, cell in cells)
                out.append("</tr>")
        return mark_safe("".join(out))  # noqa: S308 -- cells give safe markup, the rest is escaped


@lru_cache(maxsize=512)
def _at(model: Any, path: str) -> Any:
    """The model that a path of relations leads to."""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def record_address(url_name: str, pk: Any) -> str:
    """The address of a record's page, reversed once per kind and not once per row."""
    before, after = _around_key(url_name)
    return f"{before}{pk}{after}"


@lru_cache(maxsize=256)
def _around_key(url_name: str) -> tuple[str, str]:
    before, _key, after = reverse(url_name, args=[_ANY_KEY]).rpartition(str(_ANY_KEY))
    return before, after


def _attributes(column: Column) -> str:
    classes = column.css if column.phone is not None else f"{column.css} hide-m".strip()
    text = f' class="{classes}"' if classes else ""
    if column.phone:
        text += f' data-l="{escape(str(column.phone))}"'
    return text


def path_value(path: str) -> Value:
    """What lies at "a.b.c" of a row; None where something on the way is missing."""
    names = path.split(".")

    def value(row: Any) -> Any:
        for name in names:
            row = getattr(row, name, None)
        return row

    return value


def exported(cell: Cell, value: Value | str | Sequence[Part]) -> Cell:
    """The cell, with what an export holds of it."""
    cell.value = value  # type: ignore[attr-defined]
    return cell


def text_cell(field: str, sub: str = "") -> Cell:
    """A cell of a plain field, with another below it in grey; an export holds the first."""

    def cell(row: Any) -> str:
        first = escape(str(getattr(row, field) or "")) or "—"
        second = escape(str(getattr(row, sub) or "")) if sub else ""
        return f'{first}<span class="sub">{second}</span>' if second else first

    return exported(cell, field)


def masked_cell(field: str) -> Cell:
    """A cell of a phone number or an e-mail address that only those on the account see, in the sheet too."""
    return exported(lambda row: masking.field_html(row, field), lambda row: masking.shown(row, field))


def choice_cell(field: str, tones: Mapping[Any, str] | None = None) -> Cell:
    """A cell of a choice as a badge; `tones` by value (ok, warn, bad, info, pri, vio, line)."""
    display = f"get_{field}_display"

    def cell(row: Any) -> str:
        value = getattr(row, field)
        if not value:
            return "—"
        tone = (tones or {}).get(value, "line")
        return f'<span class="pill pill-{tone}">{escape(getattr(row, display)())}</span>'

    return exported(cell, lambda row: getattr(row, display)() if getattr(row, field) else None)


def listed_cell(field: str, list_key: str) -> Cell:
    """A cell of an item of a choice list as a badge in its colour."""

    def label(row: Any) -> str | None:
        value = getattr(row, field)
        return listed(list_key).label(value) if value else None

    def cell(row: Any) -> str:
        value = getattr(row, field)
        known = listed(list_key)
        return f'<span class="pill pill-{known.tone(value)}">{escape(known.label(value))}</span>' if value else "—"

    return exported(cell, label)


def link_cell(url: Callable[[Any], str], title: Callable[[Any], Any], sub: Callable[[Any], Any] | None = None) -> Cell:
    """The cell that names the row, links to it and says more below."""

    def cell(row: Any) -> str:
        below = f'<span class="sub">{escape(str(sub(row)))}</span>' if sub else ""
        return f'<a class="ttl" href="{escape(url(row))}">{escape(str(title(row)))}</a>{below}'

    return exported(cell, (Part(title), Part(sub, pgettext_lazy("of a record", "Number"))) if sub else title)
