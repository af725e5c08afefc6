"""A row on its way through check and commit."""

from dataclasses import dataclass, field
from typing import Any

from crm.importing.enums import RowStatus


@dataclass(slots=True)
class SheetRow:
    """The fields of ImportRow, in memory."""

    number: int
    raw: list[str]
    clean: dict[str, Any] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)
    fixes: list[dict[str, Any]] = field(default_factory=list)
    status: str = RowStatus.NEW
    target_id: int | None = None
    duplicate_of: int | None = None
    note: dict[str, Any] = field(default_factory=dict)
    outcome: str = ""
    pk: int | None = None

    def fail(self, key: str, code: str, /, *, fix: str | None = None, **params: Any) -> None:
        """Mark a cell as wrong, which makes the row one that is not imported."""
        error: dict[str, Any] = {"key": key, "code": code}
        if params:
            error["params"] = params
        if fix is not None:
            error["fix"] = fix
        self.errors.append(error)
        self.status = RowStatus.ERROR
