"""Every page wants a signed-in user, unless the view says otherwise."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.accounts.middleware import FACTOR_DUE

PASSWORD_PAGES = ("organisation:password", "logout")
FACTOR_PAGES = ("security:second_factor", *PASSWORD_PAGES)


class LoginRequired(LoginRequiredMiddleware):
    """Django's, which asks each view; health checks and metrics are open to the machine's own network by their views.

    Whoever signed in with a temporary password gets to no page but the one that changes it; whoever must have a second factor and
    has none to no page but the one that sets it up.
    """

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        """Send to the sign-in page, or to the page that changes the password."""
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is not None or not getattr(view_func, "login_required", True):
            return answer
        match = request.resolver_match
        if match is None:
            return None
        if request.user.must_change_password and match.view_name not in PASSWORD_PAGES:  # type: ignore[union-attr]
            return _send_to(request, PASSWORD_PAGES[0])
        if request.session.get(FACTOR_DUE) and match.view_name not in FACTOR_PAGES:
            return _send_to(request, FACTOR_PAGES[0])
        return None

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """To the sign-in page. What was sent without a session cannot be opened as a page afterwards: the way leads back to the
        page with the form, with a word that nothing was done."""
        if request.method in ("GET", "HEAD") or request.headers.get("HX-Request") == "true":
            return super().handle_no_permission(request, view_func)
        messages.warning(
            request, _("You had been signed out: nothing of what you sent was done. Please send it again.")
        )
        page = urlsplit(request.headers.get("Referer", ""))
        ours = page.netloc == request.get_host()
        back = urlunsplit(("", "", page.path, page.query, "")) if ours else reverse("home")
        return redirect_to_login(back, resolve_url(self.get_login_url(view_func)))


def _send_to(request: HttpRequest, name: str) -> HttpResponse:
    url = reverse(name)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
