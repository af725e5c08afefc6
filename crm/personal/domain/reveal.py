"""Looking at masked contact data: each look is written down, and there are so many in a day."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.errors import DomainError, NotAllowed
from crm.locks import lock_row
from crm.organisation.models import User
from crm.personal.models import PersonalDataEntry
from crm.personal.models.entry import Deed
from crm.records.masking import REVEAL, account_of, masked_fields, on_account


def reveal(*, actor: User, record: Any, field: str) -> str:
    """The value of a masked field of a record in the actor's reach. What was seen today already does not count again.

    Raises NotAllowed without the right, DomainError when the day's number is used up.
    """
    if field not in masked_fields(record) or not actor.has_perm(REVEAL):
        raise NotAllowed(_("You may not look at this."))
    value = str(getattr(record, field))
    if on_account(actor, account_of(record)):
        return value
    kind, limit = record._meta.label_lower, limit_of(actor)
    with transaction.atomic():
        lock_row(User.objects.all(), actor.pk)  # two looks at once must not both be the last one
        seen = seen_today(actor)
        if (kind, record.pk, field) not in seen and len(seen) >= limit:
            message = ngettext(
                "You have looked at %(n)d entry today, which is all your role allows. Ask the owner, or try tomorrow.",
                "You have looked at %(n)d entries today, which is all your role allows. Ask the owner, or try tomorrow.",
                limit,
            )
            raise DomainError(message % {"n": limit})
        PersonalDataEntry.objects.create(
            deed=Deed.REVEALED, actor=actor, record_kind=kind, record_id=record.pk, field=field
        )
    return value


def limit_of(user: User) -> int:
    """How many the person may look at in a day: the widest of the roles that allow it."""
    limits = user.roles.filter(permissions__contains=[REVEAL]).values_list("reveal_limit", flat=True)
    return max(limits, default=0)


def seen_today(user: User) -> set[tuple[str, int | None, str]]:
    """What the person has looked at since midnight."""
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = PersonalDataEntry.objects.filter(actor=user, deed=Deed.REVEALED, at__gte=start)
    return set(rows.values_list("record_kind", "record_id", "field"))
