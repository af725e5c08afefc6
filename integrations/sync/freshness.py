"""Up to when everything has been read from the ERP."""

import datetime as dt

from integrations.models import SyncState
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.documents import documents_of
from orders.models import CustomerReturn

LATE = dt.timedelta(minutes=15)


def as_of() -> dt.datetime | None:
    """The time up to which all documents that count in figures have been read: that of the entity set that lags behind.

    None before all have. Returns count in no figure, and not every ERP offers them.
    """
    known = {name: documents_of(entity_set) for name, entity_set in ENTITY_SETS.items()}
    names = [name for name, documents in known.items() if documents and documents.model is not CustomerReturn]
    states = dict(SyncState.objects.filter(pk__in=names).values_list("entity_set", "last_success_at"))
    times = [states.get(name) for name in names]
    return min((at for at in times if at is not None), default=None) if all(times) else None
