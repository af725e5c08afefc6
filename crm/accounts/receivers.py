"""What Django's accounts tell us: somebody signed in or out, or was refused."""

import datetime as dt
from typing import Any

from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from crm.accounts.confirmation import note_confirmed
from crm.accounts.devices import client_address
from crm.accounts.domain.log import log_refusal, write_log
from crm.accounts.domain.second_factor import must_set_up
from crm.accounts.domain.sessions import close_session, open_session
from crm.accounts.middleware import FACTOR_DUE
from crm.accounts.models.sign_in import Kind
from crm.accounts.throttle import SIGN_IN_FAILURES


@receiver(user_logged_in, dispatch_uid="crm.accounts")
def signed_in(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Open the session; what the person must do first is kept in it, so that no page asks the database for it."""
    open_session(request=request, user=user)
    note_confirmed(request)
    request.session.pop(FACTOR_DUE, None)
    if must_set_up(user):
        request.session[FACTOR_DUE] = True
    if password_expired(user):
        user.must_change_password = True
        user.save(update_fields=["must_change_password", "updated_at"])
    write_log(kind=Kind.SIGNED_IN, user=user, reason=getattr(request, "signed_in_by", ""), request=request)


def password_expired(user: Any) -> bool:
    """Whether the password is older than PASSWORD_MAX_AGE_DAYS allows."""
    if not settings.PASSWORD_MAX_AGE_DAYS:
        return False
    newest = user.password_hashes.order_by("-set_at").values_list("set_at", flat=True).first() or user.created_at
    return bool(newest < timezone.now() - dt.timedelta(days=settings.PASSWORD_MAX_AGE_DAYS))


@receiver(user_logged_out, dispatch_uid="crm.accounts")
def signed_out(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Close the session."""
    if user is not None:
        close_session(request=request, user=user)


@receiver(user_login_failed, dispatch_uid="crm.accounts")
def refused(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Count and log it."""
    if request is not None:
        SIGN_IN_FAILURES.hit(client_address(request))
    locked = request is not None and not _was_checked(request)
    log_refusal(username=str(credentials.get("username") or ""), request=request, locked=locked)


@receiver(user_locked_out, dispatch_uid="crm.accounts")
def locked_out(sender: Any, request: HttpRequest, username: str, **kwargs: Any) -> None:
    """An account was locked after too many wrong passwords; told again by axes for each attempt while it is."""
    user = get_user_model()._default_manager.filter(username=username).first()
    if user is not None and _was_checked(request):
        write_log(kind=Kind.LOCKED, user=user, request=request)


def _was_checked(request: HttpRequest) -> bool:
    """Whether the password was looked at: not while the account is locked."""
    return getattr(request, "password_checked", False)
