"""The password policy beyond Django's own validators."""

from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import ngettext


class PasswordHistory:
    """Refuses a password that the person had before, and keeps each new one for that."""

    def __init__(self, remembered: int) -> None:
        self.remembered = remembered

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for one of the last passwords."""
        if user is None or user.pk is None:
            return
        newest = user.password_hashes.order_by("-set_at", "-pk").values_list("encoded", flat=True)
        if any(check_password(password, encoded) for encoded in newest[: self.remembered]):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def password_changed(self, password: str, user: Any = None) -> None:
        """Called by Django when a password was stored; the newest is kept in any case, for its age."""
        user.password_hashes.create(encoded=user.password, set_at=timezone.now())
        newest = user.password_hashes.order_by("-set_at", "-pk").values_list("pk", flat=True)
        user.password_hashes.exclude(pk__in=list(newest[: max(self.remembered, 1)])).delete()

    def get_help_text(self) -> str:
        """The rule in words."""
        return ngettext(
            "Choose a password other than your last one.",
            "Choose a password other than your last %(n)d.",
            self.remembered,
        ) % {"n": self.remembered}
