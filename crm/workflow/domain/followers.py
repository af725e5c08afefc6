"""Tell the owner and the followers of a record what happens with it, and people that they were mentioned."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.generic.entity import entity_of
from crm.jobs import enqueue
from crm.organisation.models import User
from crm.records.models import Comment, RecordMark
from crm.records.references import may_see
from crm.workflow.domain.notifications import notify

SHORT = 200


def hear_comment(*, label: str, pk: int, comment: int, told: Sequence[int], again: bool) -> None:
    """Somebody commented."""
    enqueue("crm.tell_comment", label=label, pk=pk, comment=comment, told=list(told), again=again)


def hear_attached(*, label: str, pk: int, actor: int, name: str) -> None:
    """Somebody attached a file."""
    enqueue("crm.tell_attached", label=label, pk=pk, actor=actor, name=name)


def hear_state(*, label: str, pk: int, actor: int | None, owner: int | None) -> None:
    """A record moved. Most moves are the owner's own and followed by nobody: then nothing is queued."""
    if owner in (None, actor) and not _marks(label, [pk]).exclude(user=actor).exists():
        return
    enqueue("crm.tell_state", label=label, pk=pk, actor=actor)


def hear_owner(*, label: str, keys: Sequence[int], owner: int, actor: int) -> None:
    """Records went to another owner."""
    enqueue("crm.tell_owner", label=label, keys=list(keys), owner=owner, actor=actor)


def tell_comment(*, label: str, pk: int, comment: int, told: Iterable[int], again: bool) -> None:
    """Those it mentions, and unless it was only changed the owner and the followers."""
    record = _record(label, pk)
    row = Comment.objects.filter(pk=comment, deleted_at__isnull=True).select_related("author").first()
    if record is None or row is None:
        return
    text = row.text if len(row.text) <= SHORT else f"{row.text[:SHORT]}…"
    mentioned = list(User.objects.filter(pk__in=list(told)))
    words = {"text": text, "url": _discussion(record), "record": record, "actor": row.author}
    who = {"who": row.author.label, "record": record}
    notify(
        recipients=mentioned,
        kind="comment.mention",
        title=lambda: _("%(who)s mentioned you: %(record)s") % who,
        **words,
    )
    if not again:
        others = [person for person in _interested(record) if person.pk not in row.mentioned]
        notify(
            recipients=others,
            kind="comment.added",
            title=lambda: _("%(who)s commented on %(record)s") % who,
            **words,
        )


def tell_attached(*, label: str, pk: int, actor: int, name: str) -> None:
    """The owner and the followers."""
    record, person = _record(label, pk), User.objects.filter(pk=actor).first()
    if record is None or person is None:
        return
    notify(
        recipients=_interested(record),
        kind="record.attached",
        title=lambda: _("%(who)s attached a file to %(record)s") % {"who": person.label, "record": record},
        text=name,
        url=_discussion(record),
        record=record,
        actor=person,
    )


def tell_state(*, label: str, pk: int, actor: int | None) -> None:
    """The owner and the followers, of the state the record is in now."""
    record = _record(label, pk)
    if record is None:
        return
    notify(
        recipients=_interested(record),
        kind="record.state",
        title=lambda: _("%(record)s is now: %(state)s") % {"record": record, "state": _state(record)},
        record=record,
        actor=User.objects.filter(pk=actor).first(),
    )


def tell_owner(*, label: str, keys: Sequence[int], owner: int, actor: int) -> None:
    """The new owner, once for many records; the followers of each."""
    model: Any = apps.get_model(label)
    people = {person.pk: person for person in User.objects.filter(pk__in=[owner, actor])}
    new, giver = people.get(owner), people.get(actor)
    if new is None:
        return
    first = model._base_manager.filter(pk__in=keys[:1]).first()
    entity, count = entity_of(model), len(keys)
    if count == 1 and first is not None:
        notify(
            recipients=[new],
            kind="record.owner",
            title=lambda: _("%(record)s is yours now") % {"record": first},
            record=first,
            actor=giver,
        )
    elif entity is not None:
        notify(
            recipients=[new],
            kind="record.owner",
            title=lambda: (
                ngettext("%(count)d record is yours now: %(kind)s", "%(count)d records are yours now: %(kind)s", count)
                % {"count": count, "kind": entity.plural}
            ),
            url=f"{entity.url('list')}?owner=me",
            actor=giver,
        )
    followed = set(_marks(label, keys).exclude(user=new).values_list("object_id", flat=True))
    for record in model._base_manager.filter(pk__in=followed).order_by("pk"):
        told = [person for person in _interested(record) if person != new]
        notify(
            recipients=told,
            kind="record.owner",
            title=_handed_over(record, new),
            record=record,
            actor=giver,
        )


def _handed_over(record: Model, new: User) -> Any:
    return lambda: _("%(record)s now belongs to %(name)s") % {"record": record, "name": new.label}


def _record(label: str, pk: int) -> Any:
    model: Any = apps.get_model(label)
    return model._base_manager.filter(pk=pk).first()


def _marks(label: str, keys: Sequence[int]) -> Any:
    return RecordMark.objects.followers_of(ContentType.objects.get_for_model(apps.get_model(label)), keys)


def _interested(record: Any) -> list[User]:
    """The owner, and the followers who still see the record."""
    followers = {mark.user for mark in _marks(record._meta.label_lower, [record.pk]).select_related("user")}
    owner = getattr(record, "owner", None)
    people = [person for person in followers if person != owner and may_see(person, record)]
    return [*people, owner] if owner is not None else people


def _state(record: Any) -> str:
    name = type(record).transitions.field
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name)
    return str(getattr(value, "label", value))


def _discussion(record: Any) -> str:
    entity = entity_of(type(record))
    return entity.url("tab", record.pk, "discussion") if entity is not None else ""
