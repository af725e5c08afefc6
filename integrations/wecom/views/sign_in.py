"""Signing in with WeCom: to WeCom and back. The way back counts once, in the session that began it, for ten minutes."""

import secrets
import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from crm.accounts.devices import client_address
from crm.accounts.domain.log import write_log
from crm.accounts.models.sign_in import Kind, Reason
from crm.accounts.throttle import SIGN_IN_FAILURES, SIGN_INS, in_minutes, limited
from crm.errors import DomainError
from crm.security.views.sign_in import enter
from integrations.wecom.domain.accounts import account_of, link
from integrations.wecom.domain.settings import settings_or_refuse
from integrations.wecom.domain.sign_in import VisitorRefused, address_at_wecom, userid_of

WAITING = "wecom_sign_in"  # in the session: what was asked of WeCom
WITHIN = 10 * 60  # seconds
BACKEND = "crm.organisation.backends.RoleBackend"
INSIDE = "wxwork/"  # WeCom's own browser
SHOWN_OF_A_NAME = 3  # characters of an account that is nobody's, in the log


def to_wecom(request: HttpRequest, *, target: str, linking: bool = False) -> HttpResponse:
    """Send the browser to WeCom; what it is for waits in the session. Raises ExternalError when it is switched off."""
    row = settings_or_refuse("sign_in")
    state = secrets.token_urlsafe(24)
    request.session[WAITING] = {
        "state": state,
        "at": int(time.time()),
        "next": target,
        "link": request.user.pk if linking else None,
    }
    back = request.build_absolute_uri(reverse("integrations:wecom_back"))
    inside = INSIDE in request.headers.get("User-Agent", "")
    return HttpResponseRedirect(address_at_wecom(row, back=back, state=state, inside=inside))


@method_decorator([login_not_required, never_cache, limited(SIGN_INS)], name="dispatch")
class Start(View):
    """To WeCom; whoever is signed in goes straight on, so that links in messages lead here."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Off to WeCom."""
        target = _safe(request, request.GET.get("next", ""))
        if request.user.is_authenticated:
            return HttpResponseRedirect(target)
        if SIGN_IN_FAILURES.spent(client_address(request)):
            return _refused(request, _too_many())
        try:
            return to_wecom(request, target=target)
        except DomainError as error:
            return _refused(request, error.message)


@method_decorator([login_not_required, never_cache, limited(SIGN_INS)], name="dispatch")
class Back(View):
    """From WeCom, with a code that says who it is."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Sign in, or link the account to whoever is signed in."""
        waiting = request.session.pop(WAITING, None)
        given = request.GET.get("state", "")
        if (
            not waiting
            or time.time() - waiting["at"] > WITHIN
            or not constant_time_compare(waiting["state"].encode(), given.encode())
        ):
            return _refused(request, _("This sign-in does not come from this browser, or took too long: start again."))
        if SIGN_IN_FAILURES.spent(client_address(request)):
            return _refused(request, _too_many())
        try:
            userid = userid_of(settings_or_refuse("sign_in"), request.GET.get("code", ""))
            if waiting["link"]:
                return self.linked(request, userid, waiting["link"])
        except DomainError as error:
            # an office shares one address: an outage, or a wrong setting, must not lock it out
            if isinstance(error, VisitorRefused):
                SIGN_IN_FAILURES.hit(client_address(request))
            return _refused(request, error.message)
        return self.signed_in(request, userid, waiting["next"])

    def linked(self, request: HttpRequest, userid: str, asked_by: int) -> HttpResponse:
        """Link it to the person who asked, if it is still the one who is signed in."""
        user: Any = request.user
        if not user.is_authenticated or user.pk != asked_by:
            return _refused(request, _("Sign in again, then link your WeCom account."))
        link(user=user, userid=userid, actor=user)
        messages.success(request, _("Your WeCom account %(account)s is linked.") % {"account": userid})
        return redirect("integrations:wecom_account")

    def signed_in(self, request: HttpRequest, userid: str, target: str) -> HttpResponse:
        """As with the password: the log, the second factor, what must be done first."""
        account = account_of(userid)
        user: Any = account.user if account is not None else None
        if user is None or not user.is_active:
            SIGN_IN_FAILURES.hit(client_address(request))
            shown = userid if len(userid) <= SHOWN_OF_A_NAME else f"{userid[:SHOWN_OF_A_NAME]}…"
            reason = Reason.NOT_LINKED if user is None else Reason.INACTIVE
            write_log(kind=Kind.REFUSED, user=user, username=shown, reason=reason, request=request)
            return _refused(
                request,
                _(
                    "No active account here is linked to this WeCom account. Sign in with your password, then link it on"
                    " the page “Sign-in and security”."
                ),
            )
        user.backend = BACKEND
        return enter(request, user, remember=False, target=target, by=Reason.WECOM)


def _safe(request: HttpRequest, url: str) -> str:
    """An address of ours, else the start page."""
    own = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if own else resolve_url(settings.LOGIN_REDIRECT_URL)


def _too_many() -> str:
    wait = in_minutes(SIGN_IN_FAILURES.wait())
    return _("Too many refused sign-ins from your address. Try again %(when)s.") % {"when": wait}


def _refused(request: HttpRequest, text: Any) -> HttpResponse:
    """Back to where one signs in, or to the own account, with the reason."""
    messages.error(request, str(text))
    return redirect("integrations:wecom_account" if request.user.is_authenticated else "login")
