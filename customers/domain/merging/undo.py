"""Undo a merge: what it moved goes back, as far as it still is where the merge put it."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.saving import refuse_held
from crm.errors import DomainError, NotAllowed
from crm.events import records_changed
from crm.models import User
from crm.transitions import transition
from crm.workflow.domain.notifications import notify
from customers.domain.customer import search_text
from customers.domain.merging.choices import PLACEMENT
from customers.domain.merging.merge import ACROSS, CUSTOMER, RIGHT, known_as, tell_movers
from customers.domain.merging.moves import write
from customers.domain.recognition_keys import remember_keys
from customers.extension_points import Moved
from customers.models import Customer, CustomerMerge, CustomerMergeItem, MergeState

_PLACEMENT = frozenset(f"{name}_id" for name in PLACEMENT)


def undo_merge(*, merge: CustomerMerge, actor: User, reason: str) -> CustomerMerge:
    """Take the merge back: rows that still are where it put them go back, fields that still hold the loser's values get the
    winner's again, and the loser is a customer as before. What was changed since stays; `merge.report` says what.

    Raises DomainError after 30 days, and while the winner is merged into another customer; NotAllowed without the right;
    TransitionError when it was undone already or no reason is given.
    """
    with transaction.atomic(), acting(verb="undo_merge", reason=reason):
        keys = sorted((merge.winner_id, merge.loser_id))
        rows = Customer._base_manager.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
        stored = {row.pk: row for row in rows.select_related("business_unit")}
        winner, loser = stored[merge.winner_id], stored[merge.loser_id]
        _refuse(merge, winner, loser, actor)
        refuse_held(Customer, [winner.pk])
        # First it is a customer again: rows that come to a merged one are led to the winner by the database.
        Customer._base_manager.filter(pk=loser.pk).update(
            merged_into=None, version=F("version") + 1, updated_at=timezone.now()
        )
        report, moved = _put_back(merge.items.filter(note="").order_by("-order"))
        for customer in (winner, loser):
            found_by(customer)
        tell_movers(keys, moved)
        records_changed.send(label=Customer._meta.label_lower, keys=keys)
        transition(merge, MergeState.UNDONE, actor=actor, reason=reason, changes={"report": report})
        _tell(merge, actor, reason)
    return merge


def _refuse(merge: CustomerMerge, winner: Customer, loser: Customer, actor: User) -> None:
    reach = Customer._base_manager.filter(pk=winner.pk)
    condition = Customer.scope.condition(actor, Customer, write=True)
    if not actor.has_perm(RIGHT) or not (reach if condition is None else reach.filter(condition)).exists():
        raise NotAllowed(_("You can undo a merge only of a customer that you may change."))
    if winner.business_unit_id != loser.business_unit_id and not actor.has_perm(ACROSS):
        raise NotAllowed(
            _("The two belong to different business units: ask the master-data steward to undo the merge.")
        )
    if merge.state == MergeState.DONE and not merge.can_be_undone:
        raise DomainError(_("A merge can be undone for 30 days; that time has run out."))
    if winner.merged_into_id:
        message = _("%(name)s has itself been merged since: undo that merge first.")
        raise DomainError(message % {"name": winner.name})


def _put_back(items: Iterable[CustomerMergeItem]) -> tuple[list[dict[str, Any]], dict[str, list[Moved]]]:
    """Backwards through the log; what stays where it is, and what went back by mover."""
    report: list[dict[str, Any]] = []
    moved: dict[str, list[Moved]] = {}
    every = list(items)
    moved_on = _owner_moved_on(every)
    for item in every:
        back = [] if item.field in _PLACEMENT and item.model == CUSTOMER and moved_on else _back(item)
        if back:
            moved.setdefault(item.mover, []).append(Moved(item.model, item.field, back, item.after, item.before))
        if stays := sorted(set(item.keys) - set(back)):
            report.append({"model": item.model, "field": item.field, "keys": stays, "mover": item.mover})
    return report, moved


def found_by(customer: Customer) -> None:
    """Write anew what a customer is found by; nothing else of it is checked, so that old data cannot stop an undo."""
    customer.refresh_from_db()
    customer.known_as = known_as(customer.pk)
    Customer._base_manager.filter(pk=customer.pk).update(
        known_as=customer.known_as, search_text=search_text(customer), version=F("version") + 1
    )
    remember_keys([customer])


def _owner_moved_on(items: list[CustomerMergeItem]) -> bool:
    """Whether the winner got another owner since: then team and business unit are that owner's, and stay."""
    placed = [item for item in items if item.model == CUSTOMER and item.field in _PLACEMENT]
    return any(set(_unchanged(item)) != set(item.keys) for item in placed)


def _unchanged(item: CustomerMergeItem) -> list[int]:
    """The rows that are as the merge left them, locked."""
    rows = apps.get_model(item.model)._base_manager.filter(pk__in=item.keys)
    narrow = {f"{item.field}__isnull": True} if item.after is None else {item.field: item.after}
    return list(rows.filter(**narrow).order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))


def _back(item: CustomerMergeItem) -> list[int]:
    """Put back what can be; the keys of it. Where the whole does not go, because something else has taken the place, each row is
    tried alone."""
    model, keys = apps.get_model(item.model), _unchanged(item)
    if not keys:
        return []
    refuse = model is not Customer
    for group in (keys,), [[key] for key in keys]:
        done: list[int] = []
        failed = False
        for part in group:
            try:
                with transaction.atomic():
                    write(model, part, item.field, item.before)
                done += part
            except IntegrityError:
                failed = True
        if not failed or len(keys) == 1:
            break
    if refuse and done:
        refuse_held(model, done)
    return done


def _tell(merge: CustomerMerge, actor: User, reason: str) -> None:
    names = {"loser": merge.loser.name, "code": merge.loser.code, "winner": merge.winner.name}
    people = {*filter(None, (merge.winner.owner_id, merge.loser.owner_id))}
    notify(
        recipients=User.objects.filter(pk__in=people),
        kind="customer_merged",
        title=partial(_said, names),
        text=reason,
        url=reverse("customers:customer_record", args=[merge.winner_id]),
        record=merge.winner,
        actor=actor,
    )


def _said(names: dict[str, str]) -> str:
    return _("“%(loser)s” (%(code)s) is separate from “%(winner)s” again: the merge was undone") % names
