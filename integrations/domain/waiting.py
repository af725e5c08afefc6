"""Links that wait: documents that came before those they name. They are joined by themselves when the missing one comes."""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.errors import NotAllowed
from integrations.domain.runs import queue_sync
from integrations.enums import RejectionState, RunKind
from integrations.models import RejectedRow
from integrations.sap.mapping.invoices import INVOICES
from integrations.sap.mapping.orders import SALES_ORDERS
from integrations.sync.documents import ask
from integrations.sync.what import What
from orders.enums import InvoiceKind
from orders.models import InvoiceLine, Receivable, SalesOrder, ShipmentLine

SHOWN = 200  # of each kind, the longest waiting first
LOOKED_BACK = dt.timedelta(days=400)


class Waiting(NamedTuple):
    """`document` waits for `number` of the entity set `of`, since it was read; `rejected` is the rejected row of that number."""

    what: Any
    document: Any
    item: int | None
    of: str
    number: str
    since: dt.datetime
    rejected: RejectedRow | None = None


def waiting(user: Any) -> list[Waiting]:
    """What waits, as far as the user may see it."""
    found = [*_shipments(user), *_invoices(user), *_receivables(user)]
    keys = {one.number for one in found}
    rows = RejectedRow.objects.filter(external_id__in=keys).exclude(state=RejectionState.RESOLVED)
    rejected = {(row.entity_set, row.external_id): row for row in rows}
    return [one._replace(rejected=rejected.get((one.of, one.number))) for one in found]


def read_missing(*, actor: Any) -> int:
    """Have the missing documents read by their numbers; how many. Raises NotAllowed."""
    if not actor.has_perm("integrations.run_sync"):
        raise NotAllowed(gettext("You are not allowed to do this."))
    numbers: dict[str, set[str]] = {}
    for one in waiting(actor):
        numbers.setdefault(one.of, set()).add(one.number)
    for name, wanted in numbers.items():
        ask(name, wanted)
    if numbers:
        queue_sync(actor=actor, names=sorted(numbers), what=What(RunKind.ASKED))
    return sum(len(wanted) for wanted in numbers.values())


def _shipments(user: Any) -> list[Waiting]:
    rows = ShipmentLine.objects.visible_to(user).filter(
        Q(shipment__planned_on__isnull=True) | Q(shipment__planned_on__gte=timezone.localdate() - LOOKED_BACK),
        order_line__isnull=True,
        order_number__gt="",
        shipment__gone_at__isnull=True,
    )
    lines = rows.select_related("shipment").order_by("shipment__read_at", "pk")[:SHOWN]
    return [
        Waiting(_("Shipment"), line.shipment, line.item, SALES_ORDERS.name, line.order_number, line.shipment.read_at)
        for line in lines
    ]


def _invoices(user: Any) -> list[Waiting]:
    known = SalesOrder._base_manager.filter(number=OuterRef("order_number"))
    rows = InvoiceLine.objects.visible_to(user).filter(
        ~Exists(known),
        order_number__gt="",
        invoice__gone_at__isnull=True,
        invoice__kind=InvoiceKind.INVOICE,  # credit memos name requests, which are no orders
        invoiced_on__gte=timezone.localdate() - LOOKED_BACK,
    )
    lines = rows.select_related("invoice").order_by("invoice__read_at", "pk")[:SHOWN]
    return [
        Waiting(_("Invoice"), line.invoice, line.item, SALES_ORDERS.name, line.order_number, line.invoice.read_at)
        for line in lines
    ]


def _receivables(user: Any) -> list[Waiting]:
    rows = Receivable.objects.visible_to(user).filter(
        invoice__isnull=True,
        invoice_number__gt="",
        gone_at__isnull=True,
        posted_on__gte=timezone.localdate() - LOOKED_BACK,
    )
    items = rows.order_by("read_at", "pk")[:SHOWN]
    return [Waiting(_("Receivable"), item, None, INVOICES.name, item.invoice_number, item.read_at) for item in items]
