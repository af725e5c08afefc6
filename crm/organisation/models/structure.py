"""Business units, the region tree, the team tree and who belonged to which team when."""

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, NamedModel
from crm.base.scopes import Reference

_STRUCTURE = Reference("the organisation's structure is known to every colleague")


@pghistory.track()
class BusinessUnit(NamedModel):
    """A division of the company with its own products and people."""

    scope = _STRUCTURE

    class Meta(NamedModel.Meta):
        verbose_name = _("business unit")
        verbose_name_plural = _("business units")


class TreeModel(NamedModel):
    """A tree by parent; `path` holds the ids from the root down, as "/1/5/", so a subtree is one prefix."""

    parent = models.ForeignKey(
        "self", verbose_name=_("belongs to"), on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta(NamedModel.Meta):
        abstract = True


@pghistory.track()
class Region(TreeModel):
    """A sales region; figures roll up along the tree."""

    scope = _STRUCTURE

    class Meta(TreeModel.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")


@pghistory.track()
class Team(TreeModel):
    """A sales or service team of a business unit."""

    business_unit = models.ForeignKey(
        BusinessUnit, verbose_name=_("business unit"), on_delete=models.PROTECT, related_name="teams"
    )
    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("manager"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    scope = _STRUCTURE

    class Meta(TreeModel.Meta):
        verbose_name = _("team")
        verbose_name_plural = _("teams")


class _DateRange(Func):
    """The days from one to another, as a range that PostgreSQL can tell to overlap."""

    function = "daterange"
    output_field = DateRangeField()


DateRange = _DateRange  # the name that the first migration knows it by stays


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class TeamMembership(BaseModel):
    """A person's time in a team, both days inclusive; open-ended while `ends_on` is empty. Nobody is in two teams at a time."""

    team = models.ForeignKey(Team, verbose_name=_("team"), on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="memberships"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    scope = _STRUCTURE
    trail_parent = "user"

    class Meta:
        verbose_name = _("team membership")
        verbose_name_plural = _("team memberships")
        ordering = ["user", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
                violation_error_message=_("The last day must not be before the first day."),
            ),
            ExclusionConstraint(
                name="membership_one_team_at_a_time",
                expressions=[
                    (_DateRange("starts_on", "ends_on", models.Value("[]")), RangeOperators.OVERLAPS),
                    ("user", RangeOperators.EQUAL),
                ],
                violation_error_message=_(
                    "This person is in another team during that time: end that membership first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.user_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class TeamManager(BaseModel):
    """A person's time as manager of a team, both days inclusive; open-ended while `ends_on` is empty. One manager at a time.

    `Team.manager` is the manager of today, kept in step by crm.organisation.domain.managers.
    """

    team = models.ForeignKey(Team, verbose_name=_("team"), on_delete=models.CASCADE, related_name="managers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("manager"), on_delete=models.CASCADE, related_name="manages"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    scope = _STRUCTURE
    trail_parent = "team"

    class Meta:
        verbose_name = _("team manager")
        verbose_name_plural = _("team managers")
        ordering = ["team", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="manager_ends_after_start",
                violation_error_message=_("The last day must not be before the first day."),
            ),
            ExclusionConstraint(
                name="manager_one_at_a_time",
                expressions=[
                    (DateRange("starts_on", "ends_on", models.Value("[]")), RangeOperators.OVERLAPS),
                    ("team", RangeOperators.EQUAL),
                ],
                violation_error_message=_("The team has another manager during that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.user_id}"
