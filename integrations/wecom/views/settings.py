"""The page of the WeCom settings, and its test."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from crm.accounts.confirmation import ConfirmFirst
from crm.errors import DomainError, StaleVersion
from crm.generic.merging import merge_page, number_in, settled, unanswered
from crm.generic.views.edit import MERGE, add_error
from integrations.models import WecomSettings
from integrations.wecom.domain.settings import callback_address, check, open_client, save_settings
from integrations.wecom.forms import WecomSettingsForm

TEST_SECONDS = 8.0  # a person waits for it


class SettingsView(PermissionRequiredMixin, ConfirmFirst, View):
    """Show and change the settings: they decide who may sign in, so the password is asked for before they change."""

    raise_exception = True

    def get_permission_required(self) -> tuple[str, ...]:
        """Looking and changing are two rights."""
        action = "change" if self.request.method == "POST" else "view"
        return (f"integrations.{action}_wecomsettings",)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form with what is stored."""
        return self.show(self.form(instance=self.stored()))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save if nobody else has since the form was read."""
        if unanswered(request.POST):
            return self.merge(self.stored(), request.POST, number_in(request.POST, "base_version"), status=422)
        data = settled(self.form, self.stored(), request.POST)
        form = self.form(instance=self.stored(), data=data)
        if not form.is_valid():
            return self.show(form, status=422)
        version = form.cleaned_data["version_read"] or 0
        try:
            save_settings(row=form.instance, secrets=form.secrets(), actor=request.user, expected_version=version)
        except StaleVersion as error:
            return self.merge(error.current, data, version)
        except DomainError as error:
            add_error(form, error)
            return self.show(form, status=422)
        messages.success(request, _("The WeCom settings were saved."))
        return HttpResponseRedirect(reverse("integrations:wecom_settings"))

    def form(self, **values: Any) -> WecomSettingsForm:
        """The form for this reader."""
        return WecomSettingsForm(user=self.request.user, **values)

    def merge(self, stored: WecomSettings, data: QueryDict, base_version: int, status: int = 409) -> HttpResponse:
        """The page that lets the reader choose between two versions."""
        here = reverse("integrations:wecom_settings")
        context = {
            "merge": merge_page(self.form, stored, data, base_version=base_version),
            "title": _("WeCom"),
            "nav": "settings",
            "crumbs": [(_("Settings"), reverse("settings")), (_("WeCom"), here)],
            "cancel_url": here,
        }
        return render(self.request, MERGE, context, status=status)

    def stored(self) -> WecomSettings:
        """The settings there are, or new ones."""
        return WecomSettings.objects.visible_to(self.request.user).order_by("pk").first() or WecomSettings()

    def show(self, form: WecomSettingsForm, status: int = 200) -> HttpResponse:
        """The page."""
        context = {
            "form": form,
            "nav": "settings",
            "crumbs": [(_("Settings"), reverse("settings")), (_("WeCom"), None)],
            "stored": form.instance.pk is not None,
            "site": settings.SITE_URL,
            "callback": callback_address(),
            "can_change": self.request.user.has_perm("integrations.change_wecomsettings"),  # type: ignore[union-attr]
        }
        return render(self.request, "integrations/wecom/settings.html", context, status=status)


class SettingsTestView(PermissionRequiredMixin, View):
    """Ask WeCom whether the stored settings work."""

    permission_required = "integrations.change_wecomsettings"
    raise_exception = True
    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """What it answers; a fragment for htmx, else a page."""
        context: dict[str, Any] = {"nav": "settings"}
        row = WecomSettings.objects.visible_to(request.user).order_by("pk").first()
        try:
            if row is None:
                raise DomainError(_("Save the settings first."))
            with open_client(row, timeout=TEST_SECONDS, attempts=1) as client:
                context["findings"] = check(client, row)
        except DomainError as error:
            context["failure"] = str(error.message)
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "integrations/wecom/_findings.html", context)
        context["crumbs"] = [
            (_("Settings"), reverse("settings")),
            (_("WeCom"), reverse("integrations:wecom_settings")),
        ]
        return render(request, "integrations/wecom/tested.html", context)
