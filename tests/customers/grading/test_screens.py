"""The pages of grading: models, reviews, proposals, policies, the customer's tab; and who cannot set a grade."""

from decimal import Decimal as D

import pytest
from django.urls import reverse

from crm.models import User
from customers.domain.grading.policies import check_policies
from customers.domain.grading.reviews import apply_run, give_exception
from customers.models import Customer, CustomerGrade, GradeException, GradePolicy, GradeRun, GradingModel, PolicyFinding
from customers.views.grades import policy_entity, proposal_entity, run_entity
from customers.views.grading import grading_entity
from tests.entity_suite import EntitySuite
from tests.factories.archive import direct
from tests.factories.grading import (
    criterion,
    graded,
    make_empty_grading,
    make_grade_policy,
    make_grade_run,
    make_grading,
    make_grading_draft,
    make_proposal,
    reviewed,
    veto,
)
from tests.factories.records import day, make_customer

PARTS = {
    "criteria-TOTAL_FORMS": "2",
    "criteria-INITIAL_FORMS": "0",
    "criteria-0-measure": "annual_demand",
    "criteria-0-weight": "60",
    "criteria-0-points_0": "0",
    "criteria-0-from_1": "1000",
    "criteria-0-points_1": "50",
    "criteria-0-is_potential": "on",
    "criteria-1-measure": "overdue_days",
    "criteria-1-weight": "40",
    "criteria-1-points_0": "100",
    "criteria-1-from_1": "30",
    "criteria-1-points_1": "0",
    "vetoes-TOTAL_FORMS": "1",
    "vetoes-INITIAL_FORMS": "0",
    "vetoes-0-measure": "overdue_days",
    "vetoes-0-side": "above",
    "vetoes-0-bound": "90",
    "vetoes-0-cap": "C",
    "vetoes-0-reason": "逾期",
}


def model_form(org, record):
    own = {"name": "新模型", "valid_from": "2026-01-01", "a_from": "80", "b_from": "60", "c_from": "40"}
    return {**own, "hysteresis": "3", "new_months": "6", **PARTS}


class TestGradingModel(EntitySuite):
    entity = grading_entity
    role = "data_steward"
    make = staticmethod(make_empty_grading)
    form_data = staticmethod(model_form)
    scoped = False
    refused = (
        ({"criteria-1-weight": "39"}, "The weights add up to 99 %, not to 100 %."),
        ({"criteria-1-measure": "annual_demand", "criteria-1-points_0": "0"}, "A figure counts only once in a model."),
        ({"criteria-0-points_1": ""}, "A bound and its points belong together."),
        ({"criteria-0-points_0": "70"}, "More of this figure is better: the points must not fall."),
        ({"criteria-1-points_1": "100.5"}, "Ensure this value is less than or equal to 100."),
        ({"a_from": "50"}, "A better grade needs more points: S above A, A above B, B above C."),
        ({"vetoes-0-bound": "", "vetoes-0-reason": "x"}, "A veto needs this."),
    )


class TestGradeRun(EntitySuite):
    entity = run_entity
    role = "bu_head"
    make = staticmethod(make_grade_run)


class TestGradeProposal(EntitySuite):
    entity = proposal_entity
    make = staticmethod(make_proposal)
    list_queries_at_most = 12


class TestGradePolicy(EntitySuite):
    entity = policy_entity
    role = "data_steward"
    make = staticmethod(make_grade_policy)
    scoped = False
    list_queries_at_most = 14
    form_data = staticmethod(
        lambda org, record: {
            "grade": "A",
            "measure": "payment_terms",
            "side": "most",
            "bound": "45",
            "valid_from": record.valid_from.isoformat(),
            "valid_until": record.valid_until.isoformat(),
        }
    )


def post(client, url, **data):
    return client.post(url, data, follow=True).content.decode()


def test_the_editor_stores_criteria_and_vetoes_and_the_model_is_put_into_force(org, client_of):
    client = client_of(org.people.data_steward)
    page = post(client, grading_entity.url("create"), name="集团", valid_from="2026-01-01")
    model = GradingModel.objects.get()
    assert "Criterion no. 1" in page
    post(client, grading_entity.url("edit", model.pk), **model_form(org, model), version_read="1")
    first, second = model.criteria.all()
    assert (first.measure, first.weight, first.starts, first.points, first.is_potential) == (
        "annual_demand", 60, [1000], [0, 50], True,
    )  # fmt: skip
    assert (second.points, model.vetoes.get().cap) == ([100, 0], "C")
    page = client.get(grading_entity.record_url(model)).content.decode()
    assert "below 1.0 t" in page
    page = post(client, reverse("customers:gradingmodel_do", args=[model.pk, "publish"]))
    assert "The model is in force now" in page
    assert client.get(grading_entity.url("edit", model.pk)).status_code == 302


