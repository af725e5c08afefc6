"""Collaborators on a record: open it to a colleague, and take that back."""

import datetime as dt
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.models import OwnedModel
from crm.base.saving import create_record
from crm.errors import DomainError, NotAllowed
from crm.organisation.models import RecordShare, TeamManager, User


def share_record(
    *, record: OwnedModel, user: User, level: str, until: dt.date | None = None, actor: User
) -> RecordShare:
    """Open a record to a colleague, or change the level and the day for one who is a collaborator already.

    Raises NotAllowed for anybody but the owner, the manager of the record's team or of one above it, and administrators;
    DomainError for a colleague who is not active or owns the record, and for a day that has passed.
    """
    refuse_others(record, actor)
    if not user.is_active:
        raise DomainError(
            _("%(name)s is not active any more: choose another colleague.") % {"name": user}, field="user"
        )
    if user.pk == record.owner_id:
        raise DomainError(_("%(name)s owns this record.") % {"name": user}, field="user")
    if until is not None and until < timezone.localdate():
        raise DomainError(_("The last day has passed already: choose a later one."), field="until")
    with transaction.atomic():
        stored = _rows(record).select_for_update(of=("self",)).filter(user=user).first()
        if stored is None:
            content_type = ContentType.objects.get_for_model(record)
            return create_record(
                RecordShare(
                    content_type=content_type,
                    object_id=record.pk,
                    user=user,
                    level=level,
                    until=until,
                    shared_by=actor,
                )
            )
        stored.level, stored.until, stored.shared_by = level, until, actor
        stored.save(update_fields=["level", "until", "shared_by"])
        return stored


def end_share(*, record: OwnedModel, share_id: int, actor: User) -> None:
    """Take a record back from a collaborator; nothing happens when that was done already. Raises NotAllowed as above."""
    refuse_others(record, actor)
    with transaction.atomic():
        _rows(record).filter(pk=share_id).delete()


def end_share_of(*, record: OwnedModel, user: User, actor: User) -> None:
    """Take a record back from a colleague, whether it was shared or not. Raises NotAllowed as above."""
    refuse_others(record, actor)
    with transaction.atomic():
        _rows(record).filter(user=user).delete()


def collaborators(record: OwnedModel) -> QuerySet[RecordShare]:
    """The collaborators of today, by name."""
    today = timezone.localdate()
    found = _rows(record).filter(Q(until__isnull=True) | Q(until__gte=today), user__is_active=True)
    return found.select_related("user", "shared_by").order_by("user__display_name", "pk")


def may_share(record: OwnedModel, actor: Any) -> bool:
    """Whether the actor may say who works on the record: its owner, a manager of its team or of one above, an administrator."""
    if actor.pk == record.owner_id or actor.has_perm("crm.change_user"):
        return True
    team = record.team
    if team is None:
        return False
    today = timezone.localdate()
    above = [int(key) for key in team.path.strip("/").split("/") if key]
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    return TeamManager.objects.filter(running, team_id__in=above, user_id=actor.pk, starts_on__lte=today).exists()


def refuse_others(record: OwnedModel, actor: User) -> None:
    """Raise NotAllowed unless the actor may say who works on the record."""
    if not may_share(record, actor):
        raise NotAllowed(_("Only the owner, the owner's manager and an administrator choose who works on this record."))


def _rows(record: OwnedModel) -> QuerySet[RecordShare]:
    return RecordShare.objects.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)
