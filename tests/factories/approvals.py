"""Policies and requests for tests, made as the pages make them."""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from crm.models import ApprovalPolicy, ApprovalRequest, ExportLog, Role, TeamManager, User
from crm.workflow.domain.approval_policies import create_policy, publish, update_policy
from crm.workflow.domain.approvals import request_approval
from tests.factories.organisation import Organisation
from tests.factories.records import make_campaign

_numbers = itertools.count(1)
FIELDS = {
    "order": 1,
    "level": 1,
    "within": "unit",
    "rule": "any",
    "role": None,
    "person": None,
    "remind_after": None,
    "escalate_after": None,
}


def step(approver: str = "manager", **values: Any) -> dict[str, Any]:
    """A step of a policy; `role` may be a code."""
    if isinstance(values.get("role"), str):
        values["role"] = Role.objects.get(code=values["role"])
    return {**FIELDS, "approver": approver, **values}


def named(person: User, **values: Any) -> dict[str, Any]:
    """A step that this person decides."""
    return step("person", person=person, **values)


def condition(fact: str, operator: str, *values: Any) -> dict[str, Any]:
    """A condition of a policy."""
    return {"fact": fact, "operator": operator, "values": [str(value) for value in values]}


def make_empty_draft(org: Organisation, owner: User | None = None) -> ApprovalPolicy:
    """A new policy as its first page makes it."""
    return create_policy(
        actor=org.people.administrator,
        document="campaign",
        name=f"policy {next(_numbers)}",
        valid_from=timezone.localdate(),
    )


def make_draft(org: Organisation, owner: User | None = None, **values: Any) -> ApprovalPolicy:
    """A policy that is not in force yet, with a step for the head of the business unit's role."""
    steps = values.pop("steps", None) or [step("role", role="bu_head")]
    conditions = values.pop("conditions", [])
    admin = org.people.administrator
    names = {
        "document": "campaign",
        "name": f"policy {next(_numbers)}",
        "priority": 100,
        "valid_from": timezone.localdate() - dt.timedelta(days=1),
        **values,
    }
    policy = create_policy(actor=admin, **names)
    return update_policy(
        instance=policy, expected_version=policy.version, actor=admin, conditions=conditions, steps=steps
    )


def make_policy(org: Organisation, *steps: dict[str, Any], **values: Any) -> ApprovalPolicy:
    """A policy in force."""
    policy = make_draft(org, steps=list(steps), **values)
    publish(policy=policy, actor=org.people.administrator)
    return policy


def manage(org: Organisation) -> None:
    """The sales manager manages the team, so the sub-team's people have a manager above them, and the unit a head."""
    since = dt.date(2020, 1, 1)
    org.team.manager = org.people.sales_manager
    org.team.save()
    TeamManager.objects.create(team=org.team, user=org.people.sales_manager, starts_on=since)


def make_ad_hoc(org: Organisation, owner: User | None = None, **values: Any) -> Any:
    """A campaign on demand of marketing, planned with a budget."""
    return make_campaign(org, owner=owner or org.people.marketing, **{"origin": "ad_hoc", "budget": 80_000, **values})


def ask(
    org: Organisation, *steps: dict[str, Any], campaign: Any = None, reason: str = "因竞品停产", **policy: Any
) -> Any:
    """A running request about a campaign of marketing."""
    made = make_policy(org, *steps, **policy)
    request = request_approval(
        document="campaign", record=campaign or make_ad_hoc(org), actor=org.people.marketing, reason=reason
    )
    assert request.policy == made
    return request


def make_request(org: Organisation, owner: User | None = None) -> ApprovalRequest:
    """A running request that the owner has to decide, about an export that few may see."""
    owner = owner or org.people.sales_manager
    other = org.people.stranger if owner.pk == org.people.stranger.pk else org.people.colleague
    asker = User.objects.create(
        username=f"asker{next(_numbers)}", display_name="申请人", business_unit=other.business_unit
    )
    asker.roles.add(Role.objects.get(code="sales_rep"))
    decider, _made = Role.objects.get_or_create(
        code="decider", defaults={"name": "x", "permissions": ["crm.decide_approval"]}
    )
    if not owner.has_perm("crm.decide_approval"):
        return _without_the_right(org, asker, owner, decider)
    return _request(org, asker, owner)


def _without_the_right(org: Organisation, asker: User, owner: User, decider: Role) -> ApprovalRequest:
    """Somebody whose right was taken away while the request ran."""
    owner.roles.add(decider)
    request = _request(org, asker, User.objects.get(pk=owner.pk))
    owner.roles.remove(decider)
    return request


def _request(org: Organisation, asker: User, owner: User) -> ApprovalRequest:
    log = ExportLog.objects.create(
        list_key="customers.customer", columns=["name"], form="csv", language="en", asked_rows=9000, created_by=asker
    )
    policy = make_policy(org, named(owner), document="export", priority=1)
    request = request_approval(document="export", record=log, actor=asker)
    policy.valid_until = timezone.localdate() - dt.timedelta(days=1)
    ApprovalPolicy.objects.filter(pk=policy.pk).update(valid_until=policy.valid_until)
    return request
