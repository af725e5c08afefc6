"""Opportunities that managers keep an eye on."""

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import ViaParent
from opportunities.models.opportunity import Opportunity


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class KeyProject(BaseModel):
    """The mark of a manager on an opportunity: it stands on the page of key projects while it is open."""

    opportunity = models.OneToOneField(
        Opportunity, verbose_name=_("opportunity"), on_delete=models.CASCADE, related_name="key_project"
    )
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("marked by"), on_delete=models.PROTECT, related_name="+"
    )
    marked_at = models.DateTimeField(_("marked at"), auto_now_add=True)

    objects: ClassVar[Any] = ScopedQuerySet.as_manager()
    scope = ViaParent("opportunity")
    trail_parent = "opportunity"

    class Meta:
        verbose_name = _("key project")
        verbose_name_plural = _("key projects")
        ordering = ["-marked_at", "-pk"]

    def __str__(self) -> str:
        return str(self.opportunity)
