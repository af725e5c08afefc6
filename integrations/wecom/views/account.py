"""The reader's own WeCom account: linked once, with the password, and unlinked."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from crm.accounts.confirmation import ConfirmFirst, recently_confirmed
from crm.errors import DomainError
from integrations.models import WecomAccount
from integrations.wecom.domain.accounts import unlink
from integrations.wecom.domain.settings import switched_on
from integrations.wecom.views.sign_in import to_wecom


class Account(ConfirmFirst, View):
    """Shows what is linked, after the password; a link goes to WeCom, which says whose account it is."""

    confirm_reading = True
    http_method_names = ("get", "post")  # POST brings the password

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        user: Any = request.user
        context = {
            "account": WecomAccount.objects.visible_to(user).first(),
            "offered": switched_on("sign_in") is not None,
            "crumbs": [(_("Sign-in and security"), reverse("security:own")), (_("WeCom"), None)],
        }
        return render(request, "integrations/wecom/account.html", context)


class Link(View):
    """To WeCom, to link the account. A link and no form: a form of ours may lead to no other host (form-action)."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Off to WeCom, if the password was given a moment ago."""
        if not recently_confirmed(request):
            return redirect("integrations:wecom_account")
        try:
            return to_wecom(request, target=reverse("integrations:wecom_account"), linking=True)
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("integrations:wecom_account")


class Unlink(ConfirmFirst, View):
    """Gives the link up: no more sign-in and no more messages by WeCom."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do it."""
        user: Any = request.user
        if unlink(user=user, actor=user):
            messages.success(request, _("Your WeCom account is not linked any more."))
        return redirect("integrations:wecom_account")
