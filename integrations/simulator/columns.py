"""Reads the demo company's tables as SAP writes them."""

from typing import Any

import numpy as np

from crm.demo.table import PLACES, Table
from integrations.simulator.documents import item_no


class Part:
    """Rows of a table, read as SAP writes them."""

    def __init__(self, table: Table, start: int, stop: int) -> None:
        self.table = table
        self.rows = slice(start, stop)

    def text(self, name: str) -> list[Any]:
        """Texts, choices, digits; numbers as they are."""
        return self.table.columns[name].python(self.rows)

    def days(self, name: str) -> list[Any]:
        """Dates as kept: milliseconds, None for no date."""
        return milliseconds(self.table[name][self.rows])

    moments = days

    def number(self, name: str, *, positive: bool = False) -> list[str]:
        """Decimals as texts; without their sign when `positive`."""
        column = self.table.columns[name]
        values = self.table[name][self.rows]
        places = PLACES[column.kind]
        whole = (np.abs(values) if positive else values).tolist()
        unit = 10**places
        return [f"{'-' if value < 0 else ''}{abs(value) // unit}.{abs(value) % unit:0{places}d}" for value in whole]

    def ids(self, name: str) -> Any:
        """A column of ids, as an array."""
        return self.table[name][self.rows]

    def items(self, name: str) -> list[str]:
        """Item numbers of six digits."""
        return [item_no(value) for value in self.table[name][self.rows].tolist()]


def milliseconds(values: Any) -> list[Any]:
    """Dates as kept: None for no date."""
    empty = np.isnat(values)
    plain = values.astype("datetime64[ms]").astype(np.int64).tolist()
    return [None if nothing else value for value, nothing in zip(plain, empty.tolist(), strict=True)]


def of(table: Table, name: str, ids: Any) -> list[Any]:
    """Values of another table's rows by their ids (0 gives an empty text)."""
    values = table.columns[name].python()
    return [values[pk - 1] if pk else "" for pk in ids.tolist()]


def dicts(table: Table) -> list[dict[str, Any]]:
    """The rows of a table by column."""
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows()]
