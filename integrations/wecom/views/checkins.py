"""The pages of check-ins."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import moment_html
from crm.generic.entity import BulkAction, Entity, Preset
from crm.generic.layout import RecordPage
from integrations.models import WecomCheckin
from integrations.wecom.domain.checkins import assign_checkins, set_customer
from integrations.wecom.filters import CheckinFilter
from integrations.wecom.forms import AssignCheckinsForm, CheckinForm
from integrations.wecom.tables import CheckinTable, distance_text

CHANGE = "integrations.change_wecomcheckin"


def _next_step(request: HttpRequest, row: WecomCheckin) -> dict[str, Any] | None:
    """Whoever made it is asked at which customer it was."""
    if row.customer_id is not None or row.user_id != request.user.pk or not request.user.has_perm(CHANGE):
        return None
    url = reverse("integrations:wecomcheckin_edit", args=[row.pk])
    return {
        "text": gettext("The customer of this check-in is not known."),
        "url": url,
        "label": gettext("Name the customer"),
    }


checkin_entity = Entity(
    model=WecomCheckin,
    table=CheckinTable,
    filterset=CheckinFilter,
    form=CheckinForm,
    update=set_customer,
    dossier=False,
    nav="check_ins",
    icon="map-pin",
    subtitle=_("Made with WeCom outside the office; evidence of visits, never a verdict"),
    bulk_actions=(
        BulkAction(
            "assign",
            _("Name the customer"),
            "map-pin",
            CHANGE,
            assign_checkins,
            AssignCheckinsForm,
            _("%(count)d check-ins belong to the customer now."),
        ),
    ),
    page=RecordPage(
        next_step=_next_step,
        title=str,
        badges=lambda row: [markup.badge("warn", row.exception)] if row.exception else [],
        meta=lambda row: [("user", row.user.label), ("clock", moment_html(row.at))],
        attributes=(
            "customer",
            (_("known"), lambda row: row.get_known_display()),
            (_("distance"), lambda row: distance_text(row.distance) or "—"),
            "address",
            (_("odd about it"), lambda row: row.exception or "—"),
            "notes",
            (
                _("latitude and longitude"),
                lambda row: "—" if row.latitude is None else f"{row.latitude}, {row.longitude}",
            ),
        ),
        select=("user", "customer"),
    ),
    presets=(
        Preset("all", _("All")),
        Preset("open", _("Customer not known"), "customer=none"),
        Preset("mine", _("Mine"), "user=me"),
        Preset("my_open", _("Mine, customer not known"), "user=me&customer=none"),
    ),
    empty_text=_("Check-ins are listed here once WeCom has told some."),
)
