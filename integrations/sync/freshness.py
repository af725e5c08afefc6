"""Up to when everything has been read from the ERP."""

import datetime as dt

from integrations.models import SyncState
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.documents import documents_of
from orders.models import CustomerReturn

LATE = dt.timedelta(minutes=15)
# Entity sets whose documents count in figures. Returns count in none, and not every ERP offers them.
COUNTED = [
    name
    for name, entity_set in ENTITY_SETS.items()
    if (documents := documents_of(entity_set)) and documents.model is not CustomerReturn
]


def as_of() -> dt.datetime | None:
    """The time up to which all documents that count in figures have been read: that of the entity set that lags behind.

    None before all have.
    """
    states = dict(SyncState.objects.filter(pk__in=COUNTED).values_list("entity_set", "last_success_at"))
    times = [states.get(name) for name in COUNTED]
    return min((at for at in times if at is not None), default=None) if all(times) else None
