"""Merge a customer into another: everything that hangs on it goes along, and nothing is lost."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.saving import refuse_held, save_record
from crm.errors import DomainError, NotAllowed, StaleVersion
from crm.events import owner_changed, records_changed
from crm.models import User
from crm.workflow.domain.notifications import notify
from customers.domain.customer import search_text
from customers.domain.merging.assets import refuse_unsettled
from customers.domain.merging.choices import taken
from customers.domain.merging.moves import nothing_to_tell
from customers.domain.recognition_keys import SOURCES, remember_keys
from customers.extension_points import Moved, merge_movers
from customers.models import Customer, CustomerMerge, CustomerMergeItem
from customers.models.merging import undo_until

RIGHT = "customers.merge_customer"
ACROSS = "customers.merge_across_units"
ARCHIVE = "archive"  # the mover's name of what the merge itself changes
CUSTOMER = Customer._meta.label


def merge_customers(
    *, winner: Customer, loser: Customer, values: Mapping[str, str], actor: User, reason: str = ""
) -> CustomerMerge:
    """Merge `loser` into `winner`; both carry the version that the actor read.

    `values` says for fields in which they differ whose value stands: "winner" or "loser"; the winner's where it says nothing.
    The owner of the winner stays unless "owner" is taken. Raises StaleVersion when one of them changed since it was read,
    NotAllowed without the right to these two, Frozen when one, or something that goes along, waits for approval, DomainError for
    a customer that is merged already, or the same.
    """
    if winner.pk == loser.pk:
        raise DomainError(_("A customer cannot be merged with itself: choose another one."))
    with transaction.atomic(), acting(verb="merge", reason=reason):
        kept, gone = lock_both(winner, loser)
        _refuse(kept, gone, actor)
        refuse_unsettled((kept, gone))
        refuse_held(Customer, sorted((kept.pk, gone.pk)))
        now = timezone.now()
        merge = CustomerMerge.objects.create(
            winner=kept, loser=gone, merged_by=actor, merged_at=now, reason=reason, undo_until=undo_until(now),
            choices=dict(values),
        )  # fmt: skip
        log = _Log(merge)
        for mover in merge_movers.all():
            count = mover.count(gone.pk)
            moved = mover.move(gone.pk, kept.pk)
            log.add(mover.key, moved)
            if count:
                merge.counts[mover.key] = count
        changed = taken(values, kept, gone)
        log.add(ARCHIVE, _archive(gone, kept, changed))
        log.add(ARCHIVE, _take(kept, changed))
        merge.save(update_fields=["counts"])
        log.write()
        tell_movers((kept.pk, gone.pk), log.moved)
        _tell(merge, kept, gone, actor, changed)
    return merge


def lock_both(winner: Customer, loser: Customer) -> tuple[Customer, Customer]:
    """Both rows as they are stored, locked in the order of their keys; nobody can add to them until the transaction ends.

    Raises StaleVersion when one of them changed since it was read.
    """
    wanted = sorted((winner.pk, loser.pk))
    rows = Customer._base_manager.filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",))
    stored = {row.pk: row for row in rows.select_related("owner", "team", "business_unit", "region")}
    for read in (winner, loser):
        row = stored.get(read.pk)
        if row is None:
            raise DomainError(_("One of the customers is gone. Reload the page."))
        if row.merged_into_id:
            raise DomainError(_("Customer %(code)s has been merged already.") % {"code": row.code})
        if row.version != read.version:
            message = _("Customer %(code)s has changed since you read it. Look at the values again.")
            raise StaleVersion(message % {"code": row.code}, current=row)
    return stored[winner.pk], stored[loser.pk]


def _refuse(winner: Customer, loser: Customer, actor: User) -> None:
    reach = Customer.objects.visible_to(actor, write=True).filter(pk__in=(winner.pk, loser.pk))
    if not actor.has_perm(RIGHT) or reach.count() != 2:
        raise NotAllowed(_("You can merge customers only when you may change both."))
    if winner.business_unit_id != loser.business_unit_id and not actor.has_perm(ACROSS):
        message = _("%(one)s belongs to %(first)s, %(other)s to %(second)s: ask the master-data steward to merge them.")
        raise NotAllowed(
            message
            % {
                "one": winner.code,
                "first": winner.business_unit.label,
                "other": loser.code,
                "second": loser.business_unit.label,
            }
        )


class _Log:
    """What was moved, in its order."""

    def __init__(self, merge: CustomerMerge) -> None:
        self.merge = merge
        self.items: list[CustomerMergeItem] = []
        self.moved: dict[str, list[Moved]] = {}

    def add(self, mover: str, moved: Sequence[Moved]) -> None:
        """Remember it."""
        self.moved.setdefault(mover, []).extend(one for one in moved if not one.note)
        for one in moved:
            self.items.append(
                CustomerMergeItem(
                    merge=self.merge,
                    order=len(self.items) + 1,
                    mover=mover,
                    model=one.model,
                    field=one.field,
                    keys=list(one.keys),
                    before=as_json(one.before),
                    after=as_json(one.after),
                    note=one.note,
                )
            )

    def write(self) -> None:
        """Store it."""
        CustomerMergeItem.objects.bulk_create(self.items)


def as_json(value: Any) -> Any:
    """A field's value as the log keeps it; the field reads it again."""
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def tell_movers(customers: Sequence[int], moved: Mapping[str, Sequence[Moved]]) -> None:
    """Let the movers know what went where, so that what is worked out from it is worked out again."""
    for mover in merge_movers.all():
        if mover.told is not nothing_to_tell:
            mover.told(customers, moved.get(mover.key, ()))


