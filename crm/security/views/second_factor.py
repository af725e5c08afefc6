"""Set up the second factor, make new recovery codes, remove it."""

from typing import Any, ClassVar

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from crm.accounts.confirmation import ConfirmFirst
from crm.accounts.domain import second_factor
from crm.accounts.domain.second_factor import WrongCode
from crm.accounts.middleware import FACTOR_DUE
from crm.accounts.models.sign_in import Reason
from crm.accounts.throttle import CONFIRMATIONS, in_minutes
from crm.errors import DomainError
from crm.generic.views.edit import add_error
from crm.security.forms import CodeForm, RemoveForm

KEY = "second_factor_key"  # in the session, encrypted, until a code has proved that the app has it


class SetUp(ConfirmFirst):
    """Shows the key as a picture and as text, and takes it into use with a code of the app."""

    confirm_reading: ClassVar[bool] = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; the key stays the same until it is in use."""
        if second_factor.has_second_factor(request.user):
            return redirect("security:own")
        if KEY not in request.session:
            request.session[KEY] = second_factor.new_key()
        return self.show(CodeForm(numeric=True))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take it into use and show the recovery codes."""
        key = request.session.get(KEY)
        if key is None:
            return redirect("security:second_factor")
        form = CodeForm(request.POST, numeric=True)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            codes = second_factor.set_up(
                user=request.user, encrypted=key, code=form.cleaned_data["code"], request=request
            )
        except DomainError as error:
            add_error(form, error)
            return self.show(form, status=422)
        del request.session[KEY]
        request.session.pop(FACTOR_DUE, None)
        return codes_page(request, codes, _("The second factor is set up"))

    def show(self, form: CodeForm, status: int = 200) -> HttpResponse:
        """The page, which no cache keeps."""
        key = self.request.session[KEY]
        picture = segno.make(second_factor.address_for_app(key, self.request.user), error="m", micro=False)
        title = _("Set up the second factor")
        context = {
            "form": form,
            "picture": picture.svg_data_uri(scale=5, border=3, light="#fff"),
            "key": second_factor.readable_key(key),
            "due": self.request.session.get(FACTOR_DUE, False),
            "crumbs": _crumbs(title),
        }
        response = render(self.request, "security/set_up.html", context, status=status)
        add_never_cache_headers(response)
        return response


class RenewCodes(ConfirmFirst):
    """New recovery codes; those of before are void."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make and show them."""
        if not second_factor.has_second_factor(request.user):
            return redirect("security:own")
        return codes_page(
            request, second_factor.renew_codes(user=request.user, request=request), _("New recovery codes")
        )


@method_decorator(sensitive_post_parameters(), name="dispatch")
class Remove(ConfirmFirst):
    """Takes the second factor away, with password and code; not where a role wants it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page that asks."""
        return self.refused(request) or self.show(RemoveForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do it."""
        refused = self.refused(request)
        if refused is not None:
            return refused
        form = RemoveForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        user: Any = request.user
        if CONFIRMATIONS.spent(user.pk):
            wait = in_minutes(CONFIRMATIONS.wait())
            form.add_error("password", _("Too many wrong passwords. Try again %(when)s.") % {"when": wait})
            return self.show(form, status=429)
        if not user.check_password(form.cleaned_data["password"]):
            CONFIRMATIONS.hit(user.pk)
            form.add_error("password", _("This is not your password."))
            return self.show(form, status=422)
        try:
            second_factor.check_code(user=user, code=form.cleaned_data["code"], request=request)
        except WrongCode as error:
            form.add_error("code", str(error.message))
            return self.show(form, status=429 if error.reason == Reason.TOO_MANY else 422)
        second_factor.remove(user=user, request=request)
        messages.success(request, _("The second factor was removed."))
        return redirect("security:own")

    def refused(self, request: HttpRequest) -> HttpResponse | None:
        """Back to the account's page where there is nothing to remove, or a role wants it."""
        if second_factor.is_wanted(request.user):
            messages.error(request, _("Your role wants a second factor: it cannot be removed."))
            return redirect("security:own")
        return None if second_factor.has_second_factor(request.user) else redirect("security:own")

    def show(self, form: RemoveForm, status: int = 200) -> HttpResponse:
        """The page."""
        title = _("Remove the second factor")
        context = {"form": form, "title": title, "crumbs": _crumbs(title)}
        return render(self.request, "security/remove.html", context, status=status)


def codes_page(request: HttpRequest, codes: list[str], title: str) -> HttpResponse:
    """Shows recovery codes: in this answer only, which no cache keeps."""
    response = render(request, "security/codes.html", {"codes": codes, "title": title, "crumbs": _crumbs(title)})
    add_never_cache_headers(response)
    return response


def _crumbs(title: str) -> list[tuple[Any, str | None]]:
    return [(_("Sign-in and security"), reverse("security:own")), (title, None)]
