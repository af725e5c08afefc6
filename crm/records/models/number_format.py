"""How the numbers of records are made up, where an administrator has changed it."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import RecordModel
from crm.base.scopes import Reference


class Reset(models.TextChoices):
    """When counting begins anew."""

    NEVER = "never", pgettext_lazy("count begins anew", "never")
    YEARLY = "yearly", _("every year")
    MONTHLY = "monthly", _("every month")


@pghistory.track()
class NumberFormat(RecordModel):
    """The pattern of a kind of record, as "OPP-{yy}{mm}-{seq:4}"; kinds without a row keep the one they came with."""

    kind = models.SlugField(_("kind of record"), max_length=40, unique=True, editable=False)
    pattern = models.CharField(_("pattern"), max_length=60)
    reset = models.CharField(_("count begins anew"), max_length=8, choices=Reset.choices, default=Reset.NEVER)
    start = models.PositiveIntegerField(_("first number"), default=1)

    scope = Reference("numbers are made up alike for everybody")

    class Meta:
        verbose_name = _("number format")
        verbose_name_plural = _("number formats")
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start__gte=1),
                name="number_starts_at_one",
                violation_error_message=_("The first number must be at least 1."),
            )
        ]

    def __str__(self) -> str:
        return self.pattern
