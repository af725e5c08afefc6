"""The user, and what the user may reach."""

from functools import cached_property
from typing import Any, ClassVar, Self

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import Reference
from crm.organisation.models.access import Access, read_access
from crm.organisation.models.role import Role
from crm.organisation.models.structure import Team, TeamMembership


class UserQuerySet(ScopedQuerySet):
    """Users with what their list shows."""

    def with_roles_and_teams(self) -> Self:
        """Brings the roles, and as `today` on each user the memberships of today."""
        today = timezone.localdate()
        running = models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=today)
        memberships = TeamMembership.objects.filter(running, starts_on__lte=today).select_related("team")
        return self.prefetch_related("roles", models.Prefetch("memberships", memberships, to_attr="today"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
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
    must_change_password = models.BooleanField(_("must change the password"), default=False)
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
    own_search = False
    label_related: ClassVar[tuple[str, ...]] = ()
    # What a list that only names the person does not read; a column that shows more of a person loads it by itself.
    beyond_label = (
        "password",
        "last_login",
        "email",
        "phone",
        "title",
        "language",
        "theme",
        "created_at",
        "updated_at",
    )
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
        """Permissions and reach from the roles, the teams of today, deputies and shares."""
        return read_access(self)

    def team_names(self) -> tuple[str, str]:
        """The name of today's team and its English name, both empty for somebody without one."""
        today = timezone.localdate()
        teams = Team.objects.filter(memberships__user=self, memberships__starts_on__lte=today).filter(
            models.Q(memberships__ends_on__isnull=True) | models.Q(memberships__ends_on__gte=today)
        )
        return teams.order_by("pk").values_list("name", "name_en").first() or ("", "")

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


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class UserRole(User.roles.through):  # type: ignore[name-defined,misc]
    """A role given to a user, for the trail."""

    scope = Reference("shown with the user")
    trail_parent = "user"

    class Meta:
        proxy = True
        verbose_name = _("role of a user")
        verbose_name_plural = _("roles of users")
