"""When documents were last handed in, by a sheet of the drop folder or by the API: the clock of what the ERP does not bring."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from crm.organisation.domain.working_time import WorkingTime, working_hours_between, working_time_of
from integrations.models import SyncState
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.freshness import COUNTED

NOTED_EVERY = dt.timedelta(minutes=1)  # requests by the hundred need not all write the same row
LATE_AFTER = 10.0  # working hours: sheets that come by night are missed two hours into the second working day


def note_handed_in(entity_sets: Iterable[str]) -> None:
    """Documents of these entity sets have been handed in now."""
    now = timezone.now()
    for name in sorted(entity_sets):
        state, made = SyncState.objects.get_or_create(entity_set=name, defaults={"handed_in_at": now})
        if not made and (state.handed_in_at is None or state.handed_in_at < now - NOTED_EVERY):
            SyncState.objects.filter(pk=name).update(handed_in_at=now)


def set_of_keys(entity: str) -> str:
    """The entity set whose documents' keys are kept under that name. Raises StopIteration for none."""
    return next(name for name, entity_set in ENTITY_SETS.items() if entity_set.entity == entity)


def handed_in_as_of() -> dt.datetime | None:
    """The time up to which what is handed in has come: that of the kind of document that lags behind, of those that count in
    figures and were ever handed in. None before any was."""
    return min(times.values()) if (times := _times()) else None


def late_kinds(*, now: dt.datetime | None = None) -> dict[str, dt.datetime]:
    """The entity sets of which nothing has been handed in for too long, with the time of the last."""
    times = _times()
    calendar = working_time_of(None) if times else WorkingTime()
    return {name: at for name, at in times.items() if _is_late(at, now or timezone.now(), calendar)}


def is_late(at: dt.datetime) -> bool:
    """Whether more than a working day has passed since the last handing in."""
    return _is_late(at, timezone.now(), working_time_of(None))


def _is_late(at: dt.datetime, now: dt.datetime, calendar: WorkingTime) -> bool:
    return working_hours_between(at, now, calendar) > LATE_AFTER


def _times() -> dict[str, dt.datetime]:
    found = SyncState.objects.filter(pk__in=COUNTED, handed_in_at__isnull=False)
    return {name: at for name, at in found.values_list("pk", "handed_in_at") if at}
