"""The log of signing in, and of what happens to an account's safety."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.accounts.devices import device_of
from crm.base.models import BaseModel
from crm.base.scopes import OwnRows

READ_LOG = "crm.view_signinevent"


class SignInScope(OwnRows):
    """Everybody sees what concerns the own account, and whoever may read the log all of it."""

    def condition(self, user: Any, *more: Any, **how: Any) -> Q | None:
        return None if user.has_perm(READ_LOG) else super().condition(user, *more, **how)


class Kind(models.TextChoices):
    """What happened."""

    SIGNED_IN = "signed_in", _("signed in")
    REFUSED = "refused", pgettext_lazy("sign-in", "refused")
    LOCKED = "locked", pgettext_lazy("sign-in", "locked for a while")
    UNLOCKED = "unlocked", pgettext_lazy("sign-in", "unlocked")
    SIGNED_OUT = "signed_out", _("signed out")
    ENDED = "ended", _("session ended")
    CONFIRMED = "confirmed", _("confirmed with the password")
    PASSWORD_CHANGED = "password_changed", _("password changed")
    PASSWORD_RESET = "password_reset", _("password reset")
    FACTOR_ON = "factor_on", _("second factor set up")
    FACTOR_OFF = "factor_off", _("second factor removed")
    CODES_RENEWED = "codes_renewed", _("new recovery codes")
    TOKEN_MADE = "token_made", _("API token made")
    TOKEN_REVOKED = "token_revoked", _("API token revoked")


class Reason(models.TextChoices):
    """Why, or by which means."""

    UNKNOWN = "unknown", _("unknown user name")
    INACTIVE = "inactive", _("account deactivated")
    WRONG_PASSWORD = "wrong_password", _("wrong password")
    WRONG_CODE = "wrong_code", _("wrong code")
    CODE_USED = "code_used", _("code used before")
    TOO_MANY = "too_many", _("too many attempts")
    CODE = "code", _("with a code of the app")
    RECOVERY = "recovery", _("with a recovery code")
    WECOM = "wecom", _("with WeCom")
    NOT_LINKED = "not_linked", _("WeCom account that is nobody's")
    SELF = "self", _("by the person")
    ADMINISTRATOR = "administrator", _("by an administrator")
    PASSWORD = "password", _("the password was changed")
    ROLES = "roles", _("the roles were changed")
    DEACTIVATED = "deactivated", _("the account was deactivated")
    FACTOR_REQUIRED = "factor_required", _("a role now wants a second factor")


class SignInEvent(BaseModel):
    """One entry of the log. `user` is whose account it is, None for a name that nobody has; `actor` who did it, if another."""

    at = models.DateTimeField(_("time"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, null=True, related_name="+"
    )
    username = models.CharField(_("user name"), max_length=60, blank=True)
    kind = models.CharField(_("event"), max_length=20, choices=Kind.choices)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("done by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    address = models.GenericIPAddressField(_("address"), null=True)
    agent = models.CharField(_("device"), max_length=300, blank=True)

    scope = SignInScope("user")

    class Meta:
        verbose_name = _("sign-in event")
        verbose_name_plural = _("sign-in events")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="signinevent_newest"),
            models.Index(fields=["user", "-at", "-id"], name="signinevent_own"),
        ]

    def __str__(self) -> str:
        return f"{self.username} · {self.get_kind_display()}"

    @property
    def device(self) -> str:
        """The browser and the system in words."""
        return device_of(self.agent)
