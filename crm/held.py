"""What apps declare of the personal data they hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Label = Any  # str or the lazy string of gettext_lazy


@dataclass(frozen=True, eq=False)
class PersonalData:
    """A kind of record that holds data about persons. `key` is the model's label ("app.Model").

    `fields` is what is held about the person: it is exported, and emptied by erasure; `erased` gives what stands afterwards where
    empty will not do (a value, or a function of the record). A person is found by `names`, `phones` and `emails`, or, with
    `parent` (key, foreign key), together with a record of another kind. `search_text(record)` makes the search text anew.

    `retention` says in words how long it is kept. `due(day)` gives the rows that have not been needed since that day, for a rule
    that erases them; `months` is what such a rule proposes. `remove(rows)` deletes rows with their files instead.
    `keeps(record)` says why a record cannot be erased now, or "".
    """

    key: str
    purpose: Label
    fields: tuple[str, ...]
    retention: Label
    erased: Mapping[str, Any] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    parent: tuple[str, str] | None = None
    search_text: Callable[[Any], str] | None = None
    due: Callable[[date], Any] | None = None
    months: int = 36
    remove: Callable[[Any], int] | None = None
    keeps: Callable[[Any], str] = lambda record: ""
    order: int = 100
