"""Order requests: made of an accepted quote without typing anything again, and submitted."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.saving import create_record, save_record
from crm.catalogue.domain.rates import to_base
from crm.errors import DomainError
from crm.events import owner_changed
from crm.locks import lock_row
from crm.models import User
from crm.money import rounded
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

    Lines that were wanted on the day of before, or would be before the new one, are wanted on the new one. Raises StaleVersion,
    and DomainError once it was submitted.
    """
    if instance.state != OrderRequestState.DRAFT:
        raise DomainError(_("It was submitted already: only a draft is changed."))
    for name, value in values.items():
        setattr(instance, name, value)
    instance.search_text = search_text(instance)
    with transaction.atomic():
        before = OrderRequest._base_manager.values_list("requested_on", flat=True).get(pk=instance.pk)
        saved = save_record(instance, expected_version=expected_version, fields=[*values, "search_text"])
        if saved.requested_on != before:
            lines = OrderRequestLine._base_manager.filter(request=saved, requested_on__isnull=False)
            moves = Q(requested_on=before)
            if saved.requested_on is not None:
                moves |= Q(requested_on__lt=saved.requested_on)
            lines.filter(moves).update(requested_on=saved.requested_on)
    return saved


def correct_quantities(
    *,
    request: OrderRequest,
    quantities: Mapping[int, Decimal],
    expected_version: int | None,
    actor: User,
    reason: str,
) -> OrderRequest:
    """Change quantities of a draft's lines, by the lines' keys, at the agreed prices; the amounts follow, the quote stays.

    Raises StaleVersion, and DomainError without a reason, for a quantity that is none, and once it was submitted.
    """
    if not reason.strip():
        raise DomainError(_("Say why."), field="reason")
    if any(quantity <= 0 for quantity in quantities.values()):
        raise DomainError(_("Enter a quantity above zero."))
    with transaction.atomic(), acting(reason=reason.strip()):
        rows: Any = OrderRequest._base_manager.select_related("quote")
        stored: OrderRequest = lock_row(rows, request.pk)
        if stored.state != OrderRequestState.DRAFT:
            raise DomainError(_("It was submitted already: only a draft is changed."))
        lines = list(OrderRequestLine._base_manager.filter(request=stored).order_by("pk"))
        currency = str(stored.currency_id)
        for line in lines:
            quantity = quantities.get(line.pk, line.quantity)
            if quantity != line.quantity:
                line.quantity, line.net = quantity, rounded(quantity * line.price, currency)
                OrderRequestLine._base_manager.filter(pk=line.pk).update(quantity=line.quantity, net=line.net)
        net = sum((line.net for line in lines), Decimal(0)) + (stored.freight_amount or Decimal(0))
        stored.net = rounded(net, currency)
        stored.net_base = to_base(net, currency, stored.quote.quoted_on)
        return save_record(stored, expected_version=expected_version, fields=["net", "net_base"])


def submit_request(*, request: OrderRequest, actor: User) -> OrderRequest:
    """Hand it in. Raises TransitionError when it was, StaleVersion."""
    transition(request, OrderRequestState.SUBMITTED, actor=actor)
    return request


def take_back(*, request: OrderRequest, actor: User, reason: str) -> OrderRequest:
    """Make a submitted one a draft again, to be corrected. Raises TransitionError, StaleVersion."""
    transition(request, OrderRequestState.DRAFT, actor=actor, reason=reason)
    return request


def note_entered(*, request: OrderRequest, number: str) -> OrderRequest:
    """It is in the ERP under that number. Raises TransitionError, StaleVersion."""
    request.erp_number = number
    changes = {"erp_number": number, "search_text": search_text(request)}
    transition(request, OrderRequestState.ENTERED, actor=None, changes=changes)
    return request


def search_text(request: OrderRequest) -> str:
    """What the search finds it by."""
    customer = request.customer
    others = (request.code, request.quote.code, request.customer_reference, request.erp_number)
    return search_text_of(customer.name, customer.short_name, others=others)


def count_owned(user: User) -> int:
    """How many drafts the user owns."""
    return int(OrderRequest.objects.drafts().filter(owner=user).count())


def take_over(*, source: User, target: User, actor: User) -> int:
    """Give the drafts of somebody who leaves to a colleague; returns how many."""
    return give_requests(OrderRequest.objects.drafts().filter(owner=source), owner=target, actor=actor)


def give_requests(rows: Any, *, owner: User, actor: User) -> int:
    """Give order requests to another owner, the team follows; returns how many."""
    with transaction.atomic(), acting(verb="transfer_owner"):
        keys = list(rows.order_by().values_list("pk", flat=True))
        team = placement_of(owner, timezone.localdate()).team
        done = rows.filter(pk__in=keys).update(owner=owner, team=team, updated_at=timezone.now())
        if done:
            owner_changed.send(label=OrderRequest._meta.label_lower, keys=keys, owner=owner.pk, actor=actor.pk)
    return int(done)