def test_what_if_shows_a_matrix_in_the_reader_s_reach_and_leads_to_who_moves(org, client_of):
    mine = graded(org, 20_000, grade="C", name="升级的客户")
    graded(org, 20_000, grade="C", owner=org.people.stranger, name="农化的客户")
    draft = make_grading_draft(org)
    url = reverse("customers:gradingmodel_do", args=[draft.pk, "preview"])
    assert client_of(org.people.bu_head).post(url).status_code == 403
    page = post(client_of(org.people.administrator), url)
    assert ">2</span> customers" in page
    assert "升级的客户" in page
    assert "90.00 points give A." in page
    head = client_of(User.objects.get(pk=org.people.bu_head.pk))
    page = head.get(grading_entity.record_url(draft)).content.decode()
    assert ">1</span> customers" in page
    assert "农化的客户" not in page
    listed = head.get(
        f"{proposal_entity.url('list')}?model={draft.pk}&state=preview&old_grade=C&grade=A"
    ).content.decode()
    assert mine.name in listed
    assert mine.name not in client_of(org.people.sales_rep).get(proposal_entity.url("list")).content.decode()


def test_the_customer_s_page_explains_each_point_and_keeps_the_history(org, client_of):
    parts = [
        criterion(weight=75),
        criterion("strategic_value", 25, starts=[D(3)], missing_points=D(20), points=[D(0), D(80)]),
    ]
    customer = graded(org, 20_000, payment_terms_days=120)
    make_grading(org, criteria=parts, vetoes=[veto(reason="账期过长")])
    run = reviewed()[org.silicones.pk]
    url = reverse("customers:customer_tab", args=[customer.pk, "grade"])
    client = client_of(org.people.sales_rep)
    page = client.get(url).content.decode()
    for words in (
        "Annual demand",
        "from 10.0 t",
        "67.50",
        "5.00",
        "72.50",
        "without a value",
        "账期过长",
        "at most C",
    ):
        assert words in page, words
    assert "This customer has had no grade." in page
    give_exception(run.proposals.all(), actor=org.people.bu_head, grade="B", reason="示范", until=day(9))
    apply_run(run=run, actor=org.people.bu_head)
    page = client.get(url).content.decode()
    assert "示范" in page
    assert "exception" in page


def test_proposals_are_accepted_and_changed_in_bulk_by_those_who_may(org, client_of):
    first, second = graded(org, 20_000), graded(org, 20_000)
    make_grading(org)
    run = reviewed()[org.silicones.pk]
    one, two = (run.proposals.get(customer=customer) for customer in (first, second))
    accept = reverse("customers:gradeproposal_bulk", args=["accept"])
    exception = reverse("customers:gradeproposal_bulk", args=["exception"])
    assert client_of(org.people.sales_rep).post(accept, {"ids": [one.pk]}).status_code == 403
    head = client_of(org.people.bu_head)
    page = post(head, accept, ids=[one.pk], confirmed="1")
    assert "1 proposals were accepted." in page
    refused = head.post(exception, {"ids": [two.pk], "confirmed": "1", "grade": "S", "reason": "x", "until": day()})
    assert refused.status_code == 422
    post(head, exception, ids=[two.pk], confirmed="1", grade="S", reason="样板", until=day(30))
    assert GradeException.objects.get().customer == second
    page = head.get(proposal_entity.url("list")).content.decode()
    assert "exception: S until" in page
    assert (Customer.objects.get(pk=first.pk).grade, Customer.objects.get(pk=second.pk).grade) == ("A", "")


