"""Making an opportunity of a qualified lead."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from crm.errors import DomainError, StaleVersion, TransitionError
from customers.models import Customer
from leads.models import Lead
from opportunities.domain.conversion import convert_lead
from opportunities.forms.conversion import ConvertForm

NEEDED = ["opportunities.add_opportunity", "leads.view_lead", "leads.change_lead"]
FOUND = 5


class ConvertLeadView(View):
    """Asks for customer and name, then converts."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """All of the rights it takes."""
        if not request.user.has_perms(NEEDED):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form; customers with a similar name are shown beside it."""
        lead = self.lead(pk)
        chosen = {"customer": request.GET["customer"]} if request.GET.get("customer", "").isdecimal() else {}
        return self.show(lead, ConvertForm(lead=lead, user=request.user, initial=chosen))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Convert, then show the opportunity."""
        lead = self.lead(pk)
        form = ConvertForm(request.POST, lead=lead, user=request.user)
        if not form.is_valid():
            return self.show(lead, form, status=422)
        try:
            opportunity = convert_lead(lead=lead, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except (TransitionError, StaleVersion) as error:
            messages.error(request, str(error.message))
            return HttpResponseRedirect(reverse("leads:lead_record", args=[pk]))
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
            if error.field == "name":
                form.ask_for_consent()
            return self.show(lead, form, status=422)
        messages.success(request, _("The lead became the opportunity “%(name)s”.") % {"name": opportunity.name})
        return HttpResponseRedirect(reverse("opportunities:opportunity_record", args=[opportunity.pk]))

    def lead(self, pk: int) -> Lead:
        """The lead, within scope and not shared for reading only."""
        lead = (
            Lead.objects.visible_to(self.request.user, write=True)
            .select_related("customer", "product_line", "region", "owner")
            .filter(pk=pk)
            .first()
        )
        if lead is None:
            raise Http404
        return lead

    def show(self, lead: Lead, form: ConvertForm, status: int = 200) -> HttpResponse:
        """The page."""
        url = reverse("leads:lead_record", args=[lead.pk])
        crumbs = [(_("Leads"), reverse("leads:lead_list")), (str(lead), url), (_("Convert to opportunity"), None)]
        similar = Customer.objects.visible_to(self.request.user).search(lead.company_name[:20]).order_by("pk")[:FOUND]
        context = {"lead": lead, "form": form, "similar": similar, "cancel_url": url, "crumbs": crumbs, "nav": "leads"}
        return render(self.request, "opportunities/convert.html", context, status=status)
