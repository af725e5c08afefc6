"""What the sync brings back: the sales order of an order request, known by its number or by our reference."""

from contextlib import suppress

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from crm.errors import DomainError, StaleVersion
from crm.locks import AdvisoryLock, LockTaken, session_lock
from integrations.domain.outbox.sending import confirm
from integrations.enums import MessageKind, MessageState
from integrations.models import OutboxMessage
from orders.domain.opportunities import link_order
from orders.models import OpportunityOrder, OrderRequest, SalesOrder

ROUND = 500


def join_orders() -> int:
    """Link what has come back to the deals it came of; returns how many. Safe to run twice.

    An order that bears our reference is ours, whatever became of its message: that settles what was in doubt or given up.
    """
    _recognise()
    sent = OutboxMessage._base_manager.filter(kind=MessageKind.ORDER, state=MessageState.CONFIRMED, joined_at=None)
    here = SalesOrder._base_manager.filter(number=OuterRef("erp_number"))
    messages = list(sent.filter(Exists(here)).order_by("pk")[:ROUND])
    numbers = [message.erp_number for message in messages]
    orders = {order.number: order for order in SalesOrder._base_manager.filter(number__in=numbers)}
    done = 0
    for message in messages:
        order = orders.get(message.erp_number)
        if order is not None:
            done += _join(message, order)
    return done


def _recognise() -> None:
    """Close messages that are not confirmed although their order is here."""
    tried = OutboxMessage._base_manager.filter(kind=MessageKind.ORDER, payload__isnull=False)
    tried = tried.exclude(state__in=(MessageState.CONFIRMED, MessageState.SENDING))
    customer = OrderRequest._base_manager.filter(pk=OuterRef(OuterRef("object_id"))).values("customer_id")
    here = SalesOrder._base_manager.filter(customer_id=Subquery(customer), customer_reference=OuterRef("reference"))
    # Many are never answered and stay: only those whose order is here are looked at, or the newest would never be.
    open_ones = {message.object_id: message for message in tried.filter(Exists(here)).order_by("pk")[:ROUND]}
    requests = OrderRequest._base_manager.filter(pk__in=open_ones).values_list("pk", "customer_id")
    customers = dict(requests)
    references = [message.reference for message in open_ones.values()]
    found = SalesOrder._base_manager.filter(customer_id__in=set(customers.values()), customer_reference__in=references)
    by_reference = {(order.customer_id, order.customer_reference): order for order in found.order_by("-pk")}
    for key, message in open_ones.items():
        order = by_reference.get((customers.get(key, 0), message.reference))
        if order is not None:
            with suppress(LockTaken, StaleVersion), session_lock(AdvisoryLock.OUTBOX, message.pk):
                confirm(message=message, row={"SalesOrder": order.number})


def _join(message: OutboxMessage, order: SalesOrder) -> bool:
    request = OrderRequest._base_manager.select_related("quote__opportunity__stage").get(pk=message.object_id)
    opportunity = request.quote.opportunity
    with transaction.atomic():
        mine = OutboxMessage._base_manager.filter(pk=message.pk, joined_at=None)
        if not mine.update(joined_at=timezone.now()):
            return False
        if not OpportunityOrder._base_manager.filter(opportunity=opportunity, order=order).exists():
            try:
                link_order(opportunity=opportunity, order=order, actor=None)
            except (
                DomainError
            ):  # the deal was lost meanwhile, or the customer differs: the number still leads to the order
                return False
    return True
