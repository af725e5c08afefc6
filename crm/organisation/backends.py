"""Signing in with name and password; what a person may do comes from the roles (User.has_perm)."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from crm.organisation.models import User


class RoleBackend(BaseBackend):
    """Checks the password of an active user."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_kwargs: Any
    ) -> User | None:
        """The user, or None. An unknown name takes as long as a wrong password."""
        if not username or password is None:
            return None
        if request is not None:
            request.password_checked = True  # type: ignore[attr-defined]  # axes comes first: the account is not locked
        user = User.objects.filter(username=username).first()
        if user is None:
            User().set_password(password)
            return None
        return user if user.is_active and user.check_password(password) else None

    def get_user(self, user_id: int) -> User | None:
        """The user of a session; None once deactivated, which ends the session."""
        return User.objects.select_related("business_unit").filter(pk=user_id, is_active=True).first()
