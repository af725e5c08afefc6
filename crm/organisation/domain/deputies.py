"""Who stands in for whom: appoint a deputy, end the arrangement, and ask about a day."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record
from crm.errors import DomainError, NotAllowed
from crm.organisation.domain.guards import refuse_rise_over
from crm.organisation.models import Deputy, User

ADMINISTER = "crm.change_user"


def appoint_deputy(
    *, person: User, deputy: User, starts_on: dt.date, ends_on: dt.date, reason: str = "", actor: User
) -> Deputy:
    """Let `deputy` stand in for `person` on these days, both inclusive.

    Raises NotAllowed for anybody but the person and an administrator who can do as much, DomainError when the days are past,
    overlap with another arrangement of the person, or when the deputy is the person or not active.
    """
    refuse_strangers(person, actor)
    if actor.pk != person.pk:  # who stands in can do what the person can
        refuse_rise_over(actor, person)
    if ends_on < timezone.localdate():
        raise DomainError(_("The last day has passed already: choose a later one."), field="ends_on")
    if not deputy.is_active:
        message = _("%(name)s is not active any more: choose another deputy.")
        raise DomainError(message % {"name": deputy}, field="deputy")
    with transaction.atomic():
        return create_record(Deputy(person=person, deputy=deputy, starts_on=starts_on, ends_on=ends_on, reason=reason))


def end_deputy(*, arrangement: Deputy, actor: User) -> None:
    """End the arrangement now: its last day was yesterday; one that has not lasted a day is taken away.

    Raises NotAllowed for anybody but the absent person and an administrator.
    """
    refuse_strangers(arrangement.person, actor)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    with transaction.atomic():
        stored = Deputy.objects.select_for_update(of=("self",)).filter(pk=arrangement.pk).first()
        if stored is None or stored.ends_on <= yesterday:
            return
        if stored.starts_on > yesterday:
            stored.delete()
        else:
            stored.ends_on = yesterday
            stored.save(update_fields=["ends_on"])


def may_arrange(person: User, actor: Any) -> bool:
    """Whether the actor may set who stands in for the person."""
    return actor.pk == person.pk or actor.has_perm(ADMINISTER)


def refuse_strangers(person: User, actor: User) -> None:
    """Raise NotAllowed unless the actor is the person or an administrator."""
    if not may_arrange(person, actor):
        raise NotAllowed(_("Only the absent person and an administrator set who stands in."))


def deputies_of(user: User, on: dt.date) -> list[User]:
    """The active colleagues who stand in for the user on that day: one at most, by the database's constraint."""
    return list(
        User.objects.filter(
            is_active=True, stands_in_for__person=user, stands_in_for__starts_on__lte=on, stands_in_for__ends_on__gte=on
        ).order_by("pk")
    )


def principals_of(user: User, on: dt.date) -> list[User]:
    """The active colleagues whom the user stands in for on that day."""
    return list(
        User.objects.filter(
            is_active=True, deputies__deputy=user, deputies__starts_on__lte=on, deputies__ends_on__gte=on
        ).order_by("pk")
    )
