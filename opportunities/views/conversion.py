"""Making an opportunity of a qualified lead: for a customer that is there, or one that is registered on the way."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from crm.errors import DomainError, StaleVersion, TransitionError
from crm.generic.views.edit import told
from customers.domain.registration_candidates import Known, candidates
from customers.views.register import ADD, RegisterFormView, hits
from leads.enums import LeadState
from leads.models import Lead
from opportunities.domain.conversion import (
    convert_lead,
    finish_conversion,
    opportunity_name,
    register_and_convert,
    waiting_registration,
)
from opportunities.forms.conversion import OPPORTUNITY, ConvertForm, LeadRegisterForm
from opportunities.models import LeadConversion, Opportunity

NEEDED = ["opportunities.add_opportunity", "leads.view_lead", "leads.change_lead"]
CARRIED = {"name": "opportunity", "product_line": "product_line", "expected_close_on": "expected_close_on"}


def lead_of(request: HttpRequest, pk: int) -> Lead:
    """The lead, within scope and not shared for reading only."""
    rows = Lead.objects.visible_to(request.user, write=True).filter(pk=pk)
    lead: Lead | None = rows.select_related("customer", "product_line", "region", "owner").first()
    if lead is None:
        raise Http404
    return lead


def company_of(lead: Lead) -> dict[str, str]:
    """Phone and e-mail help to recognise the company."""
    return {"phone": lead.phone, "email": lead.email}


def known_of(lead: Lead) -> dict[str, Any]:
    """What the lead knows of the registration and the opportunity."""
    known = {"contact_name": lead.contact_name, "contact_phone": lead.phone}
    return {"opportunity": opportunity_name(lead), "product_line": lead.product_line_id, **known}


def opportunity_of(values: dict[str, Any]) -> dict[str, Any]:
    """What the opportunity shall be, taken out of the values of a LeadRegisterForm."""
    name = values.pop("opportunity")
    return {"name": name, **{field: values.pop(field) for field in ("product_line", "expected_close_on")}}


def offered(request: HttpRequest, lead: Lead, found: list[Known]) -> list[dict[str, Any]]:
    """The candidates; those in reach can be taken as the lead's customer."""
    page = reverse("opportunities:lead_convert", args=[lead.pk])
    return [
        {**hit, "use": f"{page}?customer={hit['known'].customer}" if hit["known"].in_reach else ""}
        for hit in hits(request.user, found)
    ]


def record_page(lead: Lead) -> str:
    """The address of the lead."""
    return reverse("leads:lead_record", args=[lead.pk])


def crumbs_of(lead: Lead) -> list[tuple[str, str | None]]:
    """The way to the page."""
    return [
        (_("Leads"), reverse("leads:lead_list")),
        (str(lead), record_page(lead)),
        (_("Convert to opportunity"), None),
    ]


def made(request: HttpRequest, opportunity: Opportunity) -> HttpResponse:
    """To the opportunity that was made."""
    messages.success(request, _("The lead became the opportunity “%(name)s”.") % {"name": opportunity.name})
    return HttpResponseRedirect(reverse("opportunities:opportunity_record", args=[opportunity.pk]))


