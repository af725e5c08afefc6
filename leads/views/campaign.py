"""The screens of campaigns."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.formats import day_html, money_html
from crm.generic.entity import Entity, Preset
from crm.generic.forms import ReasonForm
from crm.generic.layout import RecordPage
from crm.generic.views.step import Step, leads_to, step_actions
from crm.markup import badge
from leads.domain.campaign import APPROVE, create_campaign, move_campaign, update_campaign
from leads.domain.campaign_approval import BUDGET_STATES, ask_for_budget
from leads.enums import CampaignOrigin, CampaignState
from leads.filters import CampaignFilter
from leads.forms.campaign import BudgetForm, CampaignForm
from leads.models import Campaign
from leads.tables import CAMPAIGN_TONES, CampaignTable


def _move_to(target: str) -> Any:
    def run(record: Campaign, **values: Any) -> Any:
        return move_campaign(campaign=record, target=target, **values)

    return run


CHANGE = "leads.change_campaign"


def _when(target: str) -> Any:
    """Whether the step is offered: those on demand are approved by request only."""
    possible = leads_to(target)
    if target != CampaignState.APPROVED:
        return possible
    return lambda record: possible(record) and record.origin == CampaignOrigin.ANNUAL


def _more_budget(record: Campaign, **values: Any) -> Any:
    return ask_for_budget(campaign=record, **values)


MOVES = tuple(
    Step(target, label, icon, permission, _move_to(target), _when(target), form, primary)
    for target, label, icon, permission, form, primary in (
        (CampaignState.APPROVED, _("Approve"), "check", APPROVE, None, True),
        (CampaignState.RUNNING, _("Start"), "player-play", CHANGE, None, True),
        (CampaignState.COMPLETED, _("Complete"), "checks", CHANGE, None, True),
        (CampaignState.CANCELLED, _("Cancel the campaign"), "circle-x", CHANGE, ReasonForm, False),
    )
)
MORE_BUDGET = Step(
    "budget",
    _("Ask for more budget"),
    "coin",
    CHANGE,
    _more_budget,
    lambda record: record.origin == CampaignOrigin.AD_HOC and record.state in BUDGET_STATES,
    BudgetForm,
)
STEPS = (*MOVES, MORE_BUDGET)

campaign_entity = Entity(
    model=Campaign,
    table=CampaignTable,
    filterset=CampaignFilter,
    form=CampaignForm,
    create=create_campaign,
    update=update_campaign,
    bulk_edit=("kind", "product_line", "region"),
    nav="campaigns",
    icon="speakerphone",
    empty_text=_("A campaign brings leads: an exhibition, a seminar, a field demonstration."),
    presets=(
        Preset("all", _("All")),
        Preset("running", _("Running"), "state=running"),
        Preset("planned", _("Ahead"), "state=planned&state=approved"),
        Preset("completed", _("Completed"), "state=completed"),
        Preset("ad_hoc", _("On demand"), "origin=ad_hoc"),
    ),
    page=RecordPage(
        title=str,
        code=lambda record: record.code,
        badges=lambda record: [
            badge(CAMPAIGN_TONES[record.state], record.get_state_display(), dot=True),
            badge("line", record.get_kind_display()),
        ],
        meta=lambda record: [
            ("user", record.owner.label if record.owner else ""),
            ("users", record.team.label if record.team else ""),
        ],
        actions=step_actions("leads:campaign", STEPS),
        attributes=(
            "kind",
            "origin",
            "product_line",
            "region",
            (_("From"), lambda record: day_html(record.starts_on)),
            (_("Until"), lambda record: day_html(record.ends_on)),
            (_("Completed on"), lambda record: day_html(record.completed_on)),
            (_("Budget"), lambda record: money_html(record.budget)),
            (_("Spent"), lambda record: money_html(record.spent)),
            "goal",
        ),
        select=("owner", "team", "product_line", "region"),
    ),
)
