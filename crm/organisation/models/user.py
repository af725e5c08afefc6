"""The user, and what the user may reach."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import DataScope, Reference
from crm.organisation.models.role import Role
from crm.organisation.models.structure import Team


@dataclass(frozen=True)
class Access:
    """What a person may do and how far it reaches, as of today. Made by two queries, once per request."""

    scope: str
    permissions: frozenset[str]
    team_ids: tuple[int, ...]
    business_unit_ids: tuple[int, ...]


class UserManager(BaseUserManager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """Makes users with a hashed password."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A user who can sign in when a password is given."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A user for whom every permission and every record is open."""
        return self.create_user(username, password, is_superuser=True, **fields)


class Theme(models.TextChoices):
    """Colours of the pages."""

    AUTO = "auto", _("as the system")
    LIGHT = "light", _("light")
    DARK = "dark", _("dark")


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A colleague who signs in."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    display_name = models.CharField(_("name"), max_length=60)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("mobile"), max_length=30, blank=True)
    title = models.CharField(_("position"), max_length=60, blank=True)
    business_unit = models.ForeignKey(
        "crm.BusinessUnit",
        verbose_name=_("business unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
    )
    roles = models.ManyToManyField(Role, verbose_name=_("roles"), related_name="users", blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_superuser = models.BooleanField(_("superuser"), default=False)
    language = models.CharField(_("language"), max_length=10, blank=True)
    theme = models.CharField(_("colours"), max_length=5, choices=Theme.choices, default=Theme.AUTO)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    objects = UserManager()
    remote_choices = True
    scope = Reference(
        "colleagues see who their colleagues are; contact data stands on pages with a permission of their own"
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["display_name", "id"]

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def label(self) -> str:
        """The name shown."""
        return str(self)

    @cached_property
    def access(self) -> Access:
        """Permissions and reach from the roles and from the teams of today."""
        roles = list(self.roles.values_list("data_scope", "permissions")) if self.pk else []
        widest = max((DataScope.ORDER.index(scope) for scope, _permissions in roles), default=0)
        scope = DataScope.ALL if self.is_superuser else DataScope.ORDER[widest]
        teams = (
            self._team_ids(below=scope == DataScope.TEAM_BELOW)
            if scope in (DataScope.TEAM, DataScope.TEAM_BELOW)
            else ()
        )
        units = (self.business_unit_id,) if self.business_unit_id else ()
        permissions = frozenset(name for _scope, names in roles for name in names)
        return Access(scope=scope, permissions=permissions, team_ids=teams, business_unit_ids=units)

    def _team_ids(self, *, below: bool) -> tuple[int, ...]:
        """Today's team, with the teams under it when `below`."""
        mine = self._teams_today()
        if not below:
            return tuple(mine.values_list("pk", flat=True))
        prefix = mine.order_by().values("path")[:1]
        return tuple(
            Team.objects.filter(path__startswith=models.Subquery(prefix)).order_by("pk").values_list("pk", flat=True)
        )

    def _teams_today(self) -> models.QuerySet[Team]:
        today = dt.date.today()
        return Team.objects.filter(memberships__user=self, memberships__starts_on__lte=today).filter(
            models.Q(memberships__ends_on__isnull=True) | models.Q(memberships__ends_on__gte=today)
        )

    def team_names(self) -> tuple[str, str]:
        """The name of today's team and its English name, both empty for somebody without one."""
        return self._teams_today().order_by("pk").values_list("name", "name_en").first() or ("", "")

    def has_perm(self, name: str, obj: object = None) -> bool:
        """Whether a role gives "app.action_model"; rows are a matter of scope, so `obj` plays no part."""
        return self.is_active and (self.is_superuser or name in self.access.permissions)

    def has_perms(self, names: list[str], obj: object = None) -> bool:
        """Whether all of them are given."""
        return all(self.has_perm(name) for name in names)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether any permission of the app is given."""
        return self.is_active and (
            self.is_superuser or any(name.startswith(f"{app_label}.") for name in self.access.permissions)
        )
