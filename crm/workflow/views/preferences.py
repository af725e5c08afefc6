"""The page on which a person chooses what to be told, how and when."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from crm.errors import DomainError
from crm.generic.views.edit import add_error
from crm.workflow.domain.preferences import save_preferences
from crm.workflow.forms.preferences import PreferencesForm


class Preferences(View):
    """The reader's own wishes."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self.show(PreferencesForm(user=request.user))  # type: ignore[arg-type]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store them."""
        form = PreferencesForm(request.POST, user=request.user)  # type: ignore[arg-type]
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            save_preferences(actor=request.user, **form.values())  # type: ignore[arg-type]
        except DomainError as error:
            add_error(form, error)
            return self.show(form, status=422)
        messages.success(request, _("Your choice was saved."))
        return HttpResponseRedirect(reverse("workflow:notification_preferences"))

    def show(self, form: PreferencesForm, status: int = 200) -> HttpResponse:
        """The page."""
        inbox = reverse("workflow:inbox")
        context = {
            "form": form,
            "cancel_url": inbox,
            "sent": [channel.label for channel in form.channels if channel.deliver is not None],
            "nav": "inbox",
            "crumbs": [(_("Notifications"), inbox), (_("What I am told"), None)],
        }
        return render(self.request, "workflow/preferences.html", context, status=status)
