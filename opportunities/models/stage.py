"""Stages of the funnel and what must be known to leave them."""

from datetime import datetime
from typing import Any, ClassVar

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, NamedModel, label_of
from crm.base.scopes import Reference
from opportunities.enums import GateAnswer, GateItemKind, GateLevel, StageCategory
from opportunities.querysets import GateItemQuerySet

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

    `key` names a field of Opportunity, an entry of its specification, an extra field by its name in forms, an outcome
    (opportunities/outcomes.py), or a tick or document kept under it. `levels` says by product line what the gate asks, `level`
    what it asks of all others. An entry of the specification is answered as `answer` says: a number in `unit` between `minimum`
    and `maximum`, one of `options`. An approval is asked from an amount of `minimum` in base currency on, of customers of the
    grades in `options`; without them of all.

    What a gate asks is never overwritten: the row ends and another begins, because an opportunity keeps what held when it came
    into its stage.
    """

    stage = models.ForeignKey(Stage, verbose_name=_("stage"), on_delete=models.CASCADE, related_name="gate_items")
    kind = models.CharField(_("kept in"), max_length=15, choices=GateItemKind.choices, default=GateItemKind.FIELD)
    key = models.CharField(_("key"), max_length=40)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"))
    level = models.CharField(_("asked"), max_length=8, choices=GateLevel.choices, default=GateLevel.REQUIRED)
    levels = models.JSONField(_("asked by product line"), default=dict, blank=True)
    answer = models.CharField(_("answered with"), max_length=8, choices=GateAnswer.choices, default=GateAnswer.TEXT)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    minimum = models.DecimalField(_("smallest"), max_digits=18, decimal_places=4, null=True, blank=True)
    maximum = models.DecimalField(_("largest"), max_digits=18, decimal_places=4, null=True, blank=True)
    options = models.JSONField(_("choices"), default=list, blank=True)
    valid_from = models.DateTimeField(_("holds from"), null=True, editable=False)
    valid_until = models.DateTimeField(_("held until"), null=True, editable=False)

    objects: ClassVar[Any] = GateItemQuerySet.as_manager()
    scope = _PROCESS

    class Meta:
        verbose_name = _("gate item")
        verbose_name_plural = _("gate items")
        ordering = ["stage", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "key"],
                condition=models.Q(valid_until__isnull=True),
                name="gate_item_once",
                violation_error_message=_("The gate has this item already."),
            )
        ]

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return label_of(self.name, self.name_en)

    def __str__(self) -> str:
        return self.label

    def level_for(self, line_code: str) -> str:
        """What the gate asks of an opportunity of that product line."""
        return str(self.levels.get(line_code, self.level))

    def held_at(self, moment: datetime | None) -> bool:
        """Whether it held at that moment; None: whether it holds now."""
        if moment is None:
            return self.valid_until is None
        began = self.valid_from is None or self.valid_from <= moment
        return began and (self.valid_until is None or self.valid_until > moment)
