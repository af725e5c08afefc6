"""Sales processes: which stages the opportunities of a product line go through, how long, and how likely the win is."""

from datetime import datetime
from typing import ClassVar

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, NamedModel
from crm.base.scopes import Reference
from opportunities.models.stage import Stage

_EVERYBODY = Reference("the sales process is the same for everybody")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SalesProcess(NamedModel):
    """The way of certain product lines through the funnel. Lines that no process names take every open stage as it is."""

    scope = _EVERYBODY

    class Meta:
        verbose_name = _("sales process")
        verbose_name_plural = _("sales processes")
        ordering = ["code"]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ProcessLine(BaseModel):
    """A product line that a process is for; each has one at most."""

    process = models.ForeignKey(SalesProcess, on_delete=models.CASCADE, related_name="lines")
    product_line = models.OneToOneField(
        "crm.ProductLine", verbose_name=_("product line"), on_delete=models.CASCADE, related_name="+"
    )

    scope = _EVERYBODY
    trail_parent: ClassVar[str] = "process"

    class Meta:
        verbose_name = _("product line of a process")
        verbose_name_plural = _("product lines of a process")
        ordering = ["product_line"]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ProcessStage(BaseModel):
    """A stage that the process goes through, with its win probability (%) and standard days.

    Rows are never overwritten: one ends and another begins, because an opportunity keeps what held when it came into its stage.
    """

    process = models.ForeignKey(SalesProcess, on_delete=models.CASCADE, related_name="stages")
    stage = models.ForeignKey(Stage, verbose_name=_("stage"), on_delete=models.PROTECT, related_name="+")
    probability = models.PositiveSmallIntegerField(_("win probability (%)"), validators=[MaxValueValidator(100)])
    standard_days = models.PositiveSmallIntegerField(_("standard days"), validators=[MinValueValidator(1)])
    valid_from = models.DateTimeField(_("holds from"), editable=False)
    valid_until = models.DateTimeField(_("held until"), null=True, editable=False)

    scope = _EVERYBODY
    trail_parent: ClassVar[str] = "process"

    class Meta:
        verbose_name = _("stage of a process")
        verbose_name_plural = _("stages of a process")
        ordering = ["process", "stage"]
        constraints = [
            models.CheckConstraint(condition=Q(probability__lte=100), name="process_stage_probability"),
            models.UniqueConstraint(
                fields=["process", "stage"], condition=Q(valid_until__isnull=True), name="process_stage_once"
            ),
        ]

    def held_at(self, moment: datetime | None) -> bool:
        """Whether it held at that moment; None: whether it holds now."""
        if moment is None:
            return self.valid_until is None
        return self.valid_from <= moment and (self.valid_until is None or self.valid_until > moment)
