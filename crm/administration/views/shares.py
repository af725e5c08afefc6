"""Add and take away the collaborators of a record."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from crm.administration.forms import ShareForm
from crm.base.models import OwnedModel
from crm.errors import DomainError
from crm.organisation.domain.shares import end_share, share_record


class ShareView(View):
    """Base: the record of the address, for those who may see it; afterwards back to its page."""

    http_method_names = ("post",)

    def record(self, request: HttpRequest) -> Any:
        """The record; 403 without the right to see such records, 404 out of reach."""
        try:
            model: Any = apps.get_model(self.kwargs["label"])
        except (LookupError, ValueError) as error:
            raise Http404 from error
        if not issubclass(model, OwnedModel):
            raise Http404
        if not request.user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
            raise PermissionDenied
        record = model.objects.visible_to(request.user).filter(pk=self.kwargs["pk"]).first()
        if record is None:
            raise Http404
        return record

    def back(self, record: Any) -> HttpResponse:
        """To the record's page."""
        meta = record._meta
        return HttpResponseRedirect(reverse(f"{meta.app_label}:{meta.model_name}_record", args=[record.pk]))


class AddShare(ShareView):
    """Opens the record to a colleague."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Do it; what speaks against it is told on the record's page."""
        record = self.record(request)
        form = ShareForm(request.POST, user=request.user)  # type: ignore[arg-type]
        if not form.is_valid():
            messages.error(request, str(next(iter(form.errors.values()))[0]))
            return self.back(record)
        try:
            share = share_record(record=record, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("%(name)s works on this record now.") % {"name": share.user})
        return self.back(record)


class EndShare(ShareView):
    """Takes the record back."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it."""
        record = self.record(request)
        try:
            end_share(record=record, share_id=kwargs["share"], actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("The collaborator was removed."))
        return self.back(record)
