"""Colleagues as personal data."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crm.organisation.models import User
from crm.personal.register import ERASED


def former_colleagues(day: dt.date) -> QuerySet[User]:
    """People who were deactivated before that day."""
    return User._base_manager.filter(is_active=False, updated_at__date__lt=day).exclude(display_name=ERASED)


def still_here(user: Any) -> str:
    """Why somebody's data cannot be erased: an active account needs it."""
    return _("%(name)s is active: deactivate the account first.") % {"name": user} if user.is_active else ""


def erased_name(user: Any) -> str:
    """A user name that nobody else has."""
    return f"erased-{user.pk}"
