"""Asking for the password once more before something weighty; what was asked for then goes on, nothing is lost."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from crm.accounts.domain.log import write_log
from crm.accounts.models.sign_in import Kind, Reason
from crm.accounts.throttle import CONFIRMATIONS, in_minutes

LASTS = 15 * 60  # seconds
CONFIRMED_AT = "confirmed_at"
PASSWORD, READING = "_password", "_reading"  # fields of the page that asks
BACK = "_back"
_OWN = (PASSWORD, READING, BACK, "_username", "csrfmiddlewaretoken")
SAFE = ("GET", "HEAD", "OPTIONS")


class ConfirmForm(forms.Form):
    """The password. The names of the fields stay clear of those of what was asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[PASSWORD] = forms.CharField(
            label=gettext_lazy("Password"),
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
        )


def note_confirmed(request: HttpRequest) -> None:
    """The person has just proved who it is."""
    request.session[CONFIRMED_AT] = int(time.time())


def recently_confirmed(request: HttpRequest) -> bool:
    """Whether that was less than a quarter of an hour ago; signing in counts."""
    return time.time() - request.session.get(CONFIRMED_AT, 0) < LASTS


def confirm(request: HttpRequest, *, download: bool = False) -> HttpResponse | None:
    """None when what was asked for may go on, else the page that asks for the password, or says what comes next.

    The page sends the very request again with the password added. `download`: the answer is a file, which leaves the page where
    it is; a page that fetches it comes between.
    """
    if request.method != "POST" or PASSWORD not in request.POST:
        return None if recently_confirmed(request) else _page(request, ConfirmForm())
    reading, password = READING in request.POST, request.POST[PASSWORD]
    form = ConfirmForm(request.POST)
    status = _check(request, form, password)
    if status != 200:
        return _page(request, form, status=status)
    note_confirmed(request)
    if reading:
        return HttpResponseRedirect(request.get_full_path())
    if download:
        return _page(request, None)
    data = request.POST.copy()
    for name in _OWN:
        data.pop(name, None)
    request.POST = data  # type: ignore[assignment]
    return None


def _check(request: HttpRequest, form: ConfirmForm, password: str) -> int:
    """200 for the right password; else the status of the answer, and the form says why."""
    user: Any = request.user
    if CONFIRMATIONS.spent(user.pk):
        message = _("Too many wrong passwords. Try again %(when)s.") % {"when": in_minutes(CONFIRMATIONS.wait())}
        form.add_error(PASSWORD, message)
        return 429
    if not form.is_valid():
        return 422
    if user.check_password(password):
        write_log(kind=Kind.CONFIRMED, user=user, request=request)
        return 200
    CONFIRMATIONS.hit(user.pk)
    write_log(kind=Kind.REFUSED, user=user, reason=Reason.WRONG_PASSWORD, request=request)
    form.add_error(PASSWORD, _("This is not your password."))
    return 422


def _page(request: HttpRequest, form: ConfirmForm | None, status: int = 200) -> HttpResponse:
    """The page that asks; without a form the one that fetches a file."""
    sent = [(name, value) for name, values in request.POST.lists() if name not in _OWN for value in values]
    context = {
        "form": form,
        "sent": sent,
        "reading": request.method in SAFE or READING in request.POST,
        "target": request.get_full_path(),
        "back": _back(request),
        "crumbs": [(_("Confirm that it is you"), None)],
    }
    response = render(request, "security/confirm.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _back(request: HttpRequest) -> str:
    """The page from which it was asked for."""
    here = {request.get_host()}
    for url in (request.POST.get(BACK, ""), request.headers.get("Referer", "")):
        if url and url_has_allowed_host_and_scheme(url, here, require_https=request.is_secure()):
            return url
    return "/"


class ConfirmFirst(View):
    """For views that want the password once more before a POST. Stands behind the class that checks the right, so that whoever
    may not do it is told at once: `class Edit(EntityView, ConfirmFirst)`."""

    confirm_reading: ClassVar[bool] = False  # whether GET wants it too

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask first."""
        request.sensitive_post_parameters = [PASSWORD]  # type: ignore[attr-defined]
        asks = self.confirm_reading or request.method not in SAFE
        page = confirm(request) if asks else None
        return page if page is not None else super().dispatch(request, *args, **kwargs)


def confirm_first(*, download: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The same for functions that are views."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def confirmed(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            request.sensitive_post_parameters = [PASSWORD]  # type: ignore[attr-defined]
            page = confirm(request, download=download)
            return page if page is not None else view(request, *args, **kwargs)

        return confirmed

    return decorate
