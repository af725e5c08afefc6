"""What administrators do with rejected rows: try a few again at once, or leave them for a reason. Many: retrying.py."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crm.errors import DomainError, NotAllowed
from crm.locks import LockTaken
from integrations.domain.alarms import look
from integrations.domain.retrying import kept_client
from integrations.enums import RejectionState
from integrations.models import RejectedRow
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.passes import retry_kept


def retry_rows(rows: Iterable[RejectedRow], *, actor: Any) -> int:
    """Try these rows again, as they were kept; how many could be taken. Ignored ones are opened by it.

    Raises NotAllowed; DomainError while a run reads their entity set, or when none of them can be taken, with the reason.
    """
    _require(actor)
    wanted = RejectedRow.objects.filter(pk__in=_keys(rows)).exclude(state=RejectionState.RESOLVED)
    keys = list(wanted.values_list("pk", flat=True))
    RejectedRow.objects.filter(pk__in=keys).update(state=RejectionState.OPEN)
    with kept_client() as client:
        for name in sorted(set(RejectedRow.objects.filter(pk__in=keys).values_list("entity_set", flat=True))):
            try:
                retry_kept(ENTITY_SETS[name], client=client, keys=keys)
            except LockTaken as error:
                raise DomainError(
                    _("A run is reading this entity set just now; it tries the rows again by itself.")
                ) from error
    look()
    taken = RejectedRow.objects.filter(pk__in=keys, state=RejectionState.RESOLVED).count()
    if keys and not taken:
        left = RejectedRow.objects.filter(pk__in=keys).first()
        raise DomainError(_("Still not taken: %(reason)s") % {"reason": left.why if left else ""})
    return taken


def ignore_rows(rows: Iterable[RejectedRow], *, actor: Any, reason: str) -> int:
    """Leave these rows: they are not tried again until they change there. Raises NotAllowed, DomainError without a reason."""
    _require(actor)
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    found = RejectedRow.objects.filter(pk__in=_keys(rows), state=RejectionState.OPEN)
    count: int = found.update(state=RejectionState.IGNORED, note=reason.strip(), decided_by=actor)
    look()
    return count


def reopen_rows(rows: Iterable[RejectedRow], *, actor: Any) -> int:
    """Take the decision back: the next run tries these rows again. Raises NotAllowed."""
    _require(actor)
    found = RejectedRow.objects.filter(pk__in=_keys(rows), state=RejectionState.IGNORED)
    count: int = found.update(state=RejectionState.OPEN, note="", decided_by=actor)
    return count


def _keys(rows: Iterable[RejectedRow]) -> Any:
    """Their keys; of a query set the query itself, for there may be very many."""
    return rows.order_by().values("pk") if isinstance(rows, QuerySet) else [row.pk for row in rows]


def _require(actor: Any) -> None:
    if not actor.has_perm("integrations.run_sync"):
        raise NotAllowed(_("You are not allowed to do this."))
