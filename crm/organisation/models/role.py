"""Roles: sets of permissions with a reach."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import NamedModel
from crm.base.scopes import DataScope, Reference


class Reach(models.TextChoices):
    """How far a role sees, from narrow to wide."""

    OWN = DataScope.OWN, _("own records")
    TEAM = DataScope.TEAM, _("own team")
    TEAM_BELOW = DataScope.TEAM_BELOW, _("own team and those below")
    BUSINESS_UNIT = DataScope.BUSINESS_UNIT, _("own business unit")
    ALL = DataScope.ALL, _("everything")


@pghistory.track()
class Role(NamedModel):
    """What a person may do ("app.action_model" names) and how far it reaches."""

    data_scope = models.CharField(_("reach"), max_length=20, choices=Reach.choices, default=Reach.OWN)
    permissions = ArrayField(models.CharField(max_length=100), verbose_name=_("permissions"), default=list, blank=True)

    scope = Reference("roles are shown to administrators only; the page needs the permission")

    class Meta(NamedModel.Meta):
        verbose_name = _("role")
        verbose_name_plural = _("roles")
