"""Steps by the API: those of the pages, with their rights, forms and gates."""

from typing import Any

import pytest

from crm.models import ApprovalRequest
from opportunities.models import Opportunity
from tests.factories.approvals import make_policy, named
from tests.factories.deals import ask
from tests.factories.organisation import Organisation
from tests.factories.records import day, make_complaint, make_lead, make_opportunity, make_task
from tests.opportunities.support import REQUIREMENT

pytestmark = pytest.mark.django_db


def test_a_lead_is_disqualified_with_a_reason(org: Organisation, program: Any) -> None:
    lead = make_lead(org)
    rep = program(org.people.sales_rep)
    steps = {step["to"]: step for step in rep.get(f"leads/{lead.pk}/transitions/").json()["results"]}
    assert "disqualified" in steps
    assert [field["name"] for field in steps["disqualified"]["fields"]] == ["reason"]
    wrong = rep.post(f"leads/{lead.pk}/transitions/", {"to": "disqualified"})
    assert wrong.status_code == 422
    assert list(wrong.json()["errors"]) == ["reason"]
    done = rep.post(f"leads/{lead.pk}/transitions/", {"to": "disqualified", "reason": "没有预算"})
    assert done.status_code == 200, done.content
    assert done.json()["state"] == "disqualified"
    lead.refresh_from_db()
    assert lead.state == "disqualified"


def test_a_step_that_is_none_is_told(org: Organisation, program: Any) -> None:
    lead = make_lead(org)
    rep = program(org.people.sales_rep)
    none = rep.post(f"leads/{lead.pk}/transitions/", {"to": "flying"})
    assert (none.status_code, "disqualified" in none.json()["detail"]) == (404, True)
    assert rep.post(f"leads/{lead.pk}/transitions/", {}).json()["errors"].keys() == {"to"}
    assert rep.post(f"leads/{lead.pk}/transitions/", {"to": "../../x"}).status_code == 422


def test_a_step_needs_its_own_right(org: Organisation, program: Any) -> None:
    lead = make_lead(org)
    rep = program(org.people.sales_rep)
    colleague = org.people.colleague.pk
    assert rep.post(f"leads/{lead.pk}/transitions/", {"to": "assigned", "owner": colleague}).status_code == 403


def test_the_version_may_be_named(org: Organisation, program: Any) -> None:
    lead = make_lead(org)
    rep = program(org.people.sales_rep)
    body = {"to": "disqualified", "reason": "x"}
    assert rep.post(f"leads/{lead.pk}/transitions/", body, If_Match='"98", "99"').status_code == 412
    assert rep.post(f"leads/{lead.pk}/transitions/", body, If_Match=f'W/"{lead.version}"').status_code == 200


def test_a_complaint_is_answered_and_closed(org: Organisation, program: Any) -> None:
    complaint = make_complaint(org, owner=org.people.service_agent)
    agent = program(org.people.service_agent)
    path = f"complaints/{complaint.pk}/transitions/"
    assert agent.post(path, {"to": "investigating"}).json()["state"] == "investigating"
    assert [step["to"] for step in agent.get(path).json()["results"]] == ["answered"]
    done = agent.post(path, {"to": "answered", "cause": "温度", "action": "校准"})
    assert (done.json()["state"], done.json()["cause"]) == ("answered", "温度")


def test_a_to_do_is_done(org: Organisation, program: Any) -> None:
    task = make_task(org)
    rep = program(org.people.sales_rep)
    assert "done" in [step["to"] for step in rep.get(f"tasks/{task.pk}/transitions/").json()["results"]]
    assert rep.post(f"tasks/{task.pk}/transitions/", {"to": "done"}).json()["state"] == "done"


def test_a_gate_holds_and_names_what_is_missing(org: Organisation, program: Any) -> None:
    deal = make_opportunity(org, product_line=org.sealant)
    rep = program(org.people.sales_rep)
    path = f"opportunities/{deal.pk}/transitions/"
    steps = {step["to"]: step for step in rep.get(path).json()["results"]}
    forward = next(
        code for code, step in steps.items() if any(f["required"] for f in step["fields"]) and code != "lost"
    )
    refused = rep.post(path, {"to": forward})
    assert refused.status_code == 422
    assert refused.json()["errors"]
    deal.refresh_from_db()
    assert deal.stage.code != forward


def test_a_move_that_needs_approval_is_sent_for_it(org: Organisation, program: Any) -> None:
    ask(org, "requirement", "approval", name="审批", name_en="Approval")
    make_policy(org, named(org.people.sales_manager), document="opportunity_move")
    given = {**REQUIREMENT, "expected_close_on": day(60), "product_line": org.sealant}
    deal = make_opportunity(org, stage="requirement", **given)
    rep = program(org.people.sales_rep)
    path = f"opportunities/{deal.pk}/transitions/"
    assert rep.post(path, {"to": "solution"}).json()["errors"].keys() == {"reason"}
    answer = rep.post(path, {"to": "solution", "reason": "客户已确认"})
    assert answer.status_code == 202, answer.content
    assert Opportunity.objects.get(pk=deal.pk).stage_id == deal.stage_id
    assert ApprovalRequest.objects.get(state="pending").requester == org.people.sales_rep