def known_as(winner: int) -> str:
    """Numbers and names of all that are merged into a customer, a line each."""
    rows = Customer._base_manager.filter(merged_into=winner).order_by("pk")
    words = rows.values_list("code", "credit_code", "name", "short_name", "name_en")
    return "\n".join(dict.fromkeys(word for row in words for word in row if word))


def _archive(loser: Customer, winner: Customer, changed: dict[str, tuple[Any, Any]]) -> list[Moved]:
    """The loser leads to the winner from now on. A credit code that goes to the winner is no longer the loser's."""
    values: dict[str, Any] = {"merged_into": winner}
    done = []
    if "credit_code" in changed:
        values["credit_code"] = ""
        done.append(Moved(CUSTOMER, "credit_code", [loser.pk], loser.credit_code, ""))
    now = timezone.now()
    Customer._base_manager.filter(pk=loser.pk).update(**values, version=F("version") + 1, updated_at=now)
    records_changed.send(label=Customer._meta.label_lower, keys=[loser.pk])
    return done


def _take(winner: Customer, changed: dict[str, tuple[Any, Any]]) -> list[Moved]:
    """The winner's new values, and what it is found by."""
    for name, (_before, after) in changed.items():
        setattr(winner, name, after)
    rewrite(winner, list(changed))
    return [Moved(CUSTOMER, name, [winner.pk], before, after) for name, (before, after) in changed.items()]


def rewrite(customer: Customer, attributes: Sequence[str]) -> None:
    """Write these attributes, and what the customer is found by, of a row that is locked."""
    names = {field.attname: field.name for field in Customer._meta.concrete_fields}
    customer.known_as = known_as(customer.pk)
    customer.search_text = search_text(customer)
    fields = [names[one] for one in attributes]
    save_record(customer, expected_version=None, fields=[*fields, "known_as", "search_text"])
    if SOURCES & set(fields):
        remember_keys([customer])


def _tell(
    merge: CustomerMerge, winner: Customer, loser: Customer, actor: User, changed: dict[str, tuple[Any, Any]]
) -> None:
    """Both owners, and who owns it now."""
    names = {"loser": loser.name, "code": loser.code, "winner": winner.name}
    title = partial(_said, names)
    people = {*filter(None, (winner.owner_id, loser.owner_id, *changed.get("owner_id", ())))}
    url = reverse("customers:customer_record", args=[winner.pk])
    told = User.objects.filter(pk__in=people)
    notify(recipients=told, kind="customer_merged", title=title, text=merge.reason, url=url, record=winner, actor=actor)
    if "owner_id" in changed:
        owner_changed.send(label=Customer._meta.label_lower, keys=[winner.pk], owner=winner.owner_id, actor=actor.pk)


def _said(names: dict[str, str]) -> str:
    return _("“%(loser)s” (%(code)s) was merged into “%(winner)s”") % names
