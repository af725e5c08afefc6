"""What can go wrong by the rules of the business. Pages, API and tasks each show these errors their way."""

from typing import Any


class DomainError(Exception):
    """A rule of the business forbids it. `message` is translated and says what to do; `field` names the form field at fault."""

    code = "domain_error"

    def __init__(self, message: Any, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(DomainError):
    """The actor lacks the right."""

    code = "not_allowed"


class StaleVersion(DomainError):
    """Somebody saved the record since the actor read it. Carries the stored record, to be shown beside the actor's values."""

    code = "stale_version"

    def __init__(self, message: Any, *, current: Any) -> None:
        super().__init__(message)
        self.current = current


class TransitionError(DomainError):
    """A state change that the table of moves or a guard forbids. `missing` lists what is lacking, as (field, label) pairs."""

    code = "transition_forbidden"

    def __init__(self, message: Any, *, missing: list[tuple[str, Any]] | None = None) -> None:
        super().__init__(message)
        self.missing = missing or []


class Frozen(DomainError):
    """The record is held back from changes. `url` leads to what holds it."""

    code = "frozen"

    def __init__(self, message: Any, *, url: str = "") -> None:
        super().__init__(message)
        self.url = url


class AlreadyDecided(DomainError):
    """Somebody else was quicker: there is nothing left to decide here."""

    code = "already_decided"


class ExternalError(DomainError):
    """Another system failed. `permanent` says that trying again is of no use."""

    code = "external_error"

    def __init__(self, message: Any, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
