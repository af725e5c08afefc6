"""What an importable sheet is: the app that owns the records declares its columns, and judges and writes its rows."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from crm import extension_points
from crm.importing.messages import ErrorKind
from crm.importing.parsers import Parser, Text
from crm.importing.rows import SheetRow
from crm.records.extra import fields_of


@dataclass(frozen=True)
class Column:
    """A field that a sheet can have.

    `synonyms` are the column heads people use for it. `required` means: to make a new record (a row that changes an existing
    one needs only what it changes). `identifies` marks the keys by which a row finds its record.
    """

    key: str
    label: Any
    parser: Parser
    synonyms: Sequence[str]
    required: bool = False
    identifies: bool = False
    example: str = ""


class Judge(Protocol):
    """Compares rows with the records there are. Made by Resource.judging for one check or commit."""

    def judge(self, rows: Sequence[SheetRow]) -> None:
        """Set status, target_id, duplicate_of and note; rows with a wrong cell stay wrong and are told what else is missing."""

    def judge_alone(self, row: SheetRow) -> None:
        """The same for one row corrected after the check: earlier rows are sought in the batch."""

    def judge_again(self, rows: Sequence[SheetRow]) -> None:
        """The same at commit: records may have come or changed since; which row repeats which is known already."""


class Resource:
    """Base of import resources; the class is registered with extension_points.import_resources.

    `model` is the kind of record whose extra fields are columns too: `clean` has their stored values under "x_" and the key.
    """

    model: ClassVar[Any] = None

    columns: ClassVar[Sequence[Column]] = ()
    error_kinds: ClassVar[Mapping[str, ErrorKind]] = {}
    list_url_name: ClassVar[str] = ""
    model: ClassVar[str] = ""  # label of the records that the rows change
    identity_hint: ClassVar[Any] = ""

    @classmethod
    def column(cls, key: str) -> Column:
        """The column of that key; KeyError when there is none."""
        for column in cls.columns:
            if column.key == key:
                return column
        if key.startswith("x_"):  # an extra field that was taken out of use after the sheet was read
            return Column(key, key.removeprefix("x_"), Text(), ())
        raise KeyError(key)

    @classmethod
    def judging(cls, *, actor: Any, batch_id: int) -> AbstractContextManager[Judge]:
        """What judges the rows of a batch. Needs one database connection from start to end."""
        raise NotImplementedError

    @classmethod
    def write(cls, rows: Sequence[SheetRow], *, actor: Any, batch_id: int, on_duplicate: str) -> None:
        """Write a chunk inside the caller's transaction and set each row's outcome and target_id."""
        raise NotImplementedError


def resource_of(key: str) -> type[Resource]:
    """The registered resource, with the columns of extra fields; KeyError for an unknown key."""
    resource: type[Resource] = extension_points.import_resources.get(key).resource
    fields = fields_of(resource.model) if resource.model is not None else ()
    if not fields:
        return resource
    from crm.importing.extra import column_of  # noqa: PLC0415 -- builds on this module

    columns = (*resource.columns, *(column_of(field) for field in fields))
    return type(resource.__name__, (resource,), {"columns": columns, "__doc__": resource.__doc__})


def allowed_resources(user: Any) -> Iterator[extension_points.ImportResource]:
    """What this user may import."""
    return (entry for entry in extension_points.import_resources.all() if user.has_perm(entry.permission))
