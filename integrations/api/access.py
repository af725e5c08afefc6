"""Who asks: a token, or the browser's own session; what it may ask for, and how often."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from redis.exceptions import RedisError
from rest_framework import authentication, exceptions, permissions, throttling
from rest_framework.request import Request

from crm.accounts.middleware import FACTOR_DUE
from crm.accounts.throttle import MINUTE, Throttle
from integrations.domain.api_tokens import token_of
from integrations.models import ApiToken

SCHEME = "Bearer"


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer hpt_…`. No cookie is involved, so nothing needs to be proved against forgery."""

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        """The person and the token; None where none was sent."""
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        token = token_of(secret.strip(), request._request)
        if token is None:
            raise exceptions.AuthenticationFailed(_("This token is unknown, expired or revoked."))
        if "Accept-Language" not in request.headers and token.user.language:
            translation.activate(token.user.language)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """What WWW-Authenticate says."""
        return f'{SCHEME} realm="api"'


class SessionAuthentication(authentication.SessionAuthentication):
    """The browser's session, with the proof against forgery that forms send too. Whoever has to change the password or to set up
    a second factor first gets nothing."""

    def authenticate(self, request: Request) -> Any:
        """The person of the session."""
        found = super().authenticate(request)
        if found is not None and (found[0].must_change_password or request.session.get(FACTOR_DUE)):
            raise exceptions.PermissionDenied(_("Open the site first: your account has something to settle."))
        return found


class TokenAllows(permissions.BasePermission):
    """Signed in; and a token is for this kind of record, and for writing where something is written."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether it may go on to the person's own rights."""
        if not request.user.is_authenticated:
            return False
        token = request.auth
        if not isinstance(token, ApiToken):
            return True
        kind = getattr(view, "kind", "")
        if kind and kinds_refused(token, (kind,)):
            raise exceptions.PermissionDenied(_("This token is not for this kind of record."))
        if request.method not in permissions.SAFE_METHODS and not token.writes:
            raise exceptions.PermissionDenied(_("This token may read only."))
        return True


def kinds_refused(token: Any, kinds: Collection[str]) -> list[str]:
    """Those of these kinds of record that the token is not for."""
    return [kind for kind in kinds if isinstance(token, ApiToken) and token.records and kind not in token.records]


def refuse_kinds(token: Any, kinds: Collection[str]) -> None:
    """Raise PermissionDenied for a step that makes records of kinds that the token is not for."""
    if refused := kinds_refused(token, kinds):
        told = _("This step makes records that the token is not for: %(kinds)s.") % {"kinds": ", ".join(refused)}
        raise exceptions.PermissionDenied(told)


class Requests(throttling.BaseThrottle):
    """So many requests a minute for each token, and for each person without one."""

    def __init__(self) -> None:
        self.counter = Throttle("api", settings.API_REQUESTS_PER_MINUTE, MINUTE)

    def allow_request(self, request: Request, view: Any) -> bool:
        """Whether one more is within the limit; without Redis nothing is counted."""
        who = f"token-{request.auth.pk}" if isinstance(request.auth, ApiToken) else f"user-{request.user.pk}"
        try:
            return self.counter.hit(who)
        except (RedisError, OSError):
            return True

    def wait(self) -> float:
        """For Retry-After."""
        return self.counter.wait()
