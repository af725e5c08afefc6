"""Where people are signed in."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.accounts.devices import device_of
from crm.base.models import BaseModel
from crm.base.scopes import OwnRows

ADMINISTER = "crm.change_user"


class SessionScope(OwnRows):
    """Everybody sees the own sessions, and whoever may change users all of them."""

    def condition(self, user: Any, *more: Any, **how: Any) -> Q | None:
        return None if user.has_perm(ADMINISTER) else super().condition(user, *more, **how)


class UserSession(BaseModel):
    """One sign-in on one device, until it ends. `key` names the session in its store; no page shows it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="+"
    )
    key = models.CharField(max_length=40, editable=False)
    address = models.GenericIPAddressField(_("address"), null=True)
    agent = models.CharField(_("device"), max_length=300, blank=True)
    signed_in_at = models.DateTimeField(_("signed in"))
    last_seen_at = models.DateTimeField(_("last seen"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    scope = SessionScope("user")

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["-last_seen_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-last_seen_at"], condition=Q(ended_at=None), name="usersession_running")
        ]

    def __str__(self) -> str:
        return self.device

    @property
    def device(self) -> str:
        """The browser and the system in words."""
        return device_of(self.agent)
