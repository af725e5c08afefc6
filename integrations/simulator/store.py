"""The simulator's data: one SQLite table per entity set, in a file that lives on between starts."""

import datetime as dt
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from integrations.simulator.edm import EntityType
from integrations.simulator.schema import ENTITY_TYPES

FORMAT = "6"  # raise it when the tables change: an older file is made anew

_EPOCH = dt.date(1970, 1, 1)
_DAY = 86_400_000
_COLUMN = {"Edm.DateTime": "INTEGER", "Edm.DateTimeOffset": "INTEGER", "Edm.Boolean": "INTEGER"}


def day_ms(day: dt.date) -> int:
    """A calendar date as it is kept: milliseconds of its midnight in UTC."""
    return (day - _EPOCH).days * _DAY


def moment_ms(at: dt.datetime) -> int:
    """A moment as it is kept: milliseconds since 1970 in UTC."""
    return round(at.timestamp() * 1000)


def ms_day(value: int) -> dt.date:
    """The calendar date of a kept value."""
    return _EPOCH + dt.timedelta(days=value // _DAY)


def ms_moment(value: int) -> dt.datetime:
    """The moment of a kept value, in UTC."""
    return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=value)


def _in_alpha(first: str, second: str) -> int:
    """How two keys stand to each other in SAP, which keeps numbers padded with zeros and sends them without."""
    left, right = (text.zfill(18) if text.isdigit() else text for text in (first, second))
    return (left > right) - (left < right)


class Store:
    """Connections are one per thread; writers take turns. With `alpha` keys are in the order of padded ones, and the same with
    and without their zeros; it is slow, and for a new file only."""

    def __init__(self, path: Path, *, alpha: bool = False) -> None:
        self.path = path
        self._alpha = alpha
        self._local = threading.local()
        self._writing = threading.RLock()
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and self.setting("format") != FORMAT:
            self._forget()
        self._create()

    @property
    def db(self) -> sqlite3.Connection:
        """This thread's connection."""
        if not hasattr(self._local, "db"):
            db = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA cache_size = -65536")
            db.create_collation("alpha", _in_alpha)
            self._local.db = db
        return self._local.db  # type: ignore[no-any-return]

    def close(self) -> None:
        """Close this thread's connection."""
        if hasattr(self._local, "db"):
            self._local.db.close()
            del self._local.db

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction; nested uses join it."""
        with self._writing:
            if self.db.in_transaction:
                yield
                return
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    def setting(self, name: str, default: str = "") -> str:
        """A value kept beside the data."""
        try:
            row = self.db.execute("SELECT value FROM setting WHERE name = ?", [name]).fetchone()
        except sqlite3.OperationalError:
            return default
        return row[0] if row else default

    def set(self, name: str, value: str) -> None:
        """Keep a value."""
        with self.writing():
            self.db.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", [name, value])

    def put(self, entity_set: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert rows, or replace those with the same key; properties not given are null."""
        kind = ENTITY_TYPES[entity_set]
        names = list(kind.properties)
        self.put_tuples(entity_set, ([row.get(name) for name in names] for row in rows))

    def put_tuples(self, entity_set: str, rows: Iterable[Sequence[Any]]) -> None:
        """Insert or replace rows whose values are in the order of the properties."""
        marks = ", ".join("?" for _name in ENTITY_TYPES[entity_set].properties)
        with self.writing():
            self.db.executemany(f"INSERT OR REPLACE INTO {entity_set} VALUES ({marks})", rows)  # noqa: S608 -- our own names

    def change(self, entity_set: str, key: Sequence[Any], **values: Any) -> int:
        """Change properties of one row; how many rows there were (0 or 1)."""
        kind = ENTITY_TYPES[entity_set]
        sets = ", ".join(f"{name} = ?" for name in values)
        where = " AND ".join(f"{name} = ?" for name in kind.key)
        with self.writing():
            return self.db.execute(f"UPDATE {entity_set} SET {sets} WHERE {where}", [*values.values(), *key]).rowcount  # noqa: S608 -- our own names

    def rows(
        self, entity_set: str, where: str = "1", parameters: Sequence[Any] = (), tail: str = ""
    ) -> list[dict[str, Any]]:
        """Rows by an SQL condition, as they are kept."""
        cursor = self.db.execute(f"SELECT * FROM {entity_set} WHERE {where} {tail}", list(parameters))  # noqa: S608 -- our own names
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def count(self, entity_set: str) -> int:
        """How many rows there are."""
        return int(self.db.execute(f"SELECT count(*) FROM {entity_set}").fetchone()[0])  # noqa: S608 -- our own names

    def next_number(self, entity_set: str, name: str, start: int, where: str = "1", values: Sequence[Any] = ()) -> str:
        """The next of a number range, which never gives a number twice, even when the document is deleted."""
        with self.writing():
            sql = f"SELECT max({name}) FROM {entity_set} WHERE {where}"  # noqa: S608 -- our own names
            last = int(self.db.execute(sql, list(values)).fetchone()[0] or 0)
            key = " ".join((entity_set, name, str(start), *map(str, values)))
            given = self.db.execute("SELECT last FROM number_range WHERE name = ?", [key]).fetchone()
            number = max(last + 1, start, given[0] + 1 if given else 0)
            self.db.execute("INSERT OR REPLACE INTO number_range (name, last) VALUES (?, ?)", [key, number])
        return str(number)

    def _forget(self) -> None:
        self.close()
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def _create(self) -> None:
        with self.writing():
            self.db.execute("CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
            self.db.execute("CREATE TABLE IF NOT EXISTS number_range (name TEXT PRIMARY KEY, last INTEGER NOT NULL)")
            for kind in ENTITY_TYPES.values():
                self._create_table(kind)
            self.db.execute("CREATE TABLE IF NOT EXISTS master_customer (number TEXT PRIMARY KEY, facts TEXT NOT NULL)")
            self.db.execute("CREATE TABLE IF NOT EXISTS master_product (number TEXT PRIMARY KEY, facts TEXT NOT NULL)")
        if not self.setting("format"):
            self.set("format", FORMAT)

    def _create_table(self, kind: EntityType) -> None:
        columns = [f"{name} {_COLUMN.get(facets[0], 'TEXT')}" for name, facets in kind.properties.items()]
        if self._alpha:
            columns = [f"{text} COLLATE alpha" if text.partition(" ")[0] in kind.key else text for text in columns]
        key = ", ".join(kind.key)
        self.db.execute(
            f"CREATE TABLE IF NOT EXISTS {kind.name} ({', '.join(columns)}, PRIMARY KEY ({key})) WITHOUT ROWID"
        )
        for place, names in enumerate(kind.indexes):
            self.db.execute(f"CREATE INDEX IF NOT EXISTS {kind.name}_{place} ON {kind.name} ({', '.join(names)})")
