"""Editing customers with protected fields, and the settings page that says which they are."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from crm.errors import DomainError
from crm.generic.views.edit import EditView, add_error
from crm.workflow.models import RequestState
from customers.domain.protected import CONFIGURE, protected_fields, set_protected_fields
from customers.forms.protected import ProtectedForm


class CustomerEdit(EditView):
    """Edits a customer; says what was sent for approval."""

    def tell_saved(self, record: Any) -> None:
        """What was saved and what waits; the page one comes to shows the request."""
        asked = getattr(record, "change_request", None)
        if asked is None:
            return super().tell_saved(record)
        if asked.state == RequestState.APPROVED:
            text = _("%(name)s was saved; the change of protected fields needed nobody's decision (%(code)s).")
        else:
            text = _("%(name)s was saved; the change of protected fields waits for approval (%(code)s).")
        messages.success(self.request, text % {"name": record, "code": asked.code})
        return None


class ProtectedFields(View):
    """Which fields are protected."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Check the right."""
        if not request.user.has_perm(CONFIGURE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self.show(ProtectedForm(initial={"fields_held": sorted(protected_fields())}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store the choice."""
        form = ProtectedForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            set_protected_fields(fields=form.cleaned_data["fields_held"], actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            add_error(form, error)
            return self.show(form, status=422)
        messages.success(request, _("Your choice was saved."))
        return HttpResponseRedirect(reverse("customers:protected_fields"))

    def show(self, form: ProtectedForm, status: int = 200) -> HttpResponse:
        """The page."""
        title, settings = _("Protected fields of customers"), reverse("settings")
        context = {
            "form": form,
            "title": title,
            "cancel_url": settings,
            "crumbs": [(_("Settings"), settings), (title, None)],
            "nav": "settings",
        }
        return render(self.request, "customers/changes/protected.html", context, status=status)
