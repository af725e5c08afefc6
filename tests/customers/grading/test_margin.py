"""Margin as a figure of scoring models: it counts, and nobody learns it who may not see costs."""

from decimal import Decimal as D
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.errors import NotAllowed
from crm.models import User
from customers.domain.grading.models import update_model
from customers.domain.grading.runs import preview
from customers.domain.improvement import baseline_of, measures
from customers.extension_points import customer_measures
from customers.forms.grading import measure_choices
from customers.models import Customer, CustomerContribution
from customers.rules import GUARDED_MEASURES
from customers.views.grades import proposal_entity
from customers.views.grading import grading_entity
from tests.factories.grading import criterion, make_grading, make_grading_draft, reviewed, veto
from tests.factories.records import day, make_customer
from tests.factories.wallet import make_plan

BOUNDS = {"starts": [D("17.5"), D(31)]}
TELLING = ("37.4", "17.5 %", "31.0 %", "11,220", "11220")  # the margin, the bounds of its bands, the margin in money
WITH, WITHOUT = ("bu_head", "executive", "data_steward"), ("sales_rep", "sales_manager", "administrator", "auditor")


def earning(org: Any, *, cost: Any = 18_780, **values: Any) -> Customer:
    """A customer whose margin is 11,220 of 30,000: 37.4 per cent."""
    customer = make_customer(org, **values)
    CustomerContribution.objects.create(
        customer=customer, covered_sales=D(30_000), cost=D(cost), refreshed_at=timezone.now()
    )
    return customer


def model_parts() -> dict[str, Any]:
    """Margin in per cent with half of the weight, and a veto about it."""
    criteria = [criterion(weight=50), criterion("margin_percent", 50, **BOUNDS)]
    return {"criteria": criteria, "vetoes": [veto("margin_percent", "41.3", side="below", reason="利润过低")]}


def in_force(org: Any) -> None:
    """A model that counts margin, made by a steward, who may see costs."""
    draft = make_grading_draft(org, actor=org.people.data_steward, **model_parts())
    make_grading(org, draft=draft)


def pages(client_of: Any, user: Any, customer: Customer, proposal: Any, model: Any) -> dict[str, str]:
    """What a person reads about a grade: what of it may be opened at all."""
    client = client_of(User.objects.get(pk=user.pk))
    urls = {
        "proposal": proposal_entity.record_url(proposal),
        "list": f"{proposal_entity.url('list')}?state=open",
        "print": f"{proposal_entity.record_url(proposal)}?print=1",
        "customer": reverse("customers:customer_tab", args=[customer.pk, "grade"]),
        "model": grading_entity.record_url(model),
        "trail": grading_entity.url("tab", model.pk, "history"),
    }
    answers = {name: client.get(url) for name, url in urls.items()}
    return {name: answer.content.decode() for name, answer in answers.items() if answer.status_code == 200}


def test_the_measures_are_the_stored_margin_and_guarded(org: Any) -> None:
    customer, without_cost = earning(org), earning(org)
    CustomerContribution.objects.filter(customer=without_cost).update(covered_sales=0)
    keys = [customer.pk, without_cost.pk]
    assert customer_measures.get("margin").compute(keys, day()) == {customer.pk: 11_220}
    assert customer_measures.get("margin_percent").compute(None, day()) == {customer.pk: D("37.4")}
    guarded = {measure.key for measure in customer_measures.all() if measure.permission}
    assert guarded == {"margin", "margin_percent"} == GUARDED_MEASURES - {"contribution", "contribution_percent"}


def test_margin_counts_in_the_points(org: Any) -> None:
    customer, poor = earning(org, annual_demand_kg=D(20_000)), earning(org, cost=29_000)
    in_force(org)
    run = reviewed()[org.silicones.pk]
    assert run.proposals.get(customer=customer).points == 90
    low = run.proposals.get(customer=poor)
    assert (low.points, low.grade, low.rule) == (0, "D", "points")


