"""Base of sheets whose rows find their record by a key: it declares columns, the key, and what a cell becomes."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from crm.errors import DomainError
from crm.importing.domain.keyed import judging, write_rows
from crm.importing.messages import ErrorKind
from crm.importing.resources import Judge, Resource
from crm.importing.rows import SheetRow

Convert = Callable[[Any], Any]


class KeyedResource(Resource):
    """`keys` are the columns that together name a record, `defaults` what an empty one of them means.

    `fields` maps a column to the record's attribute and to how a cell's value becomes the attribute's; a model stands for a
    reference to a row of it. `create` and `update` are the record's domain functions.
    """

    model: ClassVar[type[Model]]
    change_permission: ClassVar[str]
    keys: ClassVar[Sequence[str]]
    defaults: ClassVar[Mapping[str, Any]] = {}
    fields: ClassVar[Mapping[str, tuple[str, Any]]]
    create: ClassVar[Callable[..., Any]]
    update: ClassVar[Callable[..., Any]]
    error_kinds = {
        "rule": ErrorKind(_("Against a rule"), _("%(text)s")),
        "no_right_to_change": ErrorKind(_("No right to change"), _("It exists, and you may not change it.")),
        "no_right_to_set": ErrorKind(_("No right to this field"), _("You may not see this field, and so not set it.")),
        "repeats_row": ErrorKind(_("Repeats another row"), _("Row %(row)s has the same; it cannot be created twice.")),
    }

    @classmethod
    def key_columns(cls) -> list[str]:
        """The columns of the key that must be filled."""
        return [key for key in cls.keys if key not in cls.defaults]

    @classmethod
    def required_columns(cls) -> list[str]:
        """What a new record needs."""
        return [column.key for column in cls.columns if column.required]

    @classmethod
    def key_of_row(cls, clean: Mapping[str, Any]) -> tuple[Any, ...]:
        """What a row's record is found by."""
        return tuple(cls._value(key, clean.get(key, cls.defaults.get(key))) for key in cls.keys)

    @classmethod
    def _value(cls, key: str, value: Any) -> Any:
        convert = cls.fields[key][1]
        return value if value is None or (isinstance(convert, type) and issubclass(convert, Model)) else convert(value)

    @classmethod
    def stored(cls, rows: Sequence[SheetRow]) -> dict[tuple[Any, ...], Any]:
        """The records there are with the first key of any of these rows, by their whole key."""
        names = [cls._column_of(key) for key in cls.keys]
        first = {cls.key_of_row(row.clean)[0] for row in rows} - {None}
        found = cls.model._base_manager.filter(**{f"{names[0]}__in": first}).order_by("pk")
        return {tuple(getattr(record, name) for name in names): record for record in found}

    @classmethod
    def _column_of(cls, key: str) -> str:
        name, convert = cls.fields[key]
        return f"{name}_id" if isinstance(convert, type) and issubclass(convert, Model) else name

    @classmethod
    def values(cls, clean: Mapping[str, Any], record: Any) -> dict[str, Any]:
        """The values of a row for the domain function: those it has, and for a new record the defaults of the key.

        Raises DomainError for what a rule forbids, as far as the check can know it.
        """
        known = dict(clean) if record is not None else {**cls.defaults, **clean}
        values = {}
        for key, (name, convert) in cls.fields.items():
            if known.get(key) not in (None, ""):
                is_reference = isinstance(convert, type) and issubclass(convert, Model)
                values[name] = convert._base_manager.get(pk=known[key]) if is_reference else convert(known[key])
        return values

    @classmethod
    def refuse(cls, row: SheetRow, error: DomainError) -> None:
        """Marks the cell of the field that the rule names, else that of the key."""
        column = next((key for key, (name, _convert) in cls.fields.items() if name == error.field), cls.keys[0])
        row.fail(column, "rule", text=str(error.message))

    @classmethod
    def judging(cls, *, actor: Any, batch_id: int) -> AbstractContextManager[Judge]:
        """Compares with the records there are."""
        return judging(cls, actor=actor, batch_id=batch_id)

    @classmethod
    def write(cls, rows: Sequence[SheetRow], *, actor: Any, batch_id: int, on_duplicate: str) -> None:
        """Row by row, through the domain functions."""
        write_rows(cls, rows, actor=actor, on_duplicate=on_duplicate)
