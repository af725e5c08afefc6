"""The form of a field map: one table per entity set, read from top to bottom."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.periods import FIRST_DAY, LAST_DAY
from integrations.sap import values
from integrations.sap.client import Row
from orders.domain.conversion import Conversion
from orders.domain.documents import Written

OVERLAP = dt.timedelta(minutes=30)  # a row may become visible that long after its stamp


class Rejected(DomainError):
    """A row that cannot be taken, and why. `unread` names the properties when their values cannot be read."""

    code = "rejected"
    unread = ""


@dataclass(frozen=True)
class Field:
    """`name` here is made by `read` from the properties `sources` there."""

    name: str
    read: Callable[..., Any]
    sources: tuple[str, ...]


def field(name: str, read: Callable[..., Any], *sources: str) -> Field:
    """A line of a field map."""
    return Field(name, read, sources)


# What these read differs from row to row; everything else comes again and again, and is read once.
_DIFFERING = (values.decimal, values.norm_id, values.possible_moment)
_REMEMBERED = 1000  # values of a field


def _remembering(read: Callable[..., Any]) -> Callable[..., Any]:
    """The transform with a memory of its latest values. What it gives is shared: nobody changes it. It raises TypeError for a
    list or an object."""
    return read if read in _DIFFERING else lru_cache(_REMEMBERED)(read)


class FieldMap:
    """The fields of one entity set. `select` lists the properties to ask for."""

    def __init__(self, *fields: Field) -> None:
        self.fields = fields
        self.select = tuple(dict.fromkeys(source for item in fields for source in item.sources))
        self._selected: Callable[[Row], tuple[Any, ...]] = itemgetter(*self.select)  # two of them at the least
        # Most fields have one source, which needs no list of arguments.
        self._steps = [
            (item.name, _remembering(item.read), item.sources[0] if len(item.sources) == 1 else "", item.sources)
            for item in fields
        ]

    def read(self, row: Row) -> dict[str, Any]:
        """The row's values by our names. Raises Rejected, naming the property, for a value that cannot be read."""
        get = row.get
        try:
            return {
                name: read(get(source)) if source else read(*map(get, sources))
                for name, read, source, sources in self._steps
            }
        except (TypeError, ValueError) as error:
            raise self._unreadable(row) from error

    def picked(self, rows: Iterable[Row]) -> list[tuple[Any, ...]]:
        """Of each of these rows the selected properties as they came, in order."""
        try:
            return list(map(self._selected, rows))
        except KeyError:
            return [tuple(map(row.get, self.select)) for row in rows]

    def read_all(self, picked: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """The values of many rows of which `picked` gave the properties, each row's in the order of the fields. Raises as `read`.

        A column at a time, which takes half as long.
        """
        found = dict(zip(self.select, zip(*picked, strict=True), strict=bool(picked)))
        try:
            columns = (
                map(read, *(found[source] for source in sources)) for _name, read, _source, sources in self._steps
            )
            return list(zip(*columns, strict=True)) if picked else []
        except (TypeError, ValueError):
            for row in picked:
                self.read(dict(zip(self.select, row, strict=True)))
            raise

    def _unreadable(self, row: Row) -> Rejected:
        """Names the first field that cannot be read."""
        for _name, read, _source, sources in self._steps:
            found = [row.get(source) for source in sources]
            try:
                read(*found)
            except values.ImpossibleDay as error:
                days = {"property": ", ".join(sources), "day": error, "first": FIRST_DAY, "last": LAST_DAY}
                return Rejected(_("%(property)s is %(day)s: a date from %(first)s to %(last)s is taken.") % days)
            except (TypeError, ValueError):
                shown = {"property": ", ".join(sources), "value": ", ".join(map(str, found))}
                rejected = Rejected(_("%(property)s cannot be read: %(value)s") % shown)
                rejected.unread = shown["property"]
                return rejected
        return Rejected(_("A value cannot be read."))


class Lookups(Protocol):
    """What a row's keys mean here. `customer`, `product` and `unit` raise Rejected for a key nobody knows."""

    conversion: Conversion

    def customer(self, key: str) -> int: ...

    def product(self, key: str) -> int | None: ...

    def known_product(self, key: str) -> int | None: ...

    def unit(self, code: str) -> int: ...

    def product_line(self, code: str) -> int | None: ...


class Document(NamedTuple):
    """A document ready to be written. `below` are lists of what hangs below its lines."""

    header: Any
    lines: list[Any]
    below: tuple[list[Any], ...] = ()


class Slice(NamedTuple):
    """A part of a pass: a condition, and whether it is read in order of the stamp (else of the key)."""

    condition: str
    by_stamp: bool


@dataclass(frozen=True)
class Stamped:
    """Rows carry a moment of their last change; rows never changed may lack it and are found by their creation date."""

    stamp: str
    created: str

    @property
    def properties(self) -> tuple[str, ...]:
        """What must be selected for it."""
        return (self.stamp, self.created)

    def slices(self, watermark: str) -> list[Slice]:
        """What to read to see every change since the watermark."""
        since = dt.datetime.fromisoformat(watermark) - OVERLAP
        day = since.date() - dt.timedelta(days=1)
        return [
            Slice(f"{self.stamp} ge {values.moment_literal(since)}", by_stamp=True),
            Slice(f"{self.created} ge {values.date_literal(day)}", by_stamp=False),
        ]

    def newest(self, row: Row) -> str:
        """The row's stamp in the form of the watermark, "" when it has none."""
        at = values.moment(row.get(self.stamp))
        return at.isoformat() if at else ""

    def cap(self, server_time: dt.datetime) -> str:
        """The latest watermark that a pass begun at that time of the source may leave."""
        return server_time.isoformat()


@dataclass(frozen=True)
class Dated:
    """Rows carry only dates of change, each of which may be empty: yesterday and today are read again each time."""

    dates: tuple[str, ...]

    stamp = ""

    @property
    def properties(self) -> tuple[str, ...]:
        """What must be selected for it."""
        return self.dates

    def slices(self, watermark: str) -> list[Slice]:
        """What to read to see every change since the watermark."""
        day = values.date_literal(dt.date.fromisoformat(watermark) - dt.timedelta(days=1))
        return [Slice("(" + " or ".join(f"{name} ge {day}" for name in self.dates) + ")", by_stamp=False)]

    def newest(self, row: Row) -> str:
        """The row's newest date in the form of the watermark, "" when it has none."""
        found = [day for name in self.dates if (day := values.day(row.get(name)))]
        return max(found).isoformat() if found else ""

    def cap(self, server_time: dt.datetime) -> str:
        """The latest watermark that a pass begun at that time of the source may leave."""
        return server_time.date().isoformat()


# The selected properties of a row, of what is expanded below it, and for each of those what is below it, by path: lists in lists.
Picked = list[Any]
Tree = dict[str, tuple[FieldMap | None, "Tree"]]  # navigation -> what is read there, if anything, and what is below


@dataclass(frozen=True)
class EntitySet:
    """An entity set of the ERP and how it becomes ours.

    `entity` names it in ExternalRef; `items` and `schedule` are the field maps of the collections expanded under
    `to_items` and `to_items/to_schedule`, `also` those of further expanded paths; `customer` is the property whose customer
    the document belongs to.
    `build_all` makes the documents of many rows at once, all or none, where that is faster than `build` one by one; it is given
    what `picked` gave.
    `control` gives the group (a currency, or a unit) and the signed amount that a row adds to the control sums.
    """

    name: str
    label: Any
    service: str
    entity: str
    lock: int
    key: tuple[str, ...]
    header: FieldMap
    window: Stamped | Dated
    customer: str
    build: Callable[[Row, Lookups], Document]
    write: Callable[[list[Document], dt.datetime], Written]
    control: Callable[[Row], tuple[str, Decimal]]
    build_all: Callable[[Sequence[Picked], Lookups], list[Document]] | None = None
    items: FieldMap | None = None
    to_items: str = ""
    schedule: FieldMap | None = None
    to_schedule: str = ""
    where: str = ""
    also: tuple[tuple[str, FieldMap], ...] = ()

    def documents(self, rows: Iterable[Row], picked: Sequence[Picked], look: Lookups) -> list[Document]:
        """What the rows, of which these properties were picked, become, all or none. Raises as `build`, for any of them."""
        return self.build_all(picked, look) if self.build_all else [self.build(row, look) for row in rows]

    def parts(self) -> list[tuple[str, FieldMap]]:
        """Path and field map of every collection, or single entity, that is expanded."""
        found = [(self.to_items, self.items), (f"{self.to_items}/{self.to_schedule}", self.schedule)]
        return [(path, fields) for path, fields in found if fields] + list(self.also)

    def external_id(self, row: Row) -> str:
        """The row's key as we keep it: without padding, parts joined by slashes."""
        return "/".join(values.norm_id(row.get(name)) for name in self.key)

    def customer_of(self, row: Row) -> str:
        """The number of the customer that the row becomes one of, as its field map reads it."""
        source = self._customer_field
        return str(source.read(*map(row.get, source.sources))) if source else values.norm_id(row.get(self.customer))

    @cached_property
    def _customer_field(self) -> Field | None:
        return next((source for source in self.header.fields if source.name == "customer"), None)

    def options(self) -> dict[str, str]:
        """`$select` and `$expand`."""
        select = [*dict.fromkeys((*self.key, *self.header.select, *self.window.properties))]
        expand = []
        for path, fields in self.parts():
            expand.append(path)
            select += [f"{path}/{name}" for name in fields.select]
        return {"$select": ",".join(select), **({"$expand": ",".join(expand)} if expand else {})}

    def item_rows(self, row: Row) -> list[Row]:
        """The expanded items of a row."""
        return rows_at(row, self.to_items) if self.to_items else []

    def schedule_rows(self, item: Row) -> list[Row]:
        """The expanded schedule lines of an item."""
        return rows_at(item, self.to_schedule) if self.to_schedule else []

    def picked(self, row: Row) -> Picked:
        """What decides whether a document has changed, and what it is made of."""
        return [self.header.picked([row]), *_picked(row, self._tree)]

    @cached_property
    def _tree(self) -> Tree:
        """What is expanded, as it hangs together."""
        tree: Tree = {}
        for path, fields in sorted(self.parts(), key=itemgetter(0)):
            *above, name = path.split("/")
            here = tree
            for step in above:
                here = here[step][1] if step in here else here.setdefault(step, (None, {}))[1]
            here[name] = (fields, {})
        return tree


def _picked(row: Row, tree: Tree) -> Picked:
    found: Picked = []
    for name, (fields, below) in tree.items():
        rows = _children(row.get(name))
        if fields:
            found.append(fields.picked(rows))
        if below:
            found += [_picked(child, below) for child in rows]
    return found


def rows_at(row: Row, path: str) -> list[Row]:
    """What is expanded under a path, as a list: of a collection its rows, of a single entity that one, of nothing none."""
    if "/" not in path:
        return _children(row.get(path))
    rows = [row]
    for name in path.split("/"):
        rows = [child for found in rows for child in _children(found.get(name))]
    return rows


def _children(value: Any) -> list[Row]:
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, dict) and "__deferred" not in value else []