def test_a_representative_sets_no_grade_by_form_or_bulk_edit(org, client_of):
    customer = make_customer(org)
    data = {"name": customer.name, "kind": "direct", "state": "active", "grade": "A", "version_read": customer.version}
    rep, steward = client_of(org.people.sales_rep), client_of(org.people.data_steward)
    edit = reverse("customers:customer_edit", args=[customer.pk])
    assert 'name="grade"' not in rep.get(edit).content.decode()
    assert rep.post(edit, data).status_code == 302
    customer.refresh_from_db()
    assert customer.grade == ""
    bulk = reverse("bulk:edit", args=["customers.customer"])
    page = rep.post(bulk, {"ids": [customer.pk], "step": "confirm", "how_grade": "set", "grade": "A"})
    assert page.status_code == 422
    assert 'name="how_grade"' not in page.content.decode()
    entry = client_of(direct(org.people.sales_rep))
    new = entry.post(reverse("customers:customer_create"), {**data, "name": "新客户", "owner": org.people.sales_rep.pk})
    assert new.status_code == 302
    assert Customer.objects.get(name="新客户").grade == ""
    assert 'name="grade"' in steward.get(edit).content.decode()
    assert steward.post(edit, {**data, "version_read": customer.version}).status_code == 302
    assert CustomerGrade.objects.get(customer=customer).source == "typed"


def test_the_list_of_customers_shows_and_filters_what_is_proposed(org, client_of):
    good, bad = graded(org, 20_000, name="好客户"), graded(org, 1, name="差客户")
    make_grading(org)
    reviewed()
    client = client_of(org.people.sales_rep)
    listing = reverse("customers:customer_list")
    page = client.get(f"{listing}?proposed=A&cols=proposed").content.decode()
    assert good.name in page
    assert "90.00" in page
    assert bad.name not in page
    assert bad.name not in client.get(f"{listing}?points_from=50").content.decode()
    GradeRun.objects.update(state="preview")
    assert good.name not in client.get(f"{listing}?proposed=A").content.decode()


@pytest.fixture
def promised(org):
    """A policy of the group for grade A: kept once, broken once, once without data; and one customer of the other unit."""
    policy = make_grade_policy(org, bound=D(60), valid_from=day(-10), valid_until=None)
    for name, terms, owner in (
        ("守约", 60, None), ("超期", 61, None), ("未知", None, None), ("农化", 90, org.people.stranger),
    ):  # fmt: skip
        graded(org, name=name, grade="A", payment_terms_days=terms, owner=owner)
    graded(org, name="别级", grade="B", payment_terms_days=99)
    return policy


def test_policies_are_checked_and_open_to_the_customers_behind_within_reach(org, client_of, promised):
    assert check_policies() == 1
    assert PolicyFinding.objects.count() == 3
    client = client_of(org.people.sales_rep)
    page = client.get(policy_entity.url("list")).content.decode()
    assert "1 of 3 customers" in page
    assert "33 %" in page
    behind = client.get(f"/customers/?policy_broken={promised.pk}").content.decode()
    assert [name for name in ("守约", "超期", "未知", "农化", "别级") if name in behind] == ["超期"]
    behind = client.get(f"/customers/?policy_unknown={promised.pk}").content.decode()
    assert [name for name in ("守约", "超期", "未知", "农化", "别级") if name in behind] == ["未知"]
    everything = client_of(org.people.executive).get(policy_entity.url("list")).content.decode()
    assert "1 of 4 customers" in everything


def test_a_unit_s_policy_takes_the_place_of_the_group_s(org, client_of, promised):
    make_grade_policy(org, bound=D(100), valid_from=day(-10), valid_until=None, business_unit=org.silicones)
    check_policies()
    assert {row.customer.name for row in PolicyFinding.objects.filter(policy=promised)} == {"农化"}
    page = client_of(org.people.sales_rep).get(policy_entity.url("list")).content.decode()
    assert "2 of 3 customers" in page


def test_only_figures_that_can_be_checked_are_offered_and_one_policy_holds_at_a_time(org, client_of, promised):
    client = client_of(org.people.data_steward)
    page = client.get(policy_entity.url("create")).content.decode()
    assert 'value="payment_terms"' in page
    assert 'value="sales_12m"' not in page
    data = {"grade": "A", "measure": "payment_terms", "side": "most", "bound": "30", "valid_from": day().isoformat()}
    refused = client.post(policy_entity.url("create"), data)
    assert refused.status_code == 422
    assert "There is a policy for this grade and figure on these days already." in refused.content.decode()
    assert client.post(policy_entity.url("create"), {**data, "side": "least"}).status_code == 302
    assert GradePolicy.objects.count() == 2
