"""Targets of indicators."""

from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import RecordModel
from crm.base.scopes import DataScope
from crm.organisation.models import TeamMembership

MEMBERS = ("business_unit", "region", "team", "rep")  # the dimensions whose members can have targets


class TargetScope:
    """Targets of the company, its business units and regions are announced to everybody who may read figures; those of teams
    and people are seen as far as the reader's reach goes."""

    def condition(self, user: Any, model: type[models.Model], *, write: bool = False) -> Q | None:
        """See crm.base.scopes.Scope."""
        access = user.access
        if access.scope == DataScope.ALL:
            return None
        seen = Q(team=None, rep=None) | Q(rep=user.pk)
        if access.scope == DataScope.BUSINESS_UNIT:
            units = access.business_unit_ids
            return seen | Q(team__business_unit__in=units) | Q(rep__business_unit__in=units)
        members = TeamMembership.objects.visible_to(user).filter(team__in=access.team_ids, ends_on=None).values("user")
        return seen | Q(team__in=access.team_ids) | Q(rep__in=members)


@pghistory.track()
class Target(RecordModel):
    """What an indicator should reach in a month, for the company or for one business unit, region, team (with those below it)
    or person."""

    indicator = models.PositiveSmallIntegerField(_("indicator"))
    month = models.DateField(_("month"), help_text=_("First day of the month."))
    business_unit = models.ForeignKey(
        "crm.BusinessUnit",
        verbose_name=_("business unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    region = models.ForeignKey(
        "crm.Region", verbose_name=_("region"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey(
        "crm.Team", verbose_name=_("team"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rep = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sales rep"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    value = models.DecimalField(_("target"), max_digits=20, decimal_places=4)

    scope = TargetScope()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["indicator", "month", "business_unit", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "month", *MEMBERS],
                nulls_distinct=False,
                name="target_of_member_unique",
                violation_error_message=_("There is a target for this indicator and month already."),
            ),
            models.CheckConstraint(
                condition=Q(business_unit=None, region=None, team=None)
                | Q(business_unit=None, region=None, rep=None)
                | Q(business_unit=None, team=None, rep=None)
                | Q(region=None, team=None, rep=None),
                name="target_of_one_member",
                violation_error_message=_("A target is for one business unit, one region, one team or one person."),
            ),
        ]
        indexes = [models.Index(fields=["month"], condition=Q(region=None, team=None, rep=None), name="target_wide")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.month:%Y-%m}: {self.value}"

    @property
    def member(self) -> Any:
        """The unit, region, team or person that it is for; None for the company."""
        return next((getattr(self, name) for name in MEMBERS if getattr(self, f"{name}_id")), None)
