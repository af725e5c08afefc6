"""How long personal data is kept."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import RecordModel
from crm.base.scopes import Reference


@pghistory.track()
class RetentionRule(RecordModel):
    """After so many months the data of a kind is erased. `kind` is the key of a registered kind of personal data."""

    kind = models.CharField(_("kind of record"), max_length=80, unique=True, editable=False)
    months = models.PositiveSmallIntegerField(
        _("kept for"), default=36, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    is_active = models.BooleanField(_("the rule is in force"), default=False)

    scope = Reference("says how long data is kept, nothing about anybody")

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=600),
                name="retention_months",
                violation_error_message=_("Keep data for 1 to 600 months."),
            )
        ]

    def __str__(self) -> str:
        return self.kind
