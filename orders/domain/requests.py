"""Order requests: made of an accepted quote without typing anything again, and submitted."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.locks import lock_row
from crm.models import User
from crm.organisation.domain.placement import placement_of
from crm.records.domain.numbers import record_number
from crm.records.pinyin import search_text_of
from crm.transitions import transition
from opportunities.enums import QuoteState
from opportunities.models import Quote
from orders.enums import OrderRequestState
from orders.models import OrderRequest, OrderRequestLine

COPIED = (
    "customer",
    "owner",
    "team",
    "business_unit",
    "currency",
    "payment_terms",
    "delivery_terms",
    "delivery_place",
    "freight_amount",
    "net",
    "net_base",
)
LINE = ("position", "product", "description", "quantity", "unit", "price", "requested_on", "net")


def request_from(*, quote: Quote, actor: User) -> tuple[OrderRequest, bool]:
    """The order request of an accepted quote with its customer, lines, prices, days and terms, and whether it is new: of two
    presses one makes it. Raises DomainError for a quote that was not accepted."""
    with transaction.atomic():
        stored = lock_row(Quote._base_manager.select_related("customer", "opportunity"), quote.pk)
        found = OrderRequest._base_manager.filter(quote=stored).first()
        if found is not None:
            return found, False
        if stored.state != QuoteState.ACCEPTED:
            raise DomainError(_("Only an accepted quote becomes an order: note first that the customer accepts."))
        lines = list(stored.lines.order_by("position", "pk"))
        days = [line.requested_on for line in lines if line.requested_on]
        made = OrderRequest(
            quote=stored,
            requested_on=min(days, default=None),
            state_since=timezone.now(),
            **{name: getattr(stored, name) for name in COPIED},
        )
        made.code = record_number("order_request", made)
        made.search_text = search_text(made)
        create_record(made)
        for place, line in enumerate(lines, start=1):
            values = {name: getattr(line, name) for name in LINE} | {"position": place}
            create_record(OrderRequestLine(request=made, **values))
    return made, True


def update_request(*, instance: OrderRequest, expected_version: int | None, actor: User, **values: Any) -> OrderRequest:
    """Change what the quote does not say: the customer's reference, the day, a remark.

    Raises StaleVersion, and DomainError once it was submitted.
    """
    if instance.state != OrderRequestState.DRAFT:
        raise DomainError(_("It was submitted already: only a draft is changed."))
    for name, value in values.items():
        setattr(instance, name, value)
    instance.search_text = search_text(instance)
    with transaction.atomic():
        return save_record(instance, expected_version=expected_version, fields=[*values, "search_text"])


def submit_request(*, request: OrderRequest, actor: User) -> OrderRequest:
    """Hand it in. Raises TransitionError when it was, StaleVersion."""
    transition(request, OrderRequestState.SUBMITTED, actor=actor)
    return request


def search_text(request: OrderRequest) -> str:
    """What the search finds it by."""
    customer = request.customer
    others = (request.code, request.quote.code, request.customer_reference)
    return search_text_of(customer.name, customer.short_name, others=others)


def count_owned(user: User) -> int:
    """How many drafts the user owns."""
    return int(OrderRequest._base_manager.filter(owner=user, state=OrderRequestState.DRAFT).count())


def take_over(*, source: User, target: User, actor: User) -> int:
    """Give the drafts of somebody who leaves to a colleague; returns how many."""
    rows = OrderRequest._base_manager.filter(owner=source, state=OrderRequestState.DRAFT)
    with acting(verb="transfer_owner"):
        team = placement_of(target, timezone.localdate()).team
        return int(rows.update(owner=target, team=team, updated_at=timezone.now()))
