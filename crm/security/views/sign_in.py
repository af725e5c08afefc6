"""Signing in: name and password, then the code where there is a second factor."""

import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import load_backend, login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from crm import extension_points
from crm.accounts.devices import client_address
from crm.accounts.domain.second_factor import WrongCode, check_code, has_second_factor
from crm.accounts.models.sign_in import Reason
from crm.accounts.throttle import SIGN_IN_FAILURES, SIGN_INS, in_minutes, limited
from crm.security.forms import CodeForm, SignInForm
from crm.signing_in import SignInWay

PENDING = "sign_in"  # in the session: who gave the right password and now must give the code
CODE_WITHIN = 10 * 60  # seconds


@method_decorator(limited(SIGN_INS), name="post")
class SignIn(LoginView):
    """The sign-in page. Without 'stay signed in' the session ends with the browser."""

    template_name = "registration/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Not from an address that has failed too often, whatever the account."""
        if SIGN_IN_FAILURES.spent(client_address(request)):
            wait = SIGN_IN_FAILURES.wait()
            text = _("Too many wrong passwords from your address. Try again %(when)s.") % {"when": in_minutes(wait)}
            return _locked(request, text, wait)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in and set how long the session lasts; or ask for the code first."""
        return enter(
            self.request,
            form.get_user(),
            remember=form.cleaned_data["remember"],
            target=self.get_success_url(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the other ways to sign in."""
        return super().get_context_data(**kwargs, ways=ways())


def ways() -> list[SignInWay]:
    """The ways to sign in by an account elsewhere that this installation has."""
    return [way for way in extension_points.sign_in_ways.all() if way.offered()]


def enter(request: HttpRequest, user: Any, *, remember: bool, target: str, by: str = "") -> HttpResponse:
    """Sign in somebody who has proved who it is, or ask for the code first; then on to `target`, an address of ours.

    `user.backend` is set. `by` is the reason that the log names for another way than the password.
    """
    if has_second_factor(user):
        request.session.cycle_key()
        request.session[PENDING] = {
            "user": user.pk,
            "backend": user.backend,
            "fingerprint": user.get_session_auth_hash(),
            "at": int(time.time()),
            "remember": remember,
            "next": target,
            "by": by,
        }
        return redirect("login_code")
    request.signed_in_by = by  # type: ignore[attr-defined]
    login(request, user)
    _set_lifetime(request, remember)
    return HttpResponseRedirect(target)


def _set_lifetime(request: HttpRequest, remember: bool) -> None:
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if remember else 0)


@never_cache
def locked_out(
    request: HttpRequest, original_response: HttpResponse | None = None, credentials: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The sign-in page after too many wrong passwords (called by django-axes)."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    text = _("Too many wrong passwords. Try again in %(minutes)d minutes.") % {"minutes": minutes}
    return _locked(request, text, minutes * 60)


def _locked(request: HttpRequest, text: str, seconds: int) -> HttpResponse:
    form = SignInForm(request, data=None)
    context = {"form": form, "locked": text, "next": request.POST.get("next", ""), "ways": ways()}
    response = render(request, "registration/login.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
@method_decorator(limited(SIGN_INS), name="post")
class Code(View):
    """The second step: the code. Whoever did not just give the right password is sent back to the first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self.back(request) if self.pending(request) is None else self.show(request, CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Sign in with the right code."""
        user = self.pending(request)
        if user is None:
            return self.back(request)
        form = CodeForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            means = check_code(user=user, code=form.cleaned_data["code"], request=request)
        except WrongCode as error:
            form.add_error("code", str(error.message))
            return self.show(request, form, status=429 if error.reason == Reason.TOO_MANY else 422)
        step = request.session.pop(PENDING)
        request.signed_in_by = step.get("by") or means  # type: ignore[attr-defined]
        login(request, user, backend=step["backend"])
        _set_lifetime(request, step["remember"])
        return HttpResponseRedirect(step["next"])

    def pending(self, request: HttpRequest) -> Any:
        """Who gave the right password a moment ago; nobody whose password or account has changed since."""
        step = request.session.get(PENDING)
        if not step or time.time() - step["at"] > CODE_WITHIN:
            return None
        user: Any = load_backend(step["backend"]).get_user(step["user"])
        same = user is not None and constant_time_compare(user.get_session_auth_hash(), step["fingerprint"])
        return user if same else None

    def back(self, request: HttpRequest) -> HttpResponse:
        """To the first step."""
        if request.session.pop(PENDING, None):
            messages.info(request, _("That took too long: sign in again."))
        return redirect("login")

    def show(self, request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
        """The page."""
        return render(request, "security/code.html", {"form": form}, status=status)
