"""Approval of campaigns in the demo company: policies, and requests in every state."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation

from crm.demo.world import World
from crm.models import ApprovalRequest
from crm.organisation.domain.placement import placement_of
from crm.records.domain.numbers import record_number
from crm.workflow.demo import backdate, person, policy_in_force, step
from crm.workflow.domain import approval_decisions as decide
from crm.workflow.domain.approvals import request_approval
from leads.domain.campaign import search_text
from leads.domain.campaign_approval import BUDGET, CAMPAIGN, ask_for_budget
from leads.enums import CampaignKind, CampaignOrigin, CampaignState
from leads.models import Campaign

LARGE = "80000"


def generate(world: World) -> None:
    """Made when the campaigns are there."""


def load(world: World) -> None:
    """Write it."""
    with translation.override("zh-hans"):
        _policies(world)
        _requests()


def _policies(world: World) -> None:
    head = step(1, "unit_head")
    policy_in_force(
        world,
        CAMPAIGN,
        "一事一议活动：预算 8 万元及以上",
        10,
        [head, step(2, "role", "executive", within="company")],
        [("budget", "gte", [LARGE])],
    )
    policy_in_force(world, CAMPAIGN, "一事一议活动：预算不足 8 万元", 20, [head], [("budget", "lt", [LARGE])])
    policy_in_force(
        world, BUDGET, "活动追加预算", 10, [head, step(1, "role", "finance", within="company", escalate_after=None)]
    )


def _campaign(owner: str, name: str, kind: str, budget: int, days: int, state: str = CampaignState.PLANNED) -> Campaign:
    user, today = person(owner), timezone.localdate()
    place = placement_of(user, today)
    start = today + dt.timedelta(days=days)
    campaign = Campaign(
        name=name,
        kind=kind,
        origin=CampaignOrigin.AD_HOC,
        state=state,
        state_since=timezone.now(),
        owner=user,
        team=place.team,
        business_unit=place.business_unit,
        starts_on=start,
        ends_on=start + dt.timedelta(days=1),
        budget=Decimal(budget),
        planned_leads=20,
        goal="获取目标行业线索，推动重点客户送样",
    )
    campaign.code = record_number("campaign", campaign, day=today)
    campaign.search_text = search_text(campaign)
    campaign.save(force_insert=True)
    return campaign


def _asked(campaign: Campaign, reason: str, hours: int) -> ApprovalRequest:
    owner: Any = campaign.owner
    request = request_approval(document=CAMPAIGN, record=campaign, actor=owner, reason=reason)
    backdate(request, hours)
    return request


def _requests() -> None:
    silicones, agro = person("gaoyf"), person("tangh")
    seminar, trial, fair = CampaignKind.TECHNICAL_SEMINAR, CampaignKind.FIELD_TRIAL, CampaignKind.EXHIBITION

    _asked(
        _campaign("yaoxy", "新能源电池客户技术日", seminar, 65_000, 21), "三家电池客户同期在杭州开会，可一并邀请。", 3
    )
    large = _asked(_campaign("luowb", "小麦赤霉病防控现场会", trial, 96_000, 35), "今年病害早发，经销商要求加开。", 26)
    decide.approve(request=large, actor=agro, reason="同意，请控制场地费用。")

    approved = _asked(
        _campaign("yaoxy", "竞品停产应急推广（华南）", seminar, 48_000, 14), "竞品停产，替代窗口约两个月。", 90
    )
    decide.approve(request=approved, actor=silicones, reason="同意。")
    rejected = _asked(_campaign("yaoxy", "海外展会临时增订展位", fair, 150_000, 60), "主办方给出末位展位优惠。", 120)
    decide.reject(request=rejected, actor=silicones, reason="海外预算本年已用完，明年列入年度计划。")
    returned = _asked(_campaign("luowb", "柑橘园示范观摩会", trial, 32_000, 28), "大户集中，适合示范。", 50)
    decide.return_for_change(request=returned, actor=agro, reason="请补充参会大户名单和预期线索数。")
    withdrawn = _asked(_campaign("yaoxy", "区域小型交流会（苏州）", seminar, 18_000, 20), "老客户回访。", 70)
    decide.withdraw(request=withdrawn, actor=person("yaoxy"), reason="与技术日合并举办。")

    _more_budget()


def _more_budget() -> None:
    """A running campaign that needs more: finance and the head of the unit decide side by side, one of them has."""
    campaign = _campaign("yaoxy", "重点客户开放日", CampaignKind.TECHNICAL_SEMINAR, 60_000, 10, CampaignState.APPROVED)
    request = ask_for_budget(
        campaign=campaign, budget=Decimal(78_000), reason="报名人数超出预期，需换大会场。", actor=person("yaoxy")
    )
    decide.approve(request=request, actor=person("wangs"), reason="费用科目有余额。")
    backdate(request, 5)
