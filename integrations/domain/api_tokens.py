"""Tokens of the API: made, recognised, revoked."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts.devices import client_address
from crm.accounts.domain.log import write_log
from crm.accounts.models.sign_in import Kind
from crm.base.saving import create_record
from crm.errors import DomainError, NotAllowed
from integrations.models import ApiToken
from integrations.models.api import HAVE_ONE

PREFIX = "hpt_"
SHOWN = 8  # characters by which one recognises a token
NOTED = dt.timedelta(minutes=5)  # so often its use is written down


def create_token(
    *, actor: Any, name: str, expires_on: dt.date, writes: bool, records: Sequence[str], request: HttpRequest
) -> tuple[ApiToken, str]:
    """A token of the actor, and the secret, which is not kept. Raises NotAllowed, DomainError for a day out of the bounds."""
    if not actor.has_perm(HAVE_ONE):
        raise NotAllowed(_("Your role has no tokens of the API."))
    today = timezone.localdate()
    if expires_on < today:
        raise DomainError(_("This day is past: choose one from today on."), field="expires_on")
    if expires_on > today + dt.timedelta(days=settings.API_TOKEN_MAX_DAYS):
        message = _("At most %(days)s days from now.") % {"days": settings.API_TOKEN_MAX_DAYS}
        raise DomainError(message, field="expires_on")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = create_record(
        ApiToken(
            user=actor,
            name=name,
            start=secret[:SHOWN],
            digest=digest_of(secret),
            writes=writes,
            records=list(records),
            expires_on=expires_on,
        )
    )
    write_log(kind=Kind.TOKEN_MADE, user=actor, request=request)
    return token, secret


def revoke_token(*, token: ApiToken, actor: Any, request: HttpRequest) -> bool:
    """End it at once; False when it was revoked before."""
    rows = ApiToken.objects.filter(pk=token.pk, revoked_at=None)
    if not rows.update(revoked_at=timezone.now(), revoked_by=actor):
        return False
    write_log(kind=Kind.TOKEN_REVOKED, user=token.user, actor=actor, request=request)
    return True


def token_of(secret: str, request: HttpRequest) -> ApiToken | None:
    """The token that is in force, with its person; its use is noted. None for any other, and when the person's account is
    closed or its roles have no tokens any more."""
    token = ApiToken.objects.select_related("user__business_unit").filter(digest=digest_of(secret)).first()
    if token is None or token.revoked_at is not None or token.expires_on < timezone.localdate():
        return None
    user = token.user
    if not user.is_active or user.must_change_password or not user.has_perm(HAVE_ONE):
        return None
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > NOTED:
        address = client_address(request) or None
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now, last_used_from=address)
    return token


def digest_of(secret: str) -> str:
    """The hash by which a token is found: the secret is long and random, so a fast one will do."""
    return hashlib.sha256(secret.encode()).hexdigest()
