"""What an app says about that which administrators configure, for the registries choice_lists, extra_kinds and number_kinds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Label = Any  # str or the lazy string of gettext_lazy


@dataclass(frozen=True)
class ChoiceDefault:
    """An item that a list of choices starts with. `fixed`: code asks for it, so it can be renamed but not retired."""

    code: str
    name: str
    name_en: str
    tone: str = ""
    fixed: bool = False


@dataclass(frozen=True)
class ChoiceListKind:
    """A list of choices that administrators own; fields of the type ListedField name it by its key.

    A migration of the app writes `defaults` (crm.records.choices.starting_lists). `allows_other`: text that is in no item may
    be stored too, until an administrator decides otherwise.
    """

    key: str
    name: str
    name_en: str
    defaults: Sequence[ChoiceDefault] = ()
    allows_other: bool = False
    order: int = 100


@dataclass(frozen=True)
class ExtraKind:
    """A kind of record that administrators may give extra fields. `key` is the label of its model in small letters; the model
    is an ExtraModel. `search_text(record)` is what the search finds a record by, extra fields included."""

    key: str
    label: Label
    search_text: Callable[[Any], str]
    order: int = 100


@dataclass(frozen=True)
class NumberKind:
    """A kind of record that gets a number when it is made. `model` is its label, `field` the field that holds the number.

    `pattern` and `reset` ("never", "yearly", "monthly") hold until an administrator sets others; `start` is the first number
    of a count.
    """

    key: str
    label: Label
    model: str
    pattern: str
    reset: str
    start: int = 1
    field: str = "code"
    order: int = 100
