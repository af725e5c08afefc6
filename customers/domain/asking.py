"""Ask the owner of a customer that one may not see."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from crm.errors import DomainError
from crm.locks import lock_row
from crm.models import Task, User
from crm.workflow.domain.tasks import create_task
from crm.workflow.links import reference_of
from customers.models import Customer

KIND = "customers.asked_about"
WITHIN = dt.timedelta(days=1)


def ask_owner(*, customer: int, actor: User) -> Task:
    """A to-do for the owner: somebody wants to talk about this customer. Once a day and customer for each who asks.

    Raises DomainError when nobody owns it, or one has asked today.
    """
    with transaction.atomic():
        try:
            record = lock_row(Customer._base_manager.all(), customer)
        except Customer.DoesNotExist as error:
            raise DomainError(_("This customer is gone.")) from error
        owner: Any = record.owner
        if owner is None or not owner.is_active:
            raise DomainError(_("Nobody owns this customer: ask a data steward."))
        now = timezone.now()
        asked = Task._base_manager.filter(creator=actor, kind=KIND, created_at__gt=now - WITHIN, **reference_of(record))
        if asked.exists():
            raise DomainError(_("You have asked already; %(name)s has a to-do.") % {"name": owner.label})
        with override(owner.language or "zh-hans"):
            title = _("%(person)s asks about %(customer)s") % {"person": actor.label, "customer": record.name}
            text = _("Please get in touch: they were about to register this company.")
        return create_task(
            actor=actor, assignee=owner, title=title[:200], text=text, due_at=now + WITHIN, record=record, kind=KIND
        )
