"""Columnar tables: what the demo company is made of."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
NULL = int(np.iinfo(np.int64).min)  # null of money, amount, kg, price and rate

DTYPES: dict[str, Any] = {
    "int": np.int64,
    "ref": np.int64,
    "digits": np.int64,
    "flag": np.bool_,
    "date": "datetime64[D]",
    "time": "datetime64[s]",
    "money": np.int64,
    "amount": np.int64,
    "kg": np.int64,
    "price": np.int64,
    "rate": np.int64,
    "text": object,
    "choice": np.int16,
}
PLACES = {"money": 2, "amount": 3, "kg": 3, "price": 4, "rate": 8}


class Column:
    """Values of one kind. `vocabulary` holds the words of a choice column."""

    def __init__(self, kind: str, values: Any, vocabulary: Sequence[str] = ()) -> None:
        self.kind = kind
        self.vocabulary = tuple(vocabulary)
        self.values: Array = np.array(values, dtype=DTYPES[kind])  # a copy: two columns never share values

    def python(self, index: Any = slice(None)) -> list[Any]:
        """Values as Python objects: Decimal, date, aware datetime, str, int, bool or None."""
        values = self.values[index]
        if self.kind in PLACES:
            places = -PLACES[self.kind]
            return [None if value == NULL else Decimal(value).scaleb(places) for value in values.tolist()]
        if self.kind == "choice":
            return [self.vocabulary[code] for code in values.tolist()]
        if self.kind == "digits":
            return [str(value) if value else "" for value in values.tolist()]
        if self.kind == "ref":
            return [value or None for value in values.tolist()]
        if self.kind == "time":
            return [None if value is None else value.replace(tzinfo=dt.UTC) for value in values.tolist()]
        return list(values.tolist())

    def copy_texts(self, start: int, stop: int) -> list[str]:
        """Rows start to stop as PostgreSQL's COPY reads them."""
        values = self.values[start:stop]
        if self.kind in ("date", "time"):
            return _copy_times(values, "Z" if self.kind == "time" else "")
        plain = values.tolist()
        if self.kind in PLACES:
            places = PLACES[self.kind]
            return ["\\N" if value == NULL else f"{value}e-{places}" for value in plain]
        if self.kind == "choice":
            words = [_escape(word) for word in self.vocabulary]
            return [words[code] for code in plain]
        if self.kind == "digits":
            return [str(value) if value else "" for value in plain]
        if self.kind == "ref":
            return [str(value) if value else "\\N" for value in plain]
        if self.kind == "flag":
            return ["t" if value else "f" for value in plain]
        if self.kind == "text":
            return ["\\N" if value is None else _escape(value) for value in plain]
        return list(map(str, plain))


def _escape(text: str) -> str:
    if "\\" in text or "\n" in text or "\t" in text or "\r" in text:
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return text


def _copy_times(values: Array, suffix: str) -> list[str]:
    distinct, place = np.unique(values, return_inverse=True)
    texts = ["\\N" if text == "NaT" else f"{text}{suffix}" for text in np.datetime_as_string(distinct).tolist()]
    return [texts[index] for index in place.tolist()]


class Table:
    """Columns of equal length by name. `id` counts from 1, so the row of an id is id - 1."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.columns: dict[str, Column] = {}

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())).values) if self.columns else 0

    def __getitem__(self, name: str) -> Array:
        return self.columns[name].values

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def add(self, name: str, kind: str, values: Any, vocabulary: Sequence[str] = ()) -> None:
        """Add a column. A single value fills it; texts of a choice column are turned into codes."""
        if kind == "choice" and not vocabulary:
            vocabulary = (values,) if isinstance(values, str) else tuple(sorted(set(values)))
        if kind == "choice" and (isinstance(values, str) or (len(values) and isinstance(values[0], str))):
            place = {word: code for code, word in enumerate(vocabulary)}
            values = place[values] if isinstance(values, str) else [place[word] for word in values]
        if np.ndim(values) == 0:
            values = np.full(len(self), values, dtype=DTYPES[kind])
        column = Column(kind, values, vocabulary)
        if self.columns and len(column.values) != len(self):
            raise ValueError(f"{self.name}.{name} has {len(column.values)} values, the table {len(self)} rows")
        self.columns[name] = column

    def add_ids(self, count: int) -> None:
        """Start the table: primary keys 1 to count."""
        self.add("id", "int", np.arange(1, count + 1))

    def choice(self, name: str, text: str) -> int:
        """The code of a word of a choice column."""
        return self.columns[name].vocabulary.index(text)

    def texts(self, name: str) -> list[str]:
        """A whole column as texts, as `rows` gives it."""
        return self.columns[name].python()

    def rows(self, *names: str, start: int = 0, stop: int | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows from start to stop as tuples of Python values, all columns when no names are given."""
        index = slice(start, len(self) if stop is None else stop)
        return zip(*(self.columns[name].python(index) for name in names or self.columns), strict=True)

    def value(self, pk: int, name: str) -> Any:
        """One value by its row's id, as a Python value."""
        return self.columns[name].python(slice(pk - 1, pk))[0]

    def row(self, pk: int) -> dict[str, Any]:
        """One row by its id, as a dict of Python values."""
        return {name: column.python(slice(pk - 1, pk))[0] for name, column in self.columns.items()}
