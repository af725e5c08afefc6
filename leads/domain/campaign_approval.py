"""Approval of campaigns on demand (BP-MM-02): the campaign with its budget, and a larger budget later."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.models import ApprovalRequest, User
from crm.workflow.domain.approvals import request_approval
from leads.domain.campaign import approve_on_request, set_budget
from leads.enums import CampaignOrigin, CampaignState
from leads.models import Campaign

CAMPAIGN = "campaign"
BUDGET = "campaign_budget"
BUDGET_STATES = (CampaignState.APPROVED, CampaignState.RUNNING)


def on_demand(rows: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """The campaigns that are approved one by one."""
    return rows.filter(origin=CampaignOrigin.AD_HOC)


def can_be_sent(campaign: Campaign) -> bool:
    """Whether its page offers to send it for approval: planned, on demand."""
    return campaign.state == CampaignState.PLANNED and campaign.origin == CampaignOrigin.AD_HOC


def ready(campaign: Campaign, changes: dict[str, Any]) -> None:
    """Raise DomainError when the campaign cannot be sent for approval as it stands."""
    if campaign.origin != CampaignOrigin.AD_HOC:
        raise DomainError(
            _("Campaigns of the annual plan are approved with the plan: only those on demand are sent alone.")
        )
    if campaign.state != CampaignState.PLANNED:
        raise DomainError(_("Only a planned campaign is sent for approval."))
    if campaign.budget <= 0:
        raise DomainError(_("Say first how much budget the campaign needs."))


def ready_for_more(campaign: Campaign, changes: dict[str, Any]) -> None:
    """Raise DomainError when there is no larger budget to be approved."""
    if campaign.origin != CampaignOrigin.AD_HOC or campaign.state not in BUDGET_STATES:
        raise DomainError(_("A larger budget is asked for once a campaign on demand has been approved."))
    if changes.get("budget", 0) <= campaign.budget:
        raise DomainError(_("Ask for more than the present budget; less needs no approval."), field="budget")


def ask_for_budget(*, campaign: Campaign, budget: Decimal, reason: str, actor: User) -> ApprovalRequest:
    """Ask for a larger budget of an approved campaign; it has it once that is approved. Raises as request_approval() does."""
    return request_approval(document=BUDGET, record=campaign, actor=actor, reason=reason, changes={"budget": budget})


def on_approved(*, record: Campaign, request: ApprovalRequest, actor: User) -> None:
    """The campaign is approved."""
    approve_on_request(campaign=record, actor=actor, reason=request.code)


def on_budget_approved(*, record: Campaign, request: ApprovalRequest, actor: User) -> None:
    """The campaign has the budget that was asked for."""
    set_budget(campaign=record, budget=Decimal(request.new_values()["budget"]))
