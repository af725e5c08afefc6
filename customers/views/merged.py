"""Old addresses of customers that were merged lead to the winner."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.generic import View

from crm.generic.views.printing import PrintView
from crm.generic.views.record import RecordView, TabView
from customers.domain.merging.preview import winner_of
from customers.views.change import CustomerEdit


class LedToWinner:
    """Mixed into the views of a customer: where there is none of that key, the one that it was merged into, if in reach."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page, or the way to the winner."""
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except Http404:
            winner = winner_of(kwargs["pk"], request.user)  # type: ignore[arg-type]
            if winner is None:
                raise
            messages.info(request, _("That customer was merged into %(name)s (%(code)s).") % winner_words(winner))
            return HttpResponseRedirect(self.entity.record_url(winner))  # type: ignore[attr-defined]


def winner_words(winner: Any) -> dict[str, str]:
    """How the winner is named."""
    return {"name": winner.name, "code": winner.code}


class CustomerRecordView(LedToWinner, RecordView):
    """The page of a customer."""


class CustomerTabView(LedToWinner, TabView):
    """A tab of a customer."""


class CustomerPrintView(LedToWinner, PrintView):
    """A customer on paper."""


class CustomerEditView(LedToWinner, CustomerEdit):
    """Edit a customer. Who was editing one while it was merged loses nothing: what was typed is laid beside the winner's values,
    to be chosen field by field."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or show both when the customer is another one by now."""
        winner = winner_of(kwargs["pk"], request.user)  # type: ignore[arg-type]
        if winner is None:
            return super().post(request, *args, **kwargs)
        self.kwargs = {**self.kwargs, "pk": winner.pk}
        if "base_version" in request.POST:
            return super().post(request, *args, **kwargs)
        self.instance = self.record()
        messages.info(request, _("That customer was merged into %(name)s (%(code)s).") % winner_words(winner))
        return self.merge(self.record(), request.POST, 0)


VIEWS: dict[str, type[View]] = {
    "record": CustomerRecordView,
    "tab": CustomerTabView,
    "print": CustomerPrintView,
    "edit": CustomerEditView,
}
