"""The steps of a lead, with those that make an opportunity of a qualified one: for a known customer, or by registering."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from customers.views.register import ADD
from integrations.api.filling import checked
from integrations.api.moves import Known, Possible, StepMoves, Taken, asked
from integrations.api.registering import registered
from leads.enums import LeadState
from leads.models import Lead
from opportunities.domain.conversion import convert_lead, finish_conversion, register_and_convert, waiting_registration
from opportunities.forms.conversion import ConvertForm, LeadRegisterForm
from opportunities.models import LeadConversion, Opportunity
from opportunities.views.conversion import NEEDED, company_of, known_of, lead_of, opportunity_of

CONVERT, REGISTER, FINISH = "converted", "registered", "finished"


class LeadMoves(StepMoves):
    """Those of its page, and of the pages of its conversion."""

    makes: ClassVar[Mapping[str, tuple[str, ...]]] = MappingProxyType(
        {
            CONVERT: ("opportunities",),
            REGISTER: ("registrations", "customers", "opportunities"),
            FINISH: ("opportunities",),
        }
    )

    def known(self) -> list[Known]:
        """Those of its page and the three of its conversion."""
        return [
            *super().known(),
            Known(CONVERT, _("Convert to opportunity"), ConvertForm),
            Known(REGISTER, _("Register the company")),
            Known(FINISH, _("Make the opportunity")),
        ]

    def possible(self, request: HttpRequest, record: Any) -> list[Possible]:
        """Those whose time has come."""
        found, user = super().possible(request, record), request.user
        if record.state != LeadState.QUALIFIED or not user.has_perms(NEEDED):
            return found
        form = ConvertForm(lead=record, user=user)
        found.append(Possible(CONVERT, _("Convert to opportunity"), asked(form)))
        if self._finishes(request, record) is not None:
            found.append(Possible(FINISH, _("Make the opportunity"), {}))
        elif user.has_perm(ADD) and waiting_registration(record) is None:
            found.append(Possible(REGISTER, _("Register the company"), asked(self._form(request, record, None))))
        return found

    def take(self, request: HttpRequest, record: Any, to: str, values: Mapping[str, Any]) -> Taken:
        """As the pages."""
        user: Any = request.user
        if to not in (CONVERT, REGISTER, FINISH):
            return super().take(request, record, to, values)
        if not user.has_perms(NEEDED) or (to == REGISTER and not user.has_perm(ADD)):
            raise PermissionDenied
        lead = lead_of(request, record.pk)
        if to == REGISTER:
            return self._register(request, lead, values)
        if to == FINISH:
            checked(lambda data: None, values)
            conversion = self._finishes(request, lead)
            if conversion is None:
                raise Http404
            return _made(finish_conversion(conversion=conversion, actor=user))
        form = checked(lambda data: ConvertForm(data, lead=lead, user=user), values)
        return _made(convert_lead(lead=lead, actor=user, **form.cleaned_data))

    def _register(self, request: HttpRequest, lead: Lead, values: Mapping[str, Any]) -> Taken:
        user: Any = request.user

        def write(**given: Any) -> LeadConversion:
            opportunity, company = opportunity_of(given), given
            return register_and_convert(lead=lead, actor=user, opportunity=opportunity, **company)

        known = company_of(lead)
        conversion = registered(user, values, lambda data: self._form(request, lead, data), write, **known)
        opportunity = Opportunity.objects.visible_to(user).filter(lead=lead).order_by("pk").first()
        if opportunity is not None:
            return _made(opportunity)
        waits = bool(conversion.registration.submissions)
        return Taken(waits=waits, made=("registrations", conversion.registration_id))

    def _form(self, request: HttpRequest, lead: Lead, data: Any) -> LeadRegisterForm:
        return LeadRegisterForm(data, user=request.user, initial={"name": lead.company_name, **known_of(lead)})

    def _finishes(self, request: HttpRequest, lead: Lead) -> LeadConversion | None:
        """The conversion whose registration has made the customer, while the lead still waits."""
        rows = LeadConversion.objects.visible_to(request.user).select_related("registration__customer__merged_into")
        found: LeadConversion | None = rows.filter(lead=lead, registration__customer__isnull=False).first()
        return found


def _made(opportunity: Opportunity) -> Taken:
    return Taken(made=("opportunities", opportunity.pk))
