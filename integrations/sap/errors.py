"""What can go wrong between us and the ERP, told apart by what is to be done about it."""

from typing import Any

from crm.errors import ExternalError


class Transient(Exception):
    """Worth another attempt; `wait` is what the server asked for, in seconds."""

    def __init__(self, message: Any, *, wait: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.wait = wait


class UnknownOutcome(ExternalError):
    """A write was sent and nobody can say whether the ERP carried it out: look it up there before it is sent again.

    `status` is HTTP's and `texts` are the ERP's own words, when it answered with an error; else 0 and none.
    """

    code = "unknown_outcome"

    def __init__(self, message: Any, *, status: int = 0, texts: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.texts = texts


class Refused(ExternalError):
    """The ERP said no, for certain; nothing was changed. `status` is HTTP's, `texts` are the ERP's own words, main one first."""

    code = "erp_refused"

    def __init__(self, message: Any, *, status: int, texts: tuple[str, ...] = ()) -> None:
        super().__init__(message, permanent=True)
        self.status = status
        self.texts = texts


class SchemaChanged(ExternalError):
    """A set no longer offers what we read of it: nothing of it can be read until ERP and field map fit each other again."""

    code = "schema_changed"

    def __init__(self, message: Any) -> None:
        super().__init__(message, permanent=True)


class ChangedMeanwhile(Refused):
    """Somebody changed the record in the ERP since it was read (its ETag differs): read it again."""

    code = "changed_in_erp"


class NotNow(ExternalError):
    """The ERP turned the write away before looking at it (429, no connection): nothing changed. `wait` in seconds, if it said."""

    code = "erp_busy"

    def __init__(self, message: Any, *, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait
