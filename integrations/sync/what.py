"""What a run is to read."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from integrations.enums import RunKind
from integrations.models import ReadRequest
from integrations.sap.mapping import EntitySet
from integrations.sync.documents import documents_of

Between = Callable[[], None]


def nothing() -> None:
    """What is done between pages when nobody asks for more."""


@dataclass(frozen=True)
class What:
    """The kind of a run, with the days of a period, and whether so many documents may be marked as gone as no run should find."""

    kind: str = RunKind.CHANGES
    first: dt.date | None = None
    last: dt.date | None = None
    accept: bool = False

    def serves(self, entity_set: EntitySet) -> bool:
        """Whether there is something of the kind to read of this entity set."""
        if self.kind == RunKind.ASKED:
            return ReadRequest.objects.filter(entity_set=entity_set.name).exists()
        return self.kind in (RunKind.CHANGES, RunKind.FULL, RunKind.KEYS) or documents_of(entity_set) is not None

    def stored(self) -> dict[str, Any]:
        """As JSON, for a job."""
        days = {name: day.isoformat() for name, day in (("first", self.first), ("last", self.last)) if day}
        return {"kind": str(self.kind), **days, "accept": self.accept}

    @classmethod
    def restored(cls, stored: dict[str, Any]) -> "What":
        """From JSON. Raises ValueError for what is no kind or no date."""
        days = {name: dt.date.fromisoformat(stored[name]) for name in ("first", "last") if stored.get(name)}
        return cls(RunKind(stored.get("kind", RunKind.CHANGES)), accept=bool(stored.get("accept")), **days)
