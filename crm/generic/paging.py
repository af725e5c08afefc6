"""Which rows make a page of a list.

Nothing reads past rows it does not show when it can help it: the next and the previous page start at a mark (the sort value and
the key of the last or first row shown, in the query string), so the thousandth page costs what the first one does. A page that
is asked for by its number alone takes the primary keys from the sort's index first and then their rows (deferred join).

Several sort keys have no index: the database finds the best 51 keys of the rows in reach, from a mark too, and then reads their
rows only.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, Func, JSONField, Model, Q, QuerySet, Value
from django.http import QueryDict

PAGE_SIZE = 50
LAST_PAGE = 100_000
MOST_KEYS = 3  # of a sort
PAGING_KEYS = ("page", "after", "before")  # of the query string; a change of filter, sort or view drops them

Load = Callable[[QuerySet[Any]], QuerySet[Any]]


@dataclass(frozen=True)
class Mark:
    """A row's place in a sort: the value of the sort's field (None when it is empty) and the key."""

    value: Any
    pk: int
    is_json: bool = False

    def text(self) -> str:
        """As it stands in the query string."""
        if self.value is None:
            return str(self.pk)
        if self.is_json:
            return f"{self.pk}~{json.dumps(self.value)}"
        return f"{self.pk}~{self.value.isoformat() if hasattr(self.value, 'isoformat') else self.value}"


class Beyond(Func):
    """(field, key) < (value, key's value): as a pair, which an index on both is read from; taken apart it would not be."""

    output_field = BooleanField()

    def __init__(self, *expressions: Any, way: str) -> None:
        super().__init__(*expressions)
        self.way = way

    def as_sql(self, compiler: Any, connection: Any, *_args: Any, **_extra: Any) -> Any:
        """The comparison of the two pairs."""
        (a, b, c, d), params = zip(*(compiler.compile(part) for part in self.get_source_expressions()), strict=True)
        return f"({a}, {b}) {self.way} ({c}, {d})", [value for values in params for value in values]


@dataclass(frozen=True)
class Sort:
    """One field, which may lie in a related row, up or down; rows without a value come last both ways, ties by key."""

    model: type[Model]
    field: str
    down: bool = False

    @property
    def fields(self) -> list[Any]:
        """The model fields on the way to the sort's field, which is the last."""
        model: Any = self.model
        found: list[Any] = []
        for name in self.field.split("__"):
            if found and isinstance(found[-1], JSONField):
                break  # the rest is a key inside
            found.append(model._meta.get_field(name))
            model = found[-1].related_model or model
        return found

    @property
    def related(self) -> tuple[str, ...]:
        """The related row that holds the field, for select_related."""
        return (self.field.rpartition("__")[0],) if "__" in self.field and not self.inside else ()

    @property
    def inside(self) -> bool:
        """Whether it is a key inside a JSON field."""
        return isinstance(self.fields[-1], JSONField)

    @property
    def nullable(self) -> bool:
        """Whether the field, or a relation on the way to it, can be null."""
        return self.inside or any(field.null or (field.auto_created and not field.concrete) for field in self.fields)

    @property
    def key(self) -> str:
        """What breaks ties: the primary key, in the related table where that is its key too, so that one index has both."""
        *way, _field = self.fields
        if len(way) == 1 and way[0].one_to_one and way[0].auto_created and way[0].remote_field.primary_key:
            return f"{way[0].name}__pk"
        return "pk"

    def order(self, *, backwards: bool = False, empty: bool = False) -> list[Any]:
        """For order_by, of the rows with a value or of the `empty` ones. It says nothing of nulls: PostgreSQL reads a plain index
        backwards only for the plain order."""
        down = self.down != backwards
        names = ["pk"] if empty else [self.field, self.key]
        return [F(name).desc() if down else F(name).asc() for name in names]

    def whole(self) -> list[Any]:
        """For order_by of all rows at once, where no index needs to serve it."""
        field = F(self.field)
        first = field.desc(nulls_last=True) if self.down else field.asc(nulls_last=True)
        return [first, F("pk").desc() if self.down else F("pk").asc()]

    def value_of(self, row: Any) -> Any:
        """What a row that was loaded with what the sort needs is sorted by."""
        value = row
        for step in self.field.split("__"):
            value = value.get(step) if isinstance(value, dict) else getattr(value, step, None)
        return getattr(value, "pk", value)

    def mark(self, row: Any) -> Mark:
        """The place of such a row."""
        return Mark(self.value_of(row), row.pk, self.inside)

    def read(self, text: str) -> Mark | None:
        """The mark of a query string; None when it is not one, which leaves the page's number to decide."""
        key, filled, value = text.partition("~")
        if not (key.isascii() and key.isdecimal() and len(key) < 19):
            return None
        try:
            if filled and self.inside:
                return Mark(json.loads(value), int(key))
            return Mark(self.fields[-1].to_python(value) if filled else None, int(key))
        except (ValidationError, ValueError, RecursionError):
            return None

    def beyond(self, mark: Mark, *, backwards: bool) -> Any:
        """The rows after a mark, or before it."""
        rising = self.down == backwards
        if mark.value is None:
            return Q(**{"pk__gt" if rising else "pk__lt": mark.pk})
        value = Value(mark.value, output_field=self.fields[-1])
        return Beyond(F(self.field), F(self.key), value, Value(mark.pk), way=">" if rising else "<")


@dataclass(frozen=True)
class Marks:
    """A row's place in a sort by several fields."""

    values: tuple[Any, ...]
    pk: int

    def text(self) -> str:
        """As it stands in the query string; a value that is missing has no "="."""
        parts = ("" if v is None else f"={v.isoformat() if hasattr(v, 'isoformat') else v}" for v in self.values)
        return f"{self.pk}~" + _BETWEEN.join(parts)


_BETWEEN = "\x1f"  # the unit separator, which no value has


@dataclass(frozen=True)
class Sorts:
    """Several fields, each up or down; rows without a value come last, ties by key."""

    keys: tuple[Sort, ...]

    @property
    def related(self) -> tuple[str, ...]:
        """The related rows that hold the fields, for select_related."""
        return tuple(path for key in self.keys for path in key.related)

    def order(self, *, backwards: bool = False) -> list[Any]:
        """For order_by."""
        found: list[Any] = []
        for key in self.keys:
            nulls: dict[str, Any] = {"nulls_first" if backwards else "nulls_last": True} if key.nullable else {}
            found.append(F(key.field).desc(**nulls) if key.down != backwards else F(key.field).asc(**nulls))
        return [*found, F("pk").desc() if self.keys[-1].down != backwards else F("pk").asc()]

    def whole(self) -> list[Any]:
        """For order_by of all rows at once."""
        return self.order()

    def mark(self, row: Any) -> Marks:
        """The place of a row."""
        return Marks(tuple(key.value_of(row) for key in self.keys), row.pk)

    def read(self, text: str) -> Marks | None:
        """The mark of a query string; None when it is none of this sort."""
        number, _tilde, rest = text.partition("~")
        parts = rest.split(_BETWEEN)
        if not (number.isascii() and number.isdecimal() and len(number) < 19 and len(parts) == len(self.keys)):
            return None
        try:
            return Marks(
                tuple(
                    key.fields[-1].to_python(part[1:]) if part else None
                    for key, part in zip(self.keys, parts, strict=True)
                ),
                int(number),
            )
        except ValidationError:
            return None

    def beyond(self, mark: Marks, *, backwards: bool) -> Q:
        """The rows after a mark, or before it: those that are alike up to some key and lie beyond in that one."""
        alike, found = Q(), Q(pk__in=[])
        for key, value in zip(self.keys, mark.values, strict=True):
            found |= alike & _beyond(key, value, backwards=backwards)
            alike &= Q(**{f"{key.field}__isnull": True}) if value is None else Q(**{key.field: value})
        last = "pk__lt" if self.keys[-1].down != backwards else "pk__gt"
        return found | (alike & Q(**{last: mark.pk}))


def _beyond(key: Sort, value: Any, *, backwards: bool) -> Q:
    """What lies beyond a value of one field; rows without a value lie behind all others."""
    if value is None:
        return Q(**{f"{key.field}__isnull": False}) if backwards else Q(pk__in=[])
    found = Q(**{f"{key.field}__{'lt' if key.down != backwards else 'gt'}": value})
    return found if backwards or not key.nullable else found | Q(**{f"{key.field}__isnull": True})


class Pages:
    """Pages of the rows `found` in the order of `sort` (None: as the model is ordered).

    `load` adds what the columns need. `total` is how many rows there are, known up to some limit: it spares the query for rows
    without a value when those with one are all.
    """

    def __init__(self, found: QuerySet[Any], sort: Sort | Sorts | None, load: Load, total: int) -> None:
        self.found, self.sort, self.load, self.total = found, sort, load, total

    def rows(self, params: QueryDict, page: int) -> tuple[list[Any], bool]:
        """The page's rows, and whether a page follows."""
        if isinstance(self.sort, Sorts):
            return self._of_several(self.sort, params, page)
        if isinstance(self.sort, Sort) and page > 1:
            for name, backwards in (("after", False), ("before", True)):
                mark = self.sort.read(params.get(name, ""))
                if mark is not None:
                    return self._from_mark(self.sort, mark, backwards=backwards)
        rows = self._first(self.sort) if isinstance(self.sort, Sort) and page == 1 else self._by_number(page)
        return rows[:PAGE_SIZE], len(rows) > PAGE_SIZE

    def _of_several(self, sort: Sorts, params: QueryDict, page: int) -> tuple[list[Any], bool]:
        """The page of a sort by several fields: from a mark, or counted from the first row."""
        for name, backwards in (("after", False), ("before", True)):
            mark = sort.read(params.get(name, "")) if page > 1 else None
            if mark is not None:
                found = self.found.filter(sort.beyond(mark, backwards=backwards)).order_by(
                    *sort.order(backwards=backwards)
                )
                keys = list(found.values_list("pk", flat=True)[: PAGE_SIZE + 1 - backwards])
                rows = self._of_keys(keys[::-1] if backwards else keys)
                return rows[:PAGE_SIZE], backwards or len(rows) > PAGE_SIZE
        start = (page - 1) * PAGE_SIZE
        ordered = self.found.order_by(*sort.order()).values_list("pk", flat=True)
        rows = self._of_keys(list(ordered[start : start + PAGE_SIZE + 1]))
        return rows[:PAGE_SIZE], len(rows) > PAGE_SIZE

    def _segments(self, sort: Sort) -> list[QuerySet[Any]]:
        """Rows with a value, then those without: two query sets that an index serves each, where NULLS LAST would sort it all."""
        if not sort.nullable:
            return [self.found]
        return [self.found.filter(**{f"{sort.field}__isnull": empty}) for empty in (False, True)]

    def _first(self, sort: Sort) -> list[Any]:
        rows: list[Any] = []
        wanted = min(PAGE_SIZE + 1, self.total)
        for index, segment in enumerate(self._segments(sort)):
            if not index or len(rows) < wanted:
                rows += self.load(segment.order_by(*sort.order(empty=index > 0)))[: PAGE_SIZE + 1 - len(rows)]
        return rows

    def _from_mark(self, sort: Sort, mark: Mark, *, backwards: bool) -> tuple[list[Any], bool]:
        segments = self._segments(sort)
        here = 1 if mark.value is None and len(segments) > 1 else 0
        way = range(here, -1, -1) if backwards else range(here, len(segments))
        wanted = PAGE_SIZE if backwards else PAGE_SIZE + 1  # before a mark there is always a page after: the mark's own
        rows: list[Any] = []
        for index in way:
            found = segments[index].order_by(*sort.order(backwards=backwards, empty=index > 0))
            if index == here:
                found = found.filter(sort.beyond(mark, backwards=backwards))
            if len(rows) < wanted:
                rows += self.load(found)[: wanted - len(rows)]
        return (rows[::-1], True) if backwards else (rows[:PAGE_SIZE], len(rows) > PAGE_SIZE)

    def _by_number(self, page: int) -> list[Any]:
        """Keys first, from the index; then their rows."""
        start, wanted = (page - 1) * PAGE_SIZE, PAGE_SIZE + 1
        if not isinstance(self.sort, Sort):
            ordering = self.found.query.order_by or self.found.query.get_meta().ordering or ()
            found = self.found.order_by(*ordering, "pk")
            if page == 1:
                return list(self.load(found)[:wanted])
            return self._of_keys(list(found.values_list("pk", flat=True)[start : start + wanted]))
        keys: list[Any] = []
        for index, segment in enumerate(self._segments(self.sort)):
            if len(keys) < wanted:
                ordered = segment.order_by(*self.sort.order(empty=index > 0)).values_list("pk", flat=True)
                keys += ordered[start : start + wanted - len(keys)]
                # only a page that begins past this segment needs to know how long it is
                start = 0 if keys else max(0, start - (segment.order_by().count() if self.sort.nullable else 0))
        return self._of_keys(keys)

    def _of_keys(self, keys: list[Any]) -> list[Any]:
        by_key = {row.pk: row for row in self.load(self.found.filter(pk__in=keys)).order_by()} if keys else {}
        return [by_key[key] for key in keys if key in by_key]
