"""The page that releases a new product into the catalogue."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.generic.views.base import EntityView
from crm.generic.views.edit import add_error
from opportunities.domain.developments.release import MAY_ADD, release, what_keeps
from opportunities.enums import DevelopmentState
from opportunities.forms.development import ReleaseForm
from opportunities.models import DevelopmentRequest


class DevelopmentRelease(EntityView):
    """Asks for the product as it comes into the catalogue; with ?part=specification the fields of the line that was chosen."""

    action = "change"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For those who may add products."""
        if request.user.is_authenticated and not request.user.has_perm(MAY_ADD):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form with what the request knows; what cannot be released leads back to its page."""
        record = self.record()
        if request.GET.get("part") == "specification":
            form = self.form(record, initial=request.GET.dict())
            return render(request, "catalogue/_specification_fields.html", {"form": form})
        on_trial = record.state == DevelopmentState.TRIAL
        if reason := what_keeps(record) if on_trial else _("It is released once the customer has tried it."):
            messages.info(request, reason)
            return HttpResponseRedirect(self.entity.record_url(record))
        return self.show(record, self.form(record))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Release it."""
        record = self.record()
        form = self.form(record, data=request.POST)
        if not form.is_valid():
            return self.show(record, form, status=422)
        try:
            made = release(development=record, actor=request.user, **form.values())  # type: ignore[arg-type]
        except DomainError as error:
            add_error(form, error)
            return self.show(record, form, status=422)
        messages.success(request, _("%(name)s was released into the catalogue.") % {"name": made})
        return HttpResponseRedirect(self.entity.record_url(record))

    def form(self, record: DevelopmentRequest, **kwargs: Any) -> ReleaseForm:
        """The form for this reader."""
        return ReleaseForm(user=self.request.user, development=record, **kwargs)

    def show(self, record: DevelopmentRequest, form: ReleaseForm, status: int = 200) -> HttpResponse:
        """The page."""
        url, title = self.entity.record_url(record), _("Release into the catalogue")
        crumbs = [self.context()["list_crumb"], (str(record), url), (title, None)]
        context = self.context(record=record, form=form, title=title, cancel_url=url, crumbs=crumbs)
        context["label"] = _("Release")
        return render(self.request, "catalogue/product_form.html", context, status=status)
