"""Ask for samples: write the request, send it for approval, hand it over."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.events import facts_changed, owner_changed
from crm.models import ApprovalRequest, User
from crm.organisation.domain.placement import placement_of
from crm.periods import month_start
from crm.records.domain.numbers import record_number
from crm.records.pinyin import search_text_of
from crm.transitions import transition
from crm.workflow.domain.approvals import request_approval
from customers.enums import AddressKind
from customers.models import Customer
from opportunities.domain.samples.lines import Given, prepared, set_headline, write_lines
from opportunities.enums import SampleState
from opportunities.models import SampleLine, SampleRequest
from opportunities.sample_rules import ENDED

DOCUMENT = "sample_request"
HEADLINE = ("product", "product_line", "cost_base", "search_text")


def create_sample(*, actor: User, lines: Given = (), **values: Any) -> SampleRequest:
    """A draft with its lines, owned by the actor unless said otherwise, in the owner's team of today and the customer's business
    unit. Raises DomainError without a line, and for a contact, an opportunity or a new product of another customer."""
    now, today = timezone.now(), timezone.localdate()
    sample = SampleRequest(**{"requested_on": today, **values}, state_since=now)
    sample.owner = sample.owner or actor
    sample.team = placement_of(sample.owner, today).team
    sample.business_unit_id, sample.region_id = sample.customer.business_unit_id, sample.customer.region_id
    refuse_foreign(sample)
    rows = prepared(sample, lines)
    set_headline(sample, rows)
    with transaction.atomic():
        sample.code = record_number("sample", sample, day=today)
        sample.search_text = search_text(sample, rows)
        create_record(sample)
        write_lines(sample, rows)
    return sample


def update_sample(
    *, instance: SampleRequest, expected_version: int | None, actor: User, lines: Given | None = None, **values: Any
) -> SampleRequest:
    """Change a draft; `lines`, where given, take the place of those it has. Raises StaleVersion, and DomainError as on creation
    and for one that is no draft."""
    if instance.state != SampleState.DRAFT:
        raise DomainError(_("Only a draft is changed: this request was sent for approval already."))
    before = instance.owner_id
    for name, value in values.items():
        setattr(instance, name, value)
    refuse_foreign(instance)
    rows = (
        prepared(instance, lines) if lines is not None else list(instance.lines.select_related("product__product_line"))
    )
    set_headline(instance, rows)
    instance.search_text = search_text(instance, rows)
    written = [*values, *HEADLINE, "business_unit", "region"]
    instance.business_unit_id, instance.region_id = instance.customer.business_unit_id, instance.customer.region_id
    if instance.owner is not None and instance.owner_id != before:
        instance.team = placement_of(instance.owner, timezone.localdate()).team
        written.append("team")
    with transaction.atomic():
        save_record(instance, expected_version=expected_version, fields=written)
        if lines is not None:
            write_lines(instance, rows)
        if instance.owner_id is not None and instance.owner_id != before:
            _tell_owner([instance.pk], instance.owner_id, actor)
    return instance


def refuse_foreign(sample: SampleRequest) -> None:
    """Raise DomainError for a contact, an opportunity or a new product of another customer."""
    if sample.contact is not None and sample.contact.customer_id != sample.customer_id:
        raise DomainError(_("This contact belongs to another customer: choose one of this customer."), field="contact")
    if sample.opportunity is not None and sample.opportunity.customer_id != sample.customer_id:
        message = _("This opportunity belongs to another customer: choose one of this customer.")
        raise DomainError(message, field="opportunity")
    if sample.development is not None and sample.development.customer_id != sample.customer_id:
        message = _("This new product belongs to another customer: choose one of this customer.")
        raise DomainError(message, field="development")


def usual_ship_to(customer: Customer) -> str:
    """Where samples for the customer most likely go: its usual delivery address, else any of these, else its own address."""
    rows = customer.addresses.filter(kind=AddressKind.SHIP_TO).order_by("-is_default", "pk")
    address = rows.first()
    if address is None:
        return customer.address
    return " ".join(filter(None, (str(address), address.name, address.contact)))[:300]


def search_text(sample: SampleRequest, lines: Iterable[SampleLine]) -> str:
    """What the search finds the request by."""
    customer = sample.customer
    others = (sample.code, customer.code, sample.tracking_number, *(line.label for line in lines))
    return search_text_of(customer.name, customer.short_name, others=others)


def submit_sample(*, sample: SampleRequest, actor: User, reason: str = "") -> ApprovalRequest:
    """Send a draft for approval. Raises DomainError as request_approval() does."""
    with transaction.atomic():
        transition(sample, SampleState.PENDING, actor=actor, reason=reason)
        return request_approval(document=DOCUMENT, record=sample, actor=actor, reason=reason)


def ready(sample: SampleRequest, changes: dict[str, Any]) -> None:
    """Raise DomainError unless the request was sent by the button on its page, which moves it too."""
    if sample.state != SampleState.PENDING:
        raise DomainError(_("Send the sample request for approval on its page."))


def on_approved(*, record: SampleRequest, request: ApprovalRequest, actor: User) -> None:
    """It can be dispatched."""
    transition(record, SampleState.APPROVED, actor=actor, reason=request.code)


def on_given_back(*, record: SampleRequest, request: ApprovalRequest, actor: User) -> None:
    """Rejected, returned or taken back: a draft again, with the reason."""
    said = request.log.exclude(reason="").order_by("-at", "-pk").values_list("reason", flat=True).first()
    transition(record, SampleState.DRAFT, actor=actor, reason=" · ".join(filter(None, (request.code, said))))


def cancel_sample(*, sample: SampleRequest, actor: User, reason: str = "") -> Any:
    """Give it up, with the reason. Raises TransitionError, StaleVersion, Frozen."""
    return transition(sample, SampleState.CANCELLED, actor=actor, reason=reason)


def unfinished_of(user: User) -> QuerySet[SampleRequest]:
    """What somebody has still to work on."""
    rows: QuerySet[SampleRequest] = SampleRequest.objects.filter(owner=user).exclude(state__in=ENDED)
    return rows


def count_owned(user: User) -> int:
    """How many unfinished requests the user owns."""
    return unfinished_of(user).count()


def transfer_samples(rows: QuerySet[SampleRequest], *, owner: User, actor: User, reason: str = "") -> int:
    """Give requests to another owner; the team follows, and the business unit is the customer's. Returns how many changed.

    Raises DomainError on "owner" for somebody who is not active."""
    if not owner.is_active:
        raise DomainError(_("%(name)s is not active any more: choose another owner.") % {"name": owner}, field="owner")
    team = placement_of(owner, timezone.localdate()).team
    with transaction.atomic(), acting(verb="transfer_owner", reason=reason):
        chosen = SampleRequest._base_manager.filter(pk__in=rows.order_by().values("pk")).exclude(owner=owner)
        locked = list(chosen.select_related("customer").order_by("pk").select_for_update(of=("self",)))
        for sample in locked:
            SampleRequest._base_manager.filter(pk=sample.pk).update(
                owner=owner,
                team=team,
                business_unit_id=sample.customer.business_unit_id,
                version=F("version") + 1,
                updated_at=timezone.now(),
            )
            announce(sample)
        if locked:
            _tell_owner([sample.pk for sample in locked], owner.pk, actor)
    return len(locked)


def take_over_samples(*, source: User, target: User, actor: User) -> int:
    """Give the unfinished requests of somebody who leaves to a colleague; returns how many."""
    return transfer_samples(unfinished_of(source), owner=target, actor=actor)


def announce(sample: SampleRequest, *days: dt.date | None) -> None:
    """Tell which months' figures the request touches: those of its dispatch and its evaluation, those of `days`, and those of
    its opportunity, which counts as sampled once something was sent."""
    found = {day for day in (sample.dispatched_on, sample.evaluated_on, *days) if day}
    if found:
        facts_changed.send(facts=["sample"], months=sorted({month_start(day).isoformat() for day in found}))
    closed = sample.opportunity.closed_on if sample.opportunity else None
    if closed and sample.dispatched_on:
        facts_changed.send(facts=["opportunity"], months=[month_start(closed).isoformat()])


def _tell_owner(keys: list[int], owner: int, actor: User) -> None:
    owner_changed.send(label=SampleRequest._meta.label_lower, keys=keys, owner=owner, actor=actor.pk)
