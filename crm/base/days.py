"""The days a record may name: from FIRST_DAY to LAST_DAY. Whatever lies beyond is a slip of the hand or another system's word for
"none", and what counts by months would walk there month by month.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.periods import FIRST_DAY, LAST_DAY


def is_possible(value: dt.date) -> bool:
    """Whether a date, or a moment's, lies within the bounds."""
    return FIRST_DAY.year <= value.year <= LAST_DAY.year


def words() -> str:
    """What is told of a date beyond the bounds."""
    return _("Enter a date from %(first)s to %(last)s.") % {"first": FIRST_DAY, "last": LAST_DAY}


def check_day(value: dt.date) -> None:
    """A validator of dates and moments. Raises ValidationError."""
    if not is_possible(value):
        raise ValidationError(words(), code="day")


def check_days(model: type[models.Model], values: Iterable[tuple[str, Any]]) -> None:
    """Raise DomainError on the first field of dates or moments, of these with their values, that names another day."""
    for name, value in values:
        if isinstance(value, dt.date) and not is_possible(value):
            field = model._meta.get_field(name)
            raise DomainError(f"{capfirst(field.verbose_name)}: {words()}", field=name)  # type: ignore[union-attr]


def bound_form_fields() -> None:
    """Let every form's field of a date or a moment check it, those too that Django makes of a model's."""
    for kind in (forms.DateField, forms.DateTimeField):
        kind.default_validators = [check_day]
