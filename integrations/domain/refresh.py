"""Reading one document from the ERP because somebody looks at it and wants to know."""

from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import DomainError, ExternalError, NotAllowed
from crm.formats import day, num
from crm.jobs import enqueue
from crm.locks import LockTaken
from integrations.domain.connection import open_client
from integrations.domain.runs import TASK
from integrations.enums import RejectionState, RunKind
from integrations.models import ReadRequest, RejectedRow
from integrations.sap.mapping.orders import SALES_ORDERS
from integrations.sync.documents import ask, brought_by, entity_set_of
from integrations.sync.passes import read_documents
from integrations.sync.what import What

PATIENCE = 6.0  # seconds that somebody in front of the page waits for the ERP
_OURS = frozenset({"id", "read_at", "source_changed_at", "gone_at"})


class Refreshed(NamedTuple):
    """What came of it: `later` when the ERP was slow or busy and the worker reads it; `changes` in words."""

    later: bool
    changes: list[str]


def refresh_document(*, document: Any, actor: Any) -> Refreshed:
    """Read this document from the ERP and write what differs. Called outside a transaction.

    A slow ERP, or a run that reads the same entity set, does not keep the reader waiting: the document is asked for and read in
    the background, and so are the orders of a changed delivery or invoice. Raises NotAllowed, ExternalError when no ERP is
    connected or it refuses, DomainError when its row is rejected or another system has brought it.
    """
    if not actor.has_perm("integrations.refresh_document"):
        raise NotAllowed(_("You are not allowed to do this."))
    if system := brought_by(document):
        raise DomainError(_("%(system)s has brought this document: the ERP does not know it.") % {"system": system})
    entity_set = entity_set_of(document)
    before = _facts(document)
    try:
        with open_client(timeout=PATIENCE, attempts=1) as client:
            run = read_documents(entity_set, client=client, numbers=[document.number])
    except LockTaken:
        return _later(entity_set.name, document.number)
    except ExternalError as error:
        if error.permanent:
            raise
        return _later(entity_set.name, document.number)
    _queue_orders()
    if run.rejected:
        row = RejectedRow.objects.filter(run=run, state=RejectionState.OPEN).first()
        raise DomainError(row.why if row else _("The row of the ERP cannot be taken."))
    # the sync leaves a row alone that is the same; here somebody wants to see that it was read
    type(document)._base_manager.filter(pk=document.pk).update(read_at=timezone.now())
    after = _facts(type(document)._base_manager.get(pk=document.pk))
    return Refreshed(False, _changes(document, before, after))


def _queue_orders() -> None:
    """Have the orders read that what was read names: their statuses change without a stamp."""
    if ReadRequest.objects.filter(entity_set=SALES_ORDERS.name).exists():
        enqueue(TASK, queue="sync", entity_sets=[SALES_ORDERS.name], what=What(RunKind.ASKED).stored())


def _later(entity_set: str, number: str) -> Refreshed:
    with transaction.atomic():
        ask(entity_set, [number])
        enqueue(TASK, queue="sync", entity_sets=[entity_set], what=What(RunKind.ASKED).stored())
    return Refreshed(True, [])


def _facts(document: Any) -> dict[str, Any]:
    """The document's fields by name, and its lines."""
    facts = {
        field.name: getattr(document, field.attname)
        for field in document._meta.concrete_fields
        if field.name not in _OURS
    }
    lines = getattr(document, "lines", None)
    if lines is not None:
        rows = lines.order_by("item").values_list("item", "product", "quantity", "unit", *_amounts(lines.model))
        facts["lines"] = list(rows)
    return {**facts, "gone": document.gone_at is not None}


def _amounts(model: Any) -> list[str]:
    names = ("net", "promised_on", "shipped_base")
    return [name for name in names if name in {field.name for field in model._meta.concrete_fields}]


def _changes(document: Any, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What differs, in words."""
    found = []
    for name, value in after.items():
        if value == before[name]:
            continue
        if name == "gone":
            found.append(_("deleted in the ERP") if value else _("in the ERP again"))
        elif name == "lines":
            found.append(_("lines"))
        else:
            field = document._meta.get_field(name)
            words = _("%(field)s: %(before)s → %(after)s")
            shown = {"before": _said(field, before[name]), "after": _said(field, value)}
            found.append(words % {"field": field.verbose_name, **shown})
    return found


def _said(field: Any, value: Any) -> str:
    """A value in words."""
    if value in (None, ""):
        return "—"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.is_relation:
        found = field.related_model._base_manager.filter(pk=value).first()
        return str(found or value)
    kind = field.get_internal_type()
    if kind == "DecimalField":
        return num(value, field.decimal_places)
    return day(value) if kind == "DateField" else str(value)
