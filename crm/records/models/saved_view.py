"""Views of lists that people keep, and what each person has set for a list."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.cache import cache
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, RecordModel
from crm.base.prepared import Prepared
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import OwnRows
from crm.organisation.models import TeamMembership


class Audience(models.TextChoices):
    """Who finds a view among the tabs of the list."""

    PRIVATE = "private", _("only me")
    TEAM = "team", _("my team and those below")
    EVERYONE = "everyone", _("everyone")


class SavedViewScope:
    """The own views, those for everyone, and those for a team that the person's team of today is, or lies below."""

    def condition(self, user: Any, *_more: Any, **_how: Any) -> Q:
        today = timezone.localdate()
        mine = TeamMembership.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=today),
            user=user,
            starts_on__lte=today,
            team__path__startswith=OuterRef("team__path"),
        )
        return Q(owner=user) | Q(audience=Audience.EVERYONE) | Q(Exists(mine), audience=Audience.TEAM)


class SavedViewQuerySet(ScopedQuerySet):
    """The views of a list."""

    def of_list(self, key: str, user: Any) -> Self:
        """Those of one list, the own ones first; `is_default` says whether it is the one this person's list opens with."""
        default = ListSetting.objects.filter(user=user, default_view=OuterRef("pk"))
        return (
            self.filter(list_key=key)
            .annotate(is_default=Exists(default), is_own=models.ExpressionWrapper(Q(owner=user), models.BooleanField()))
            .order_by("-is_own", "name", "pk")
        )


class SavedView(RecordModel):
    """A list as somebody wants to find it again: filters, sort, columns and row height, as the list's query string.

    Others it is shared with can look and make it their default; only its owner changes it.
    """

    list_key = models.CharField(_("list"), max_length=80)
    name = models.CharField(_("name"), max_length=40)
    query = models.TextField(_("query"), blank=True, max_length=4000)
    audience = models.CharField(_("shared with"), max_length=10, choices=Audience.choices, default=Audience.PRIVATE)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.CASCADE, related_name="+"
    )
    team = models.ForeignKey(
        "crm.Team", verbose_name=_("team"), on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[Any] = SavedViewQuerySet.as_manager()
    scope = SavedViewScope()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["list_key"], name="savedview_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "list_key", "name"],
                name="savedview_name_once",
                violation_error_message=_("You have a view of this name already: choose another name."),
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.TEAM) | Q(team__isnull=False),
                name="savedview_team_is_known",
                violation_error_message=_("You are in no team that the view could be shared with."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


def views_of(key: str, user: Any) -> list[SavedView]:
    """The views of a list that an active person finds among its tabs, as `of_list` gives them. Every list page asks."""
    return _question(key, user, timezone.localdate()).rows()


@lru_cache(maxsize=512)
def _question(key: str, user: Any, _today: dt.date) -> Prepared:
    return Prepared(SavedView.objects.visible_to(user).of_list(key, user))


@dataclass(frozen=True)
class Layout:
    """How a person wants a list when nothing else is said: columns in their order, sort ("-grade,name"), row height.

    Empty: as the list is.
    """

    columns: tuple[str, ...] = ()
    sort: str = ""
    density: str = ""


class ListSetting(BaseModel):
    """What a person has set for a list: the view it opens with, and its layout."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    list_key = models.CharField(_("list"), max_length=80)
    default_view = models.ForeignKey(
        SavedView, verbose_name=_("opens with"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    columns = ArrayField(models.CharField(max_length=60), verbose_name=_("columns"), default=list, blank=True)
    sort = models.CharField(_("sort"), max_length=200, blank=True)
    density = models.CharField(_("row height"), max_length=10, blank=True)

    scope = OwnRows("user")

    class Meta:
        verbose_name = _("setting of a list")
        verbose_name_plural = _("settings of lists")
        constraints = [models.UniqueConstraint(fields=["user", "list_key"], name="listsetting_once")]

    def __str__(self) -> str:
        return f"{self.list_key} {self.user_id}"

    @property
    def layout(self) -> Layout:
        """Columns, sort and row height."""
        return Layout(tuple(self.columns), self.sort, self.density)


LAYOUT_KEPT = 300  # seconds


def layout_key(key: str, user: Any) -> str:
    """Under which name the cache has it."""
    return f"layout:{user.pk}:{key}"


def layout_of(key: str, user: Any) -> Layout:
    """The person's layout of a list. Every list page asks, so the cache answers; who changes it puts it there anew."""
    return cache.get_or_set(layout_key(key, user), lambda: _stored_layout(key, user), LAYOUT_KEPT)  # type: ignore[return-value]


def _stored_layout(key: str, user: Any) -> Layout:
    setting = ListSetting.objects.visible_to(user).filter(list_key=key).first()
    return setting.layout if setting else Layout()
