"""Things that happened, told upwards: a lower app sends, higher apps subscribe in their extensions.py.

Handlers run after the transaction has committed. An event carries ids and plain values only.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction

Handler = Callable[..., None]


class Event:
    """One kind of event. `send()` may be called inside a transaction; handlers see committed data."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._handlers: list[Handler] = []
        self._inside: list[Handler] = []

    def subscribe(self, handler: Handler) -> Handler:
        """Call `handler(**payload)` after each event. Usable as a decorator."""
        self._handlers.append(handler)
        return handler

    def subscribe_inside(self, handler: Handler) -> Handler:
        """Call `handler(**payload)` in the sender's own transaction: what it writes holds with what happened, or not at all.

        It must not call anything outside the database; when it raises, what happened is undone.
        """
        self._inside.append(handler)
        return handler

    def send(self, **payload: Any) -> None:
        """Deliver to every handler: to those inside the transaction now, to the others after commit."""
        for handler in self._inside:
            handler(**payload)
        for handler in self._handlers:
            transaction.on_commit(partial(handler, **payload))


# Rows of a fact were written: `facts` are names of facts ("order_line"), `months` first days of the months they touch.
facts_changed = Event("facts_changed")

# Something about the safety of an account was changed: `what` is a kind of the log of signing in, `actor_id` who did it when it
# was not the person.
account_changed = Event("account_changed")
# A record was made, or fields of it were changed: `label` and `pk`. Sent by the functions that every single write ends in
# (crm/base/saving.py); what comes many at a time from the ERP or a sheet is not told.
record_created = Event("record_created")
record_changed = Event("record_changed")

# Fields of several records were changed by one statement: `label`, `keys`. Sent by whoever wrote it, when no other event tells.
records_changed = Event("records_changed")

# Personal data in these records was erased: `label`, `keys`. Whoever keeps a copy of them empties it in the same transaction.
records_erased = Event("records_erased")

# It is somebody's turn to decide a request for approval: `request` and `assignment` are keys, `user` is who decides.
approval_asked = Event("approval_asked")

# A record moved to another state: `label` ("app.model") and `pk`; `actor` and `owner` are keys or None.
state_changed = Event("state_changed")

# Records went to another owner: `label`, `keys` of the records, `owner` and `actor` are keys.
owner_changed = Event("owner_changed")

# Somebody commented on a record, or changed a comment (`again`): `label`, `pk`; `comment` is its key, `told` are the keys of
# those it newly mentions who see the record.
record_commented = Event("record_commented")

# Files were attached to a record: `label`, `pk`, `actor`, `name` of the file.
record_attached = Event("record_attached")