class LeadMixin(View):
    """Pages of those who may convert leads."""

    needed = NEEDED

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """All of the rights it takes, and a lead in reach."""
        if not request.user.has_perms(self.needed):
            raise PermissionDenied
        self.lead = lead_of(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def refused(self, error: DomainError) -> HttpResponse:
        """Back to the lead, with the reason."""
        messages.error(self.request, told(error))
        return HttpResponseRedirect(record_page(self.lead))


class ConvertLeadView(LeadMixin):
    """Asks for customer and name, then converts."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form; the customers that may be the company are shown beside it."""
        chosen = {"customer": request.GET["customer"]} if request.GET.get("customer", "").isdecimal() else {}
        return self.show(ConvertForm(lead=self.lead, user=request.user, initial=chosen))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Convert, then show the opportunity; 'none of these' goes on to the registration."""
        if "none" in request.POST:
            carried = {CARRIED[name]: request.POST.get(name, "") for name in CARRIED}
            return HttpResponseRedirect(f"{reverse('opportunities:lead_register', args=[pk])}?{urlencode(carried)}")
        form = ConvertForm(request.POST, lead=self.lead, user=request.user)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            opportunity = convert_lead(lead=self.lead, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except (TransitionError, StaleVersion) as error:
            return self.refused(error)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
            return self.show(form, status=422)
        return made(request, opportunity)

    def show(self, form: ConvertForm, status: int = 200) -> HttpResponse:
        """The page."""
        lead, user = self.lead, self.request.user
        found = candidates(actor=user, text=lead.company_name, phone=lead.phone, email=lead.email)  # type: ignore[arg-type]
        context = {
            "lead": lead,
            "form": form,
            "hits": offered(self.request, lead, found),
            "may_register": user.has_perm(ADD),
            "waiting": waiting_registration(lead),
            "cancel_url": record_page(lead),
            "crumbs": crumbs_of(lead),
            "nav": "leads",
        }
        return render(self.request, "opportunities/convert.html", context, status=status)


class LeadRegisterView(LeadMixin, RegisterFormView):
    """'None of these': the company is registered, and the opportunity made as soon as it is a customer."""

    needed = [*NEEDED, ADD]
    form_class = LeadRegisterForm
    template = "opportunities/convert_register.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, unless the lead has gone on, or waits already."""
        if self.lead.state != LeadState.QUALIFIED or waiting_registration(self.lead) is not None:
            return HttpResponseRedirect(record_page(self.lead))
        return super().get(request, *args, **kwargs)

    def company(self) -> str:
        """The lead's company."""
        return self.lead.company_name

    def also_known(self) -> dict[str, str]:
        """Phone and e-mail help to recognise it."""
        return company_of(self.lead)

    def initial(self) -> dict[str, Any]:
        """What the lead knows, and what was typed on the page before."""
        typed = {name: value for name in OPPORTUNITY if (value := self.request.GET.get(name))}
        return {**known_of(self.lead), **typed}

    def write(self, **values: Any) -> HttpResponse:
        """Register, and show the opportunity, or the lead that waits."""
        opportunity = opportunity_of(values)
        actor: Any = self.request.user
        try:
            conversion = register_and_convert(lead=self.lead, actor=actor, opportunity=opportunity, **values)
        except (TransitionError, StaleVersion) as error:
            return self.refused(error)
        found = Opportunity.objects.visible_to(actor).filter(lead=self.lead).order_by("pk").first()
        if found is not None:
            return made(self.request, found)
        if conversion.registration.submissions:
            text = _("%(name)s was sent for approval. The lead becomes an opportunity once it is a customer.")
        else:
            text = _("%(name)s was kept as a draft.")
        messages.success(self.request, text % {"name": conversion.registration.name})
        return HttpResponseRedirect(record_page(self.lead))

    def show(self, form: Any, found: list[Known], status: int = 200) -> HttpResponse:
        """The form's page."""
        context = {"lead": self.lead, "form": form, "hits": offered(self.request, self.lead, found), **self.around()}
        return render(self.request, self.template, context, status=status)

    def around(self) -> dict[str, Any]:
        """Where the page stands."""
        back = reverse("opportunities:lead_convert", args=[self.lead.pk])
        return {"nav": "leads", "cancel_url": back, "crumbs": crumbs_of(self.lead)}


class FinishLeadView(LeadMixin):
    """The company is a customer now: the opportunity by one press of a button."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make it; what speaks against it is said."""
        rows = LeadConversion.objects.visible_to(request.user).select_related("registration__customer__merged_into")
        conversion = rows.filter(lead=self.lead).first()
        if conversion is None:
            raise Http404
        try:
            opportunity = finish_conversion(conversion=conversion, actor=request.user)  # type: ignore[arg-type]
        except DomainError as error:
            return self.refused(error)
        return made(request, opportunity)
