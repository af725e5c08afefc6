"""The screens of leads."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from crm.formats import day_html, money_html
from crm.generic.entity import BulkAction, Entity, Preset
from crm.generic.forms import ReasonForm
from crm.generic.layout import RecordPage
from crm.generic.views.step import Step, leads_to, step_actions
from crm.markup import badge
from leads.domain.lead import assign_leads, create_lead, move_lead, update_lead
from leads.enums import LeadState
from leads.filters import LeadFilter
from leads.forms.lead import AssignForm, LeadForm
from leads.models import Lead
from leads.tables import LEAD_TONES, LeadTable


def _assign(record: Lead, *, actor: Any, **values: Any) -> int:
    return assign_leads(Lead.objects.visible_to(actor).filter(pk=record.pk), actor=actor, **values)


def _move_to(target: str) -> Any:
    def run(record: Lead, **values: Any) -> Any:
        return move_lead(lead=record, target=target, **values)

    return run


def _is_open(record: Lead) -> bool:
    return record.state not in (LeadState.CONVERTED, LeadState.DISQUALIFIED)


CHANGE = "leads.change_lead"
STEPS = (
    Step(LeadState.ASSIGNED, _("Assign"), "user-share", "leads.assign_lead", _assign, _is_open, AssignForm),
    Step(
        LeadState.FOLLOWED_UP,
        _("Followed up"),
        "check",
        CHANGE,
        _move_to(LeadState.FOLLOWED_UP),
        leads_to(LeadState.FOLLOWED_UP),
        primary=True,
    ),
    Step(
        LeadState.QUALIFIED,
        _("Qualify"),
        "star",
        CHANGE,
        _move_to(LeadState.QUALIFIED),
        leads_to(LeadState.QUALIFIED),
        primary=True,
    ),
    Step(
        LeadState.DISQUALIFIED,
        _("Disqualify"),
        "circle-x",
        CHANGE,
        _move_to(LeadState.DISQUALIFIED),
        leads_to(LeadState.DISQUALIFIED),
        ReasonForm,
    ),
    Step(
        LeadState.NEW,
        _("Take up again"),
        "refresh",
        CHANGE,
        _move_to(LeadState.NEW),
        leads_to(LeadState.NEW),
        ReasonForm,
    ),
)


def _customer(record: Lead) -> Any:
    if record.customer is None:
        return ""
    return format_html(
        '<a href="{}">{}</a>', reverse("customers:customer_record", args=[record.customer_id]), record.customer
    )


def _campaign(record: Lead) -> Any:
    if record.campaign is None:
        return ""
    return format_html(
        '<a href="{}">{}</a>', reverse("leads:campaign_record", args=[record.campaign_id]), record.campaign
    )


lead_entity = Entity(
    model=Lead,
    table=LeadTable,
    filterset=LeadFilter,
    form=LeadForm,
    create=create_lead,
    update=update_lead,
    bulk_edit=("product_line", "region", "source", "campaign", "received_on"),
    nav="leads",
    icon="bulb",
    empty_text=_("A lead is somebody who may need what we make. Enter one, or import a list."),
    presets=(
        Preset("all", _("All")),
        Preset("open", _("Open"), "state=new&state=assigned&state=followed_up&state=qualified"),
        Preset("mine", _("My open ones"), "state=assigned&state=followed_up&state=qualified&owner=me"),
        Preset("new", _("To be assigned"), "state=new"),
        Preset("qualified", _("Qualified"), "state=qualified"),
    ),
    bulk_actions=(
        BulkAction(
            key="assign",
            label=_("Assign"),
            icon="user-share",
            permission="leads.assign_lead",
            apply=assign_leads,
            form=AssignForm,
            done=_("%(count)d leads were assigned."),
        ),
    ),
    page=RecordPage(
        title=str,
        code=lambda record: record.code,
        avatar=lambda record: record.company_name,
        badges=lambda record: [badge(LEAD_TONES[record.state], record.get_state_display(), dot=True)],
        meta=lambda record: [
            ("user", record.owner.label if record.owner else _("without owner")),
            ("users", record.team.label if record.team else ""),
            ("building-factory-2", _customer(record)),
        ],
        actions=step_actions("leads:lead", STEPS),
        attributes=(
            "source",
            (_("Campaign"), _campaign),
            "product_line",
            "region",
            (_("Expected amount"), lambda record: money_html(record.expected_amount)),
            (_("Received on"), lambda record: day_html(record.received_on)),
        ),
        select=("owner", "team", "customer", "campaign", "product_line", "region"),
    ),
)
