"""Stages of the funnel and what must be known to leave them."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, NamedModel, label_of
from crm.base.scopes import Reference
from opportunities.enums import GateItemKind, StageCategory

_PROCESS = Reference("the sales process is the same for everybody")


@pghistory.track()
class Stage(NamedModel):
    """A stage of the funnel; `position` orders them, `category` says what it means."""

    category = models.CharField(_("meaning"), max_length=10, choices=StageCategory.choices, default=StageCategory.OPEN)
    position = models.PositiveSmallIntegerField(_("position"))
    probability = models.PositiveSmallIntegerField(_("win probability (%)"))
    standard_days = models.PositiveSmallIntegerField(_("standard days"), default=30)

    scope = _PROCESS

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["position"]

    @property
    def is_open(self) -> bool:
        """Whether work goes on in this stage."""
        return self.category == StageCategory.OPEN


@pghistory.track()
class GateItem(BaseModel):
    """A key task of a stage: must be answered before the opportunity moves on.

    `key` names a field of Opportunity or an entry of its specification. With product line codes given, it applies to those only.
    """

    stage = models.ForeignKey(Stage, verbose_name=_("stage"), on_delete=models.CASCADE, related_name="gate_items")
    kind = models.CharField(_("kept in"), max_length=15, choices=GateItemKind.choices, default=GateItemKind.FIELD)
    key = models.CharField(_("key"), max_length=40)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"))
    required = models.BooleanField(_("required"), default=True)
    product_line_codes = ArrayField(
        models.CharField(max_length=30), verbose_name=_("product lines"), default=list, blank=True
    )

    scope = _PROCESS

    class Meta:
        verbose_name = _("gate item")
        verbose_name_plural = _("gate items")
        ordering = ["stage", "position"]
        constraints = [models.UniqueConstraint(fields=["stage", "key"], name="gate_item_unique")]

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return label_of(self.name, self.name_en)

    def __str__(self) -> str:
        return self.label
