"""Prepare, offer, accept and decline a hand-over of customers."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.acting import acting
from crm.base.saving import create_record, refuse_held, save_record
from crm.errors import AlreadyDecided, DomainError, NotAllowed
from crm.events import owner_changed
from crm.locks import lock_row
from crm.models import User
from crm.organisation.domain.placement import placement_of
from crm.records.domain.numbers import record_number
from crm.transitions import transition
from crm.workflow.domain.approval_people import managers_above
from crm.workflow.domain.notifications import notify
from customers.domain.customer import placed
from customers.domain.handover.moving import move_open
from customers.domain.placing import give_to
from customers.domain.pool.entries import lock_customers
from customers.enums import LineState, PackState
from customers.models import Customer, HandoverLine, HandoverPack

ANYBODY = "customers.transfer_customer"  # who may hand over others' customers


def create_pack(
    *, actor: User, from_person: User, to_person: User, customers: Iterable[Customer] | None = None, **values: Any
) -> HandoverPack:
    """Prepare a hand-over of these customers, or (None) of all that `from_person` owns and that are in no other hand-over.

    Raises NotAllowed for others' customers without the right, DomainError on "to_person" for somebody unsuitable, on
    "customers" for one that belongs to somebody else or is in another hand-over, or when there are none.
    """
    if actor.pk != from_person.pk and not actor.has_perm(ANYBODY):
        raise NotAllowed(_("You hand over your own customers only; ask the manager for those of others."))
    place = placed_receiver(to_person)
    before = placement_of(from_person, timezone.localdate())
    pack = HandoverPack(
        from_person=from_person, to_person=to_person, created_by=actor, state_since=timezone.now(),
        from_team=before.team, from_unit=before.business_unit, to_team=place.team, to_unit=place.business_unit, **values,
    )  # fmt: skip
    with transaction.atomic():
        pack.code = record_number("handover", pack)
        create_record(pack)
        add_customers(pack, customers, actor=actor)
    return pack


def placed_receiver(person: User) -> Any:
    """Where the receiver stands; the error belongs to the field of that name."""
    try:
        return placed(person)
    except DomainError as error:
        raise DomainError(error.message, field="to_person") from error


def update_pack(
    *, instance: HandoverPack, expected_version: int | None, actor: User, customers: Any = None, **values: Any
) -> HandoverPack:
    """Change reason and note of a draft. Raises StaleVersion, DomainError once it has been offered."""
    _refuse_others(instance, actor)
    if instance.state != PackState.DRAFT:
        raise DomainError(_("Only a draft is changed: withdraw the hand-over and prepare a new one."))
    changed = {name: value for name, value in values.items() if name in ("reason", "note")}
    for name, value in changed.items():
        setattr(instance, name, value)
    return save_record(instance, expected_version=expected_version, fields=list(changed))


def add_customers(pack: HandoverPack, customers: Iterable[Customer] | None, *, actor: User) -> int:
    """Put customers into a draft; returns how many. Raises as `create_pack`."""
    owned = Q(owner_id=pack.from_person_id)
    with transaction.atomic():
        if customers is None:
            busy = HandoverLine._base_manager.filter(state=LineState.WAITING).values("customer")
            rows = lock_customers(owned & ~Q(pk__in=busy))
        else:
            rows = lock_customers(Q(pk__in=[customer.pk for customer in customers]))
            strange = [str(row) for row in rows if row.owner_id != pack.from_person_id]
            if strange:
                message = _("%(names)s: not a customer of %(person)s.")
                raise DomainError(message % {"names": strange[0], "person": pack.from_person}, field="customers")
            waiting = HandoverLine._base_manager.filter(state=LineState.WAITING, customer__in=rows)
            taken = waiting.select_related("customer", "pack").exclude(pack=pack).order_by("pk").first()
            if taken is not None:
                message = _("%(name)s is in hand-over %(code)s already.")
                raise DomainError(message % {"name": taken.customer, "code": taken.pack.code}, field="customers")
        if not rows:
            raise DomainError(_("There are no customers to hand over."), field="customers")
        HandoverLine.objects.bulk_create(
            (HandoverLine(pack=pack, customer=row) for row in rows), ignore_conflicts=customers is None
        )
    return len(rows)


def offer(*, pack: HandoverPack, actor: User) -> None:
    """Offer it to the receiver, who is told, and both managers with him. Until it is accepted the old owner works on."""
    _refuse_others(pack, actor)
    with transaction.atomic():
        transition(pack, PackState.OFFERED, actor=actor)
        _tell(pack, gettext_lazy("%(from)s hands %(n)d customers over to %(to)s"), actor)


def withdraw(*, pack: HandoverPack, actor: User, reason: str = "") -> None:
    """Take it back; its customers can be handed over otherwise."""
    _refuse_others(pack, actor)
    with transaction.atomic():
        told = pack.state == PackState.OFFERED
        transition(pack, PackState.WITHDRAWN, actor=actor, reason=reason)
        _close_lines(pack, LineState.LEFT, reason)
        if told:
            _tell(pack, gettext_lazy("%(from)s withdrew the hand-over to %(to)s"), actor)


def decline(*, pack: HandoverPack, actor: User, reason: str) -> None:
    """The receiver does not take it; everything stays as it is, and the others are told why."""
    _refuse_all_but_receiver(pack, actor)
    with transaction.atomic():
        transition(pack, PackState.DECLINED, actor=actor, reason=reason)
        _close_lines(pack, LineState.DECLINED, reason)
        _tell(pack, gettext_lazy("%(to)s declined the hand-over of %(from)s"), actor, text=reason)


def decline_line(*, line: HandoverLine, actor: User, reason: str) -> HandoverLine:
    """The receiver does not take one customer. Raises NotAllowed for others, DomainError without a reason or when it is too
    late."""
    _refuse_all_but_receiver(line.pack, actor)
    if not reason.strip():
        raise DomainError(_("Say why you do not take this customer."), field="reason")
    with transaction.atomic():
        pack = lock_row(HandoverPack._base_manager.all(), line.pack_id)
        found = 0
        if pack.state == PackState.OFFERED:
            rows = HandoverLine._base_manager.filter(pk=line.pk, state=LineState.WAITING)
            found = rows.update(**{"state": LineState.DECLINED}, reason=reason)
        if not found:
            raise DomainError(_("This customer can be declined only while the hand-over is offered."))
    line.refresh_from_db()
    return line


def accept(*, pack: HandoverPack, actor: User) -> HandoverPack:
    """Take it: all its customers but those declined belong to the receiver from now on, with what the old owner has open with
    them. One transaction; whoever presses twice, or comes late, raises AlreadyDecided.

    A customer that got another owner meanwhile is left with that one. What others wrote at the same time stays: only owner,
    team and business unit are written, at a new version.
    """
    _refuse_all_but_receiver(pack, actor)
    with transaction.atomic(), acting(verb="hand_over", reason=pack.code):
        stored = lock_row(HandoverPack._base_manager.select_related("from_person", "to_person"), pack.pk)
        if stored.state != PackState.OFFERED:
            raise AlreadyDecided(_("This hand-over is not offered any more. Reload the page to see its state."))
        transition(stored, PackState.ACCEPTED, actor=actor)
        _move(stored, actor)
        transition(stored, PackState.DONE, actor=actor)
        _tell(stored, gettext_lazy("%(to)s accepted the hand-over of %(from)s"), actor)
    return stored


def _move(pack: HandoverPack, actor: User) -> None:
    lines = {line.customer_id: line for line in pack.lines.filter(state=LineState.WAITING)}
    rows = lock_customers(Q(pk__in=lines))
    keys = [row.pk for row in rows if row.owner_id == pack.from_person_id]
    give_to(keys, pack.to_person)
    refuse_held(Customer, keys)
    moved = move_open(keys, source=pack.from_person, target=pack.to_person, actor=actor)
    changed = []
    for key, line in sorted(lines.items()):
        values = {"state": LineState.MOVED} if key in keys else {"state": LineState.LEFT}
        for name, value in values.items():
            setattr(line, name, value)
        line.moved = moved.get(key, {}) if key in keys else {}
        line.reason = "" if key in keys else _("Another owner had it by then.")
        changed.append(line)
    HandoverLine._base_manager.bulk_update(changed, ["state", "moved", "reason"], batch_size=500)
    if keys:
        label = Customer._meta.label_lower
        owner_changed.send(label=label, keys=keys, owner=pack.to_person_id, actor=actor.pk)


def _close_lines(pack: HandoverPack, state: str, reason: str) -> None:
    rows = HandoverLine._base_manager.filter(pack=pack, state=LineState.WAITING)
    rows.update(**{"state": state}, reason=reason)


def _tell(pack: HandoverPack, title: Any, actor: User, *, text: str = "") -> None:
    """Both people, and the managers of both."""
    people = [pack.from_person, pack.to_person]
    for person in tuple(people):
        people += managers_above(person)[:1]
    facts = {"from": pack.from_person, "to": pack.to_person, "n": pack.lines.count()}
    notify(recipients=people, kind="handover", title=lambda: str(title) % facts, text=text, record=pack, actor=actor)


def may_offer(pack: HandoverPack, actor: User) -> bool:
    """Whether the actor prepares it: whose customers they are, who made it, and who may transfer customers of others."""
    return actor.pk in (pack.from_person_id, pack.created_by_id) or actor.has_perm(ANYBODY)


def _refuse_others(pack: HandoverPack, actor: User) -> None:
    if not may_offer(pack, actor):
        raise NotAllowed(_("Only who hands over, or a manager, does this."))


def _refuse_all_but_receiver(pack: HandoverPack, actor: User) -> None:
    if actor.pk != pack.to_person_id:
        raise NotAllowed(_("Only the receiver accepts or declines."))


def customers_in(packs: Sequence[int]) -> dict[int, int]:
    """How many customers each of these packs has; one query."""
    rows = HandoverLine._base_manager.filter(pack__in=packs).order_by()
    return dict(rows.values_list("pack").annotate(n=Count("pk")))


def hand_over(customers: QuerySet[Customer], *, to_person: User, actor: User, **values: Any) -> int:
    """Offer customers to somebody: one hand-over for each of their owners; returns how many. Raises as `create_pack`."""
    with transaction.atomic():
        by_owner: dict[User, list[Customer]] = {}
        rows = customers.exclude(owner=to_person).filter(owner__isnull=False).select_related("owner").order_by("pk")
        for row in rows:
            assert row.owner is not None
            by_owner.setdefault(row.owner, []).append(row)
        for owner, some in by_owner.items():
            pack = create_pack(actor=actor, from_person=owner, to_person=to_person, customers=some, **values)
            offer(pack=pack, actor=actor)
    return sum(len(some) for some in by_owner.values())
