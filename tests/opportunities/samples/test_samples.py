"""Samples: asked for, approved, sent with batch and COA, received, judged, chased; costs, gate, hand-over."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from crm.errors import DomainError, Frozen, NotAllowed, StaleVersion, TransitionError
from crm.models import Cost, Notification, Task, Unit
from crm.records.domain.attachments import attach
from crm.workflow.domain.approval_decisions import reject, return_for_change, withdraw
from opportunities.domain.samples.feedback import TOLD_MANAGER, TOLD_OWNER, chase_feedback
from opportunities.domain.samples.figures import Conversion, conversion_of
from opportunities.domain.samples.lines import set_costs
from opportunities.domain.samples.of_customer import UNFINISHED, count_under_way
from opportunities.domain.samples.requests import (
    DOCUMENT,
    cancel_sample,
    create_sample,
    submit_sample,
    take_over_samples,
    update_sample,
)
from opportunities.domain.samples.sending import change_due, dispatch_sample, evaluate_sample, receive_sample
from opportunities.models import SampleRequest
from tests.factories.approvals import condition, make_policy, manage, named
from tests.factories.records import day, make_contact, make_customer, make_opportunity
from tests.factories.samples import approved, dispatched, evaluated, line, make_sample, packed, submitted
from tests.opportunities.support import reached


def test_the_way_from_draft_to_verdict(org):
    sample = make_sample(org)
    assert (sample.state, sample.product, sample.product_line) == ("draft", org.product, org.sealant)
    assert (sample.team, sample.business_unit, sample.region) == (org.sub_team, org.silicones, org.east)
    assert sample.code.startswith("SMP-")
    sample = approved(org, sample)
    assert sample.state == "approved"
    dispatched(org, sample, on=-10)
    assert (sample.state, sample.feedback_due_on) == ("dispatched", day(20))
    receive_sample(sample=sample, actor=sample.owner, received_on=day(-8))
    criteria = [{"line": sample.lines.get(), "name": "拉伸强度", "required": "≥2 MPa", "measured": "2.3", "met": True}]
    evaluate_sample(
        sample=sample, actor=sample.owner, evaluated_on=day(), verdict="passed", verdict_comment="", criteria=criteria
    )
    assert (sample.state, sample.verdict, sample.cycle_days) == ("evaluated", "passed", 0)
    assert [(row.name, row.measured, row.met) for row in sample.criteria.all()] == [("拉伸强度", "2.3", True)]
    steps = [row.target for row in sample.state_changes.all()]
    assert steps == ["pending", "approved", "dispatched", "received", "evaluated"]


def test_a_request_needs_a_line_that_says_what_and_how_much(org):
    customer = make_customer(org)
    base = {"actor": org.people.sales_rep, "customer": customer, "purpose": "x"}
    with pytest.raises(DomainError, match="at least one sample"):
        create_sample(**base, lines=[])
    with pytest.raises(DomainError, match="describe the laboratory sample"):
        create_sample(**base, lines=[line(org, product=None)])
    with pytest.raises(DomainError, match="larger than zero"):
        create_sample(**base, lines=[line(org, quantity=Decimal(0))])
    assert not SampleRequest.objects.exists()
    made = create_sample(**base, lines=[line(org, product=None, description="LAB-7 低粘", source="laboratory")])
    assert (made.lines.get().label, made.product) == ("LAB-7 低粘", None)


def test_contact_and_opportunity_are_the_customers_own(org):
    customer = make_customer(org)
    with pytest.raises(DomainError) as error:
        make_sample(org, customer=customer, contact=make_contact(org))
    assert error.value.field == "contact"
    with pytest.raises(DomainError) as error:
        make_sample(org, customer=customer, opportunity=make_opportunity(org))
    assert error.value.field == "opportunity"


def test_only_a_draft_is_changed_and_lines_are_replaced(org):
    sample = make_sample(org, lines=[line(org), line(org, product=None, description="LAB-1")])
    _first, second = sample.lines.all()
    kept = {"id": second.pk, **line(org, product=None, description="LAB-2", quantity=Decimal(3))}
    version = sample.version
    update_sample(instance=sample, expected_version=version, actor=sample.owner, purpose="y", lines=[kept])
    assert [(row.pk, row.description, row.quantity) for row in sample.lines.all()] == [(second.pk, "LAB-2", 3)]
    assert (sample.purpose, sample.product, sample.version) == ("y", None, version + 1)
    with pytest.raises(StaleVersion):
        update_sample(instance=sample, expected_version=version, actor=sample.owner, purpose="z")
    sample.refresh_from_db()
    submitted(org, sample)
    with pytest.raises(DomainError, match="Only a draft"):
        update_sample(instance=sample, expected_version=sample.version, actor=sample.owner, purpose="z")
    with pytest.raises(Frozen), transaction.atomic():
        SampleRequest.objects.get(pk=sample.pk)
        sample.state = "draft"
        update_sample(instance=sample, expected_version=sample.version, actor=sample.owner, purpose="z")


def test_the_kind_of_the_samples_decides_who_approves(org):
    by_kind = {"experimental": org.people.product_manager, "moulded": org.people.sales_manager}
    for kind, person in by_kind.items():
        make_policy(org, named(person), document=DOCUMENT, priority=10, conditions=[condition("kind", "in", kind)])
    make_policy(org, named(org.people.bu_head), document=DOCUMENT, priority=20)
    for kinds, person in (
        (("commercial",), org.people.bu_head),
        (("commercial", "moulded"), org.people.sales_manager),
        (("moulded", "experimental"), org.people.product_manager),
    ):
        sample = make_sample(org, lines=[line(org, kind=kind) for kind in kinds])
        request = submit_sample(sample=sample, actor=sample.owner)
        assert [row.user for row in request.assignments.all()] == [person], kinds


@pytest.mark.parametrize("how", [reject, return_for_change])
def test_a_refusal_makes_a_draft_again_with_its_reason(org, how):
    sample = make_sample(org)
    how(request=submitted(org, sample), actor=org.people.sales_manager, reason="先确认用量")
    sample.refresh_from_db()
    assert sample.state == "draft"
    assert "先确认用量" in sample.state_changes.last().reason


def test_withdrawn_requests_are_drafts_again(org):
    sample = make_sample(org)
    withdraw(request=submitted(org, sample), actor=sample.owner)
    sample.refresh_from_db()
    assert sample.state == "draft"


def send(sample, **values):
    data = {"dispatched_on": day(), "carrier": "顺丰", "lines": packed(sample), **values}
    return dispatch_sample(sample=sample, actor=sample.owner, **data)


def test_dispatch_needs_a_batch_and_a_coa_or_why_there_is_none(org):
    sample = approved(org)
    with pytest.raises(TransitionError, match="no batch"):
        send(sample, lines=packed(sample, batch=""))
    with pytest.raises(TransitionError, match="no COA"):
        send(sample, lines=packed(sample, coa_number=""))
    with pytest.raises(TransitionError, match="who carries it"):
        send(sample, carrier=" ")
    sample.refresh_from_db()
    assert (sample.state, sample.lines.get().batch) == ("approved", "")
    send(sample, lines=packed(sample, coa_number=""), no_coa_reason="实验室样品，随附测试数据")
    assert (sample.state, sample.no_coa_reason) == ("dispatched", "实验室样品，随附测试数据")


def test_the_coa_may_be_a_file_of_the_request_and_of_no_other(org):
    sample = approved(org)
    upload = ContentFile(b"%PDF-1.7 x", name="COA.pdf")
    foreign = attach(actor=sample.owner, record=make_sample(org), upload=upload)
    with pytest.raises(DomainError, match="file of this request"):
        send(sample, lines=packed(sample, coa_number="", coa=foreign))
    own = attach(actor=sample.owner, record=sample, upload=ContentFile(b"%PDF-1.7 y", name="COA.pdf"))
    send(sample, lines=packed(sample, coa_number="", coa=own))
    assert sample.lines.get().coa == own


def test_days_follow_one_another_and_none_lies_ahead(org):
    sample = approved(org)
    with pytest.raises(DomainError, match="not come yet"):
        send(sample, dispatched_on=day(1))
    with pytest.raises(DomainError, match="due before"):
        send(sample, feedback_due_on=day(-1))
    send(sample, dispatched_on=day(-2), feedback_due_on=day(5))
    assert sample.feedback_due_on == day(5)
    with pytest.raises(DomainError, match="before it was dispatched"):
        receive_sample(sample=sample, actor=sample.owner, received_on=day(-3))
    receive_sample(sample=sample, actor=sample.owner, received_on=day(-1))
    with pytest.raises(DomainError, match="before receiving"):
        evaluate_sample(sample=sample, actor=sample.owner, evaluated_on=day(-2), verdict="passed")


def test_a_failure_says_why_and_conditions_are_named(org):
    sample = dispatched(org)
    receive_sample(sample=sample, actor=sample.owner, received_on=day())
    judge = {"sample": sample, "actor": sample.owner, "evaluated_on": day()}
    with pytest.raises(TransitionError, match="why the sample failed"):
        evaluate_sample(**judge, verdict="failed", verdict_comment="开裂")
    with pytest.raises(TransitionError, match="under which conditions"):
        evaluate_sample(**judge, verdict="conditional")
    evaluate_sample(**judge, verdict="failed", failure="performance", verdict_comment="开裂")
    assert (sample.verdict, sample.failure) == ("failed", "performance")


def test_a_criterion_may_leave_open_whether_it_is_met(org):
    sample = dispatched(org)
    criteria = [{"line": sample.lines.get(), "name": "外观", "required": "", "measured": "无气泡", "met": None}]
    evaluated(org, sample, criteria=criteria)
    assert sample.criteria.get().met is None


def test_cancelling_needs_a_reason(org):
    sample = make_sample(org)
    with pytest.raises(TransitionError, match="reason"):
        cancel_sample(sample=sample, actor=sample.owner)
    cancel_sample(sample=sample, actor=sample.owner, reason="客户取消试用")
    assert sample.state == "cancelled"


def test_the_gate_asks_for_a_sample_that_passed_without_conditions(org):
    customer = make_customer(org)
    opportunity = make_opportunity(org, customer=customer)
    for verdict in ("failed", "conditional"):
        sample = approved(org, make_sample(org, customer=customer, opportunity=opportunity))
        evaluated(org, dispatched(org, sample), verdict=verdict)
    assert not reached("sample_passed", opportunity)
    other = make_opportunity(org, customer=customer)
    evaluated(org, dispatched(org, approved(org, make_sample(org, customer=customer, opportunity=other))))
    assert not reached("sample_passed", opportunity)
    assert reached("sample_passed", other)


def test_costs_are_the_catalogues_unless_said_otherwise_and_guarded(org):
    unit = Unit.objects.get(code="KG")
    Cost.objects.create(product=org.product, amount=Decimal(20), unit=unit, starts_on=dt.date(2020, 1, 1))
    sample = make_sample(org, lines=[line(org), line(org, product=None, description="LAB-1", quantity=Decimal(1))])
    assert sample.cost_base == Decimal(40)
    known, laboratory = sample.lines.all()
    with pytest.raises(NotAllowed):
        set_costs(sample=sample, actor=org.people.sales_rep, costs={laboratory.pk: (Decimal(5), "CNY")})
    set_costs(sample=sample, actor=org.people.finance, costs={laboratory.pk: (Decimal("5.5"), "CNY")})
    assert sample.cost_base == Decimal("45.5")
    given = [
        {"id": row.pk, **line(org, product=row.product, description=row.description)} for row in (known, laboratory)
    ]
    given[0]["quantity"] = Decimal(3)
    update_sample(instance=sample, expected_version=sample.version, actor=sample.owner, lines=given)
    assert [row.unit_cost for row in sample.lines.all()] == [Decimal(20), Decimal("5.5")], "kept, unseen"
    assert sample.cost_base == Decimal(71)


def told(kind):
    return {row.recipient.username for row in Notification.objects.filter(kind=kind)}


def test_overdue_feedback_is_chased_once_each(org):
    manage(org)
    sample = dispatched(org, on=-31)
    assert sample.feedback_due_on == day(-1)
    on_time = dispatched(org, on=-30)
    assert chase_feedback(on_time.feedback_due_on) == 1
    assert told(TOLD_OWNER) == {"sales_rep"}
    assert Task.objects.filter(kind="sample_feedback").get().assignee == org.people.sales_rep
    assert not told(TOLD_MANAGER)
    assert chase_feedback(day()) == 0
    assert chase_feedback(day(6)) == 1, "the other one is overdue too by then"
    assert not told(TOLD_MANAGER)
    assert chase_feedback(day(7)) == 1
    assert told(TOLD_MANAGER) == {"sales_manager"}
    assert chase_feedback(day(7)) == 0
    assert Task.objects.filter(kind="sample_feedback").count() == 2


def test_the_answer_ends_the_chase(org):
    sample = dispatched(org, on=-31)
    chase_feedback()
    evaluated(org, sample)
    assert Task.objects.get(kind="sample_feedback").state == "done"
    assert chase_feedback(day(100)) == 0


def test_another_date_is_chased_anew(org):
    sample = dispatched(org, on=-31)
    chase_feedback()
    sample.refresh_from_db()
    with pytest.raises(DomainError, match="day to come"):
        change_due(sample=sample, actor=sample.owner, feedback_due_on=day(-1))
    change_due(sample=sample, actor=sample.owner, feedback_due_on=day(3))
    assert Task.objects.get(kind="sample_feedback").state == "done"
    assert chase_feedback(day(3)) == 0
    assert chase_feedback(day(4)) == 1


def test_open_requests_go_along_with_the_customer_and_with_who_leaves(org):
    customer = make_customer(org)
    running, done = (
        dispatched(org, approved(org, make_sample(org, customer=customer))),
        make_sample(org, customer=customer),
    )
    cancel_sample(sample=done, actor=done.owner, reason="x")
    rep, colleague = org.people.sales_rep, org.people.colleague
    assert count_under_way([customer.pk]) == {customer.pk: 1}
    assert UNFINISHED.count([customer.pk], rep) == {customer.pk: 1}
    assert UNFINISHED.move(keys=[customer.pk], source=rep, target=colleague, actor=rep) == {customer.pk: 1}
    assert [SampleRequest.objects.get(pk=row.pk).owner for row in (running, done)] == [colleague, rep]
    assert take_over_samples(source=colleague, target=rep, actor=rep) == 1


def test_conversion_counts_closed_opportunities_that_had_samples_sent(org):
    customer = make_customer(org)
    rows = [make_opportunity(org, customer=customer, stage=stage, closed_on=day()) for stage in ("won", "won", "lost")]
    make_opportunity(org, customer=customer)
    for row in (rows[0], rows[2]):
        dispatched(org, approved(org, make_sample(org, customer=customer, opportunity=row)))
    make_sample(org, customer=customer, opportunity=rows[1])  # asked for, never sent
    assert conversion_of(org.people.sales_rep) == Conversion(closed=2, won=1)
    assert conversion_of(org.people.stranger) == Conversion(closed=0, won=0)
