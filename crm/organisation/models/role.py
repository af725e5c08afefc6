"""Roles: sets of permissions with a reach."""

from typing import Any, ClassVar, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import NamedModel
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import DataScope, Reference


class Reach(models.TextChoices):
    """How far a role sees, from narrow to wide."""

    OWN = DataScope.OWN, _("own records")
    TEAM = DataScope.TEAM, _("own team")
    TEAM_BELOW = DataScope.TEAM_BELOW, _("own team and those below")
    BUSINESS_UNIT = DataScope.BUSINESS_UNIT, _("own business unit")
    ALL = DataScope.ALL, _("everything")


class RoleQuerySet(ScopedQuerySet):
    """Roles with what their list shows."""

    def with_people(self) -> Self:
        """Brings how many active people have the role."""
        return self.annotate(people=models.Count("users", filter=models.Q(users__is_active=True)))


@pghistory.track()
class Role(NamedModel):
    """What a person may do ("app.action_model" names) and how far it reaches.

    `reaches` holds the exceptions from `data_scope` by kind of record: {"app.model": "business_unit"}.
    """

    data_scope = models.CharField(_("reach"), max_length=20, choices=Reach.choices, default=Reach.OWN)
    reaches = models.JSONField(_("reach by kind of record"), default=dict, blank=True)
    permissions = ArrayField(models.CharField(max_length=100), verbose_name=_("permissions"), default=list, blank=True)

    export_limit = models.PositiveIntegerField(
        _("rows per export"),
        null=True,
        blank=True,
        help_text=_("How many rows of a list the role may export at a time. Empty: as many as it sees."),
    )

    reveal_limit = models.PositiveIntegerField(
        _("looks at masked data per day"),
        default=30,
        help_text=_("How many masked phone numbers and e-mail addresses the role may look at in a day."),
    )

    require_second_factor = models.BooleanField(
        _("second factor required"),
        default=False,
        help_text=_("Whoever has this role signs in with a code of an app besides the password."),
    )

    objects: ClassVar[Any] = RoleQuerySet.as_manager()
    scope = Reference("roles are shown to administrators only; the page needs the permission")

    class Meta(NamedModel.Meta):
        verbose_name = _("role")
        verbose_name_plural = _("roles")
