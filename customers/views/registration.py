"""The screens of registrations once they are written down: list, record, corrections, sending."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from crm.errors import DomainError
from crm.formats import day_html
from crm.generic.entity import Entity, HeadAction, Preset
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import told
from crm.markup import badge
from customers.domain.registration import OPEN, give_up, submit, update_registration
from customers.enums import RegistrationState
from customers.filters.registration import RegistrationFilter
from customers.forms.registration import RegistrationForm
from customers.models import Customer, CustomerRegistration
from customers.tables.cells import customer_url
from customers.tables.registration import REGISTRATION_TONES, RegistrationTable

CHANGE = "customers.change_customerregistration"


def badges(registration: CustomerRegistration) -> Sequence[str]:
    """Where it stands."""
    return [badge(REGISTRATION_TONES[registration.state], registration.get_state_display(), dot=True)]


def meta(registration: CustomerRegistration) -> list[tuple[str, Any]]:
    """Place and who asks."""
    place = " ".join(filter(None, (registration.province, registration.city)))
    owner = registration.owner.label if registration.owner else ""
    return [("map-pin", place), ("user", owner), ("users", registration.team.label if registration.team else "")]


def _sent_label(registration: CustomerRegistration) -> str:
    return pgettext("registration", "Send again") if registration.submissions else pgettext("registration", "Send")


def _step(action: str) -> Any:
    return lambda registration: reverse("customers:customerregistration_step", args=[registration.pk, action])


registration_entity = Entity(
    model=CustomerRegistration,
    table=RegistrationTable,
    filterset=RegistrationFilter,
    nav="registrations",
    icon="user-plus",
    subtitle=_("Companies on their way to becoming customers"),
    empty_text=_(
        "Whoever wants to sell to a new company registers it here; it becomes a customer once that is approved."
    ),
    page=RecordPage(
        wide_details=True,
        title=str,
        code=lambda registration: registration.code,
        avatar=str,
        badges=badges,
        meta=meta,
        actions=(
            Action(_sent_label, _step("send"), "send", CHANGE, True, True, lambda row: row.state in OPEN),
            Action(
                _("Give up"),
                _step("give-up"),
                "circle-x",
                CHANGE,
                post=True,
                when=lambda row: row.state in OPEN and row.state != RegistrationState.WITHDRAWN,
            ),
        ),
        attributes=(
            "credit_code",
            "kind",
            "industry",
            "province",
            "city",
            "region",
            "contact_name",
            "contact_phone",
            "next_step",
            "submissions",
            (_("last decided on"), lambda row: day_html(row.decided_on)),
        ),
        select=("owner", "team", "region", "business_unit", "customer"),
    ),
    form=RegistrationForm,
    update=update_registration,
    presets=(
        Preset("all", _("All")),
        Preset("mine", _("Mine"), "owner=me"),
        Preset("waiting", _("Wait for approval"), "state=submitted"),
        Preset("back", _("Came back"), "state=returned&state=rejected"),
    ),
    head_actions=(
        HeadAction(_("Register a company"), "customers:register", "plus", "customers.add_customerregistration"),
    ),
)


class RegistrationStepView(EntityView):
    """Send a registration, or give it up: a press of a button."""

    action = "change"
    entity = registration_entity
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it; a rule that speaks against it is said."""
        registration, user = self.record(), request.user
        try:
            if kwargs["step"] == "send":
                submit(registration=registration, actor=user)  # type: ignore[arg-type]
            else:
                give_up(registration=registration, actor=user)  # type: ignore[arg-type]
        except DomainError as error:
            messages.error(request, told(error))
            return HttpResponseRedirect(registration_entity.record_url(registration))
        registration.refresh_from_db()
        return landing(request, registration)


def landing(request: HttpRequest, registration: CustomerRegistration) -> HttpResponse:
    """Where one comes to after sending: the customer when it exists at once, else the registration."""
    customer = registration.customer
    if customer is not None and Customer.objects.visible_to(request.user).filter(pk=customer.pk).exists():
        messages.success(request, gettext("%(name)s is a customer now.") % {"name": customer.name})
        return HttpResponseRedirect(customer_url(customer.pk))
    text = {
        RegistrationState.SUBMITTED: gettext("%(name)s was sent for approval."),
        RegistrationState.DRAFT: gettext("%(name)s was kept as a draft."),
        RegistrationState.WITHDRAWN: gettext("%(name)s was given up."),
    }.get(registration.state, gettext("%(name)s was saved."))  # type: ignore[call-overload]
    messages.success(request, text % {"name": registration.name})
    return HttpResponseRedirect(registration_entity.record_url(registration))
