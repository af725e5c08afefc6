"""The page of the ERP connection: address, account, and a test of it, which runs by itself after an active one was saved."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from crm.errors import DomainError, StaleVersion
from crm.generic.merging import merge_page, number_in, settled, unanswered
from crm.generic.views.edit import MERGE, add_error
from integrations.domain.connection import check_connection, described, open_client, save_connection
from integrations.forms import ConnectionForm
from integrations.models import ErpConnection

TEST_SECONDS = 8.0  # a person waits for it


class ConnectionView(PermissionRequiredMixin, View):
    """Show and change the connection."""

    raise_exception = True

    def get_permission_required(self) -> tuple[str, ...]:
        """Looking and changing are two rights."""
        action = "change" if self.request.method == "POST" else "view"
        return (f"integrations.{action}_erpconnection",)

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
        try:
            save_connection(
                connection=form.instance,
                password=form.cleaned_data["password"],
                actor=request.user,
                expected_version=form.cleaned_data["version_read"] or 0,
            )
        except StaleVersion as error:
            return self.merge(error.current, data, form.cleaned_data["version_read"] or 0)
        except DomainError as error:
            add_error(form, error)
            return self.show(form, status=422)
        messages.success(request, _("The connection was saved."))
        return HttpResponseRedirect(reverse("integrations:connection") + ("?test=1" if form.instance.is_active else ""))

    def form(self, **values: Any) -> ConnectionForm:
        """The form for this reader."""
        return ConnectionForm(user=self.request.user, **values)

    def merge(self, stored: ErpConnection, data: QueryDict, base_version: int, status: int = 409) -> HttpResponse:
        """The page that lets the reader choose between two versions."""
        here = reverse("integrations:connection")
        context = {
            "merge": merge_page(self.form, stored, data, base_version=base_version),
            "title": _("Connection"),
            "nav": "sync",
            "crumbs": [(_("ERP sync"), reverse("integrations:sync")), (_("Connection"), here)],
            "cancel_url": here,
        }
        return render(self.request, MERGE, context, status=status)

    def stored(self) -> ErpConnection:
        """The connection there is, the active one first; a new one when there is none."""
        rows = ErpConnection.objects.visible_to(self.request.user).order_by("-is_active", "pk")
        return rows.first() or ErpConnection(name="SAP")

    def show(self, form: ConnectionForm, status: int = 200, **more: Any) -> HttpResponse:
        """The page."""
        crumbs = [(_("ERP sync"), reverse("integrations:sync")), (_("Connection"), None)]
        can_change = self.request.user.has_perm("integrations.change_erpconnection")  # type: ignore[union-attr]
        context = {
            "form": form,
            "nav": "sync",
            "crumbs": crumbs,
            "connection": described(),
            "can_change": can_change,
            "test_now": "test" in self.request.GET,
            **more,
        }
        return render(self.request, "integrations/connection.html", context, status=status)


class ConnectionTestView(PermissionRequiredMixin, View):
    """Ask the ERP's services for their descriptions with the connection in force."""

    permission_required = "integrations.change_erpconnection"
    raise_exception = True
    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """What each service answers; a fragment for htmx, else a page."""
        context: dict[str, Any] = {"nav": "sync"}
        try:
            with open_client(forced=True, timeout=TEST_SECONDS, attempts=1) as client:
                context["findings"] = check_connection(client)
        except DomainError as error:
            context["failure"] = str(error.message)
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "integrations/_findings.html", context)
        context["crumbs"] = [
            (_("ERP sync"), reverse("integrations:sync")),
            (_("Connection"), reverse("integrations:connection")),
        ]
        return render(request, "integrations/tested.html", context)
