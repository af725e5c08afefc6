"""What administrators say about handing over: switches, sales areas of the business units, codes of terms."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from crm.errors import DomainError, StaleVersion
from crm.generic.forms import style
from crm.generic.merging import merge_page, number_in, settled, unanswered
from crm.generic.views.edit import MERGE, add_error
from crm.models import BusinessUnit
from integrations.domain.outbox.areas import save_area, save_codes, switch
from integrations.forms import CodesForm, SalesAreaForm, SwitchForm
from integrations.models import ErpCode, OutboxSwitch, SalesArea

CHANGE = "integrations.change_salesarea"


class HandingOver(PermissionRequiredMixin, View):
    """Looking needs one right, changing another."""

    raise_exception = True

    def get_permission_required(self) -> tuple[str, ...]:
        """By what is asked."""
        return (CHANGE if self.request.method == "POST" else "integrations.view_salesarea",)

    def crumbs(self, *more: tuple[Any, Any]) -> list[tuple[Any, Any]]:
        """From the list of messages down."""
        here = reverse("integrations:handing_over") if more else None
        return [(_("To the ERP"), reverse("integrations:outboxmessage_list")), (_("Handing over"), here), *more]


class HandingOverView(HandingOver):
    """The page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """What is stored."""
        on = set(OutboxSwitch.objects.visible_to(request.user).filter(is_on=True).values_list("kind", flat=True))
        return self.show(SwitchForm(initial=dict.fromkeys(on, True)), self.codes())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save switches and codes."""
        switches, codes = SwitchForm(request.POST), self.codes(request.POST)
        if not (switches.is_valid() and codes.is_valid()):
            return self.show(switches, codes, status=422)
        user: Any = request.user
        try:
            save_codes(codes=codes.codes(), actor=user)
            for kind, on in switches.chosen().items():
                switch(kind=kind, on=on, actor=user)
        except DomainError as error:
            add_error(codes, error)
            return self.show(switches, codes, status=422)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("integrations:handing_over"))

    def codes(self, data: Any = None) -> CodesForm:
        """The form of the codes with what is stored."""
        rows = ErpCode.objects.visible_to(self.request.user)
        return CodesForm(data, stored={(row.list_key, row.item): row.code for row in rows})

    def show(self, switches: SwitchForm, codes: CodesForm, status: int = 200) -> HttpResponse:
        """The page with these forms."""
        user: Any = self.request.user
        areas = {area.business_unit_id: area for area in SalesArea.objects.visible_to(user)}
        units = [
            {"unit": unit, "area": areas.get(unit.pk)}
            for unit in BusinessUnit.objects.visible_to(user).order_by("code")
        ]
        for field in switches.fields.values():
            style(field)
        context = {"switches": switches, "codes": codes, "units": units, "nav": "outbox", "crumbs": self.crumbs()}
        context |= {"form": codes, "can_change": user.has_perm(CHANGE)}
        return render(self.request, "integrations/handing_over.html", context, status=status)


class SalesAreaView(HandingOver):
    """Where one business unit sells."""

    def get(self, request: HttpRequest, unit: int) -> HttpResponse:
        """What is stored, or an empty form."""
        return self.show(self.form())

    def post(self, request: HttpRequest, unit: int) -> HttpResponse:
        """Save if nobody else has since the form was read."""
        if unanswered(request.POST):
            return self.merge(self.stored(), request.POST, number_in(request.POST, "base_version"), status=422)
        data = settled(self.form, self.stored(), request.POST)
        form = self.form(data=data)
        if not form.is_valid():
            return self.show(form, status=422)
        user: Any = request.user
        version = form.cleaned_data["version_read"]
        try:
            save_area(area=form.instance, expected_version=version or 0, actor=user)
        except StaleVersion as error:
            return self.merge(error.current, data, version or 0)
        except DomainError as error:
            add_error(form, error)
            return self.show(form, status=422)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("integrations:handing_over"))

    def unit(self) -> BusinessUnit:
        """The business unit; 404 for one out of reach."""
        found = BusinessUnit.objects.visible_to(self.request.user).filter(pk=self.kwargs["unit"]).first()
        if found is None:
            raise Http404
        return found

    def stored(self) -> SalesArea:
        """Its area, or a new one."""
        unit = self.unit()
        rows = SalesArea.objects.visible_to(self.request.user).filter(business_unit=unit)
        return rows.first() or SalesArea(business_unit=unit)

    def form(self, instance: SalesArea | None = None, **values: Any) -> SalesAreaForm:
        """The form of the unit's area."""
        return SalesAreaForm(user=self.request.user, instance=instance or self.stored(), **values)

    def merge(self, stored: SalesArea, data: QueryDict, base_version: int, status: int = 409) -> HttpResponse:
        """The page that lets the reader choose between two versions."""
        unit, here = self.unit(), reverse("integrations:sales_area", args=[self.kwargs["unit"]])
        context = {
            "merge": merge_page(self.form, stored, data, base_version=base_version),
            "title": _("Sales area"),
            "nav": "outbox",
            "crumbs": self.crumbs((unit.label, here)),
            "cancel_url": here,
        }
        return render(self.request, MERGE, context, status=status)

    def show(self, form: SalesAreaForm, status: int = 200) -> HttpResponse:
        """The page."""
        unit = self.unit()
        context = {"form": form, "unit": unit, "nav": "outbox", "crumbs": self.crumbs((unit.label, None))}
        context |= {
            "can_change": self.request.user.has_perm(CHANGE),
            "cancel_url": reverse("integrations:handing_over"),
        }
        return render(self.request, "integrations/sales_area.html", context, status=status)
