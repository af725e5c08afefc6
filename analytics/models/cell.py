"""Stored sums of the measures, and what of them is up to date."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import Reference


class Cell(BaseModel):
    """A measure in a month by one dimension: its members and, at the same places, their sums; `dimension` "" is the total,
    "region@2" is by region within business unit 2.

    Additive parts only, never a ratio. All members of a month lie in one row: a month is replaced as a whole and read as a whole,
    and a row per member would spend ten times as long in indexes. Readers get sums through the engine alone, which narrows them
    to their scope.
    """

    measure = models.CharField(max_length=40)
    month = models.DateField()
    dimension = models.CharField(max_length=40, blank=True)
    members = ArrayField(models.BigIntegerField())
    sums = ArrayField(models.DecimalField(max_digits=24, decimal_places=6))

    scope = Reference("read through the engine only, which narrows to the members the reader may see")

    class Meta:
        verbose_name = _("figures and dashboards")
        verbose_name_plural = _("figures and dashboards")
        constraints = [models.UniqueConstraint(fields=["measure", "dimension", "month"], name="cell_unique")]

    def __str__(self) -> str:
        return f"{self.measure} {self.month:%Y-%m} {self.dimension}"


class Refresh(BaseModel):
    """Per fact and month: when it last changed and when its sums were last made. Changed after summed: not up to date."""

    fact = models.CharField(max_length=40)
    month = models.DateField()
    changed_at = models.DateTimeField(null=True)
    summed_at = models.DateTimeField(null=True)

    scope = Reference("dates of computation say nothing about anybody")

    class Meta:
        verbose_name = _("refresh of figures")
        constraints = [models.UniqueConstraint(fields=["fact", "month"], name="refresh_unique")]

    def __str__(self) -> str:
        return f"{self.fact} {self.month:%Y-%m}"