# ---- transforms that several maps use


def text(value: Any) -> str:
    """Text as it is, "" for null."""
    return value.strip() if type(value) is str else str(value or "").strip()


def first_text(*found: Any) -> str:
    """The first that is not empty."""
    for value in found:
        if stripped := text(value):
            return stripped
    return ""


def first_id(*found: Any) -> str:
    """The first id that is not empty, without padding."""
    return values.norm_id(first_text(*found))


def number(value: Any) -> int:
    """An item number such as 000010. Raises ValueError for what is none."""
    return int(value if type(value) is str else text(value))


def number_or_none(value: Any) -> int | None:
    """An item number; None when it is empty or zero."""
    return (int(text(value)) or None) if text(value) else None


def required_day(value: Any) -> dt.date:
    """A calendar date that must be there. Raises ValueError."""
    found = values.possible_day(value)
    if found is None:
        raise ValueError("empty date")
    return found


def flag(value: Any) -> bool:
    """A Boolean; OData V2 also writes it as text."""
    return value is True or value == "true" or value == "X"


def known_currency(code: str, look: Lookups, *amounts: Decimal) -> str:
    """The code when the list of currencies has it. Raises Rejected, also for amounts with more decimals than the currency has:
    they are in SAP's internal form, in which 100.50 may be 10,050 yen."""
    decimals = look.conversion.decimals.get(code)
    if decimals is None:
        raise Rejected(_("The currency %(code)s is not in the list of currencies.") % {"code": code or "?"})
    for amount in amounts:
        if amount != round(amount, decimals):
            text = _(
                "%(amount)s %(code)s has more decimals than the currency has: let the ERP give amounts in its own."
            )
            raise Rejected(text % {"amount": f"{amount.normalize():f}", "code": code})
    return code


def base_quantity(
    look: Lookups, product: int | None, quantity: Decimal, unit: str, base: Decimal, base_unit: str
) -> Decimal:
    """The quantity in our base unit: the ERP's own when it counts in the same, else by the product's ratio."""
    if product is None:
        return Decimal(0)
    if base_unit and base_unit == look.conversion.base_unit(product):
        return base
    return look.conversion.base_quantity(product, quantity, unit)