@pytest.mark.parametrize("role", WITHOUT)
def test_who_may_not_see_costs_reads_points_and_nothing_else(org: Any, client_of: Any, role: str) -> None:
    customer = earning(org, annual_demand_kg=D(20_000))
    in_force(org)
    proposal = reviewed()[org.silicones.pk].proposals.get(customer=customer)
    assert proposal.rule == "veto"
    found = pages(client_of, org.user(role), customer, proposal, proposal.run.model)
    assert "90" in found["proposal"]
    assert "not shown: it is worked out from costs" in found["proposal"]
    assert "not shown: it is worked out from costs" in found["customer"]
    for name, page in found.items():
        for text in (*TELLING, "41.3"):
            assert text not in page, (name, text)


@pytest.mark.parametrize("role", WITH)
def test_who_may_see_costs_reads_value_and_band(org: Any, client_of: Any, role: str) -> None:
    customer = earning(org, annual_demand_kg=D(20_000))
    in_force(org)
    proposal = reviewed()[org.silicones.pk].proposals.get(customer=customer)
    found = pages(client_of, org.user(role), customer, proposal, proposal.run.model)
    assert "37.4 %" in found["proposal"]
    assert "from 31.0 %" in found["proposal"]
    assert "below 41.3 %" in found["proposal"]


def test_what_if_says_as_little(org: Any, client_of: Any) -> None:
    customer = earning(org, annual_demand_kg=D(20_000), grade="D", name="升级的客户")
    draft = make_grading_draft(org, actor=org.people.data_steward, **model_parts())
    preview(model=draft, actor=org.people.administrator)
    page = client_of(org.people.administrator).get(grading_entity.record_url(draft)).content.decode()
    assert customer.name in page
    assert not [text for text in (*TELLING, "41.3") if text in page]
    page = client_of(org.people.data_steward).get(grading_entity.record_url(draft)).content.decode()
    assert "41.3 %" in page


def test_lists_write_neither_value_nor_bound(org: Any, client_of: Any) -> None:
    customer = earning(org, annual_demand_kg=D(20_000))
    in_force(org)
    reviewed()
    client = client_of(org.people.sales_rep)
    answer = client.post("/exports/start/customers.gradeproposal/", {"form": "csv", "query": "state=open"})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert customer.name in body.decode("utf-8-sig")
    assert not [text for text in (*TELLING, "41.3", "37.4") if text in body.decode("utf-8-sig")]
    assert "margin" not in dict(measure_choices(org.people.sales_rep))
    assert "margin" in dict(measure_choices(org.people.bu_head))


def test_a_draft_that_counts_costs_is_for_those_who_may_see_them(org: Any, client_of: Any) -> None:
    draft = make_grading_draft(org, actor=org.people.data_steward, **model_parts())
    admin = org.people.administrator
    with pytest.raises(NotAllowed):
        update_model(instance=draft, expected_version=draft.version, actor=admin, name="x")
    plain = make_grading_draft(org)
    with pytest.raises(NotAllowed):
        update_model(instance=plain, expected_version=plain.version, actor=admin, **model_parts())
    client = client_of(admin)
    edit = grading_entity.url("edit", draft.pk)
    assert client.get(edit).status_code == 302
    assert not [text for text in TELLING if text in client.get(edit, follow=True).content.decode()]
    assert "margin_percent" not in client.get(grading_entity.url("edit", plain.pk)).content.decode()
    assert "margin_percent" in client_of(org.people.data_steward).get(edit).content.decode()


def test_plans_keep_margins_with_the_costs(org: Any) -> None:
    assert "margin_percent" not in measures(org.people.sales_rep)
    assert "margin_percent" in measures(org.people.bu_head)
    plan = make_plan(org, customer=earning(org))
    stored = baseline_of(plan)
    assert "margin" not in stored["baseline"]
    assert D(stored["cost_baseline"]["margin_percent"]) == D("37.4")
