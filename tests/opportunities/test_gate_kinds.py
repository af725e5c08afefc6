"""What else a gate can ask for: ticks, documents, results of others, approvals; and skipping a stage."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.errors import DomainError, Frozen, TransitionError
from crm.models import ApprovalRequest, Attachment
from crm.records.domain.attachments import remove
from crm.workflow.domain.approval_decisions import approve, reject
from opportunities.domain.funnel import Funnel, advance, gate
from opportunities.domain.move_approval import request_move
from opportunities.domain.opportunity import update_opportunity
from opportunities.models import Opportunity
from tests.factories import samples
from tests.factories.approvals import condition, make_policy, named
from tests.factories.deals import ask
from tests.factories.records import make_customer, make_opportunity
from tests.opportunities.support import answered, stage

pytestmark = pytest.mark.django_db


def pdf(name: str = "trial.pdf") -> Any:
    file = io.BytesIO(b"%PDF-1.4\n%trial\n")
    file.name = name
    return file


def move_url(record: Any) -> str:
    return reverse("opportunities:opportunity_move", args=[record.pk])


def ready(org: Any, **values: Any) -> Opportunity:
    return make_opportunity(org, **answered(org, **values))


def test_a_tick_is_asked_for_and_given_on_the_way_or_in_the_move(org: Any, client_of: Any) -> None:
    item, rep = ask(org, "requirement", "check", name="已走访生产现场", name_en="Plant visited"), org.people.sales_rep
    early, late, client = ready(org), ready(org), client_of(rep)
    with pytest.raises(TransitionError, match="Plant visited"):
        advance(opportunity=early, target=stage("solution"), actor=rep)
    url = reverse("opportunities:opportunity_answer", args=[early.pk, item.pk])
    assert url in client.get(reverse("opportunities:opportunity_record", args=[early.pk])).content.decode()
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {item.key: "on"}).status_code == 302
    early.refresh_from_db()
    advance(opportunity=early, target=stage("solution"), actor=rep)
    data = {"target": stage("solution").pk, "asked": "1"}
    assert client.post(move_url(late), data).status_code == 422
    assert client.post(move_url(late), {**data, f"move-{item.key}": "on"}).status_code == 302
    late.refresh_from_db()
    assert late.stage.code == "solution"


def test_an_item_of_another_gate_kind_has_no_page_and_a_foreign_record_neither(org: Any, client_of: Any) -> None:
    item = ask(org, "requirement", "check", name="已走访", name_en="Visited")
    field = stage("requirement").gate_items.get(key="need")
    record, client = ready(org), client_of(org.people.sales_rep)
    assert client.get(reverse("opportunities:opportunity_answer", args=[record.pk, field.pk])).status_code == 404
    url = reverse("opportunities:opportunity_answer", args=[record.pk, item.pk])
    assert client_of(org.people.stranger).post(url, {item.key: "on"}).status_code == 404
    assert client_of(org.people.auditor).post(url, {item.key: "on"}).status_code == 403


def test_a_document_is_attached_in_the_move_and_the_gate_closes_when_it_is_removed(org: Any, client_of: Any) -> None:
    item, rep = ask(org, "requirement", "document", name="需求调查表", name_en="Survey"), org.people.sales_rep
    record, client = ready(org), client_of(rep)
    data = {"target": stage("solution").pk, "asked": "1"}
    assert 'enctype="multipart/form-data"' in client.get(move_url(record), data).content.decode()
    refused = client.post(move_url(record), {**data, f"move-{item.key}": pdf("survey.exe")})
    assert refused.status_code == 422
    assert client.post(move_url(record), {**data, f"move-{item.key}": pdf()}).status_code == 302
    record.refresh_from_db()
    file = Attachment.objects.get(pk=record.gate_answers[item.key])
    assert (file.name, file.object_id, record.stage.code) == ("trial.pdf", record.pk, "solution")
    remove(attachment=file, record=record, actor=rep)
    assert item.key in {found.key for found in Funnel().gate(record, stage("requirement").pk).missing}


def test_a_result_of_others_opens_the_gate_and_until_then_the_dialog_leads_to_them(org: Any, client_of: Any) -> None:
    ask(org, "requirement", "outcome:sample_passed")
    rep, customer = org.people.sales_rep, make_customer(org)
    record, client = ready(org, customer=customer), client_of(rep)
    data = {"target": stage("solution").pk, "asked": "1"}
    page = client.get(move_url(record), data).content.decode()
    assert "This step waits for others" in page
    assert f"{reverse('opportunities:samplerequest_create')}?customer={customer.pk}&amp;opportunity={record.pk}" in page
    assert client.post(move_url(record), data).status_code == 422
    with pytest.raises(TransitionError, match="Sample passed"):
        advance(opportunity=record, target=stage("solution"), actor=rep)
    sample = samples.approved(org, samples.make_sample(org, customer=customer, opportunity=record))
    samples.evaluated(org, samples.dispatched(org, sample))
    assert client.post(move_url(record), data).status_code == 302


def test_a_board_takes_the_same_queries_for_few_cards_and_many(org: Any) -> None:
    for outcome in ("sample_passed", "quote_approved", "tender_submitted", "supplier_admitted"):
        ask(org, "requirement", f"outcome:{outcome}")
    rows = [ready(org) for _number in range(3)]
    few, many = Funnel(), Funnel()
    with CaptureQueriesContext(connection) as first:
        few.look_outside(rows[:1])
    with CaptureQueriesContext(connection) as second:
        many.look_outside(rows)
    assert len(first) == len(second)


def test_a_step_from_an_amount_on_is_approved_and_then_made(org: Any, client_of: Any) -> None:
    ask(org, "requirement", "approval", name="大额商机审批", name_en="Large deal", minimum=2_000_000)
    rep, boss = org.people.sales_rep, org.people.sales_manager
    make_policy(org, named(boss), document="opportunity_move")
    small, large = ready(org, our_volume_kg=1000), ready(org)
    for record in (small, large):
        update_opportunity(instance=record, expected_version=None, actor=rep, market_price=record.market_price)
    advance(opportunity=small, target=stage("solution"), actor=rep)
    with pytest.raises(TransitionError, match="needs an approval"):
        advance(opportunity=large, target=stage("solution"), actor=rep)
    data = {"target": stage("solution").pk, "asked": "1"}
    client = client_of(rep)
    assert "Send for approval" in client.get(move_url(large), data).content.decode()
    assert client.post(move_url(large), data).status_code == 422  # says why
    assert client.post(move_url(large), {**data, "move-reason": "年度重点"}).status_code == 302
    large.refresh_from_db()
    assert large.stage.code == "requirement"
    with pytest.raises(Frozen):
        update_opportunity(instance=large, expected_version=None, actor=rep, name="anders")
    request = ApprovalRequest.objects.get()
    approve(request=request, actor=boss)
    large.refresh_from_db()
    assert large.stage.code == "solution"
    row = large.stage_changes.get()
    assert (row.actor, row.reason) == (rep, "年度重点")


def test_an_approval_is_asked_by_grade(org: Any, client_of: Any) -> None:
    first, admin = stage("requirement"), client_of(org.people.administrator)
    data = {"level": "required", "version_read": first.version, "source": "approval", "name": "大客户审批"}
    url = reverse("opportunities:gate_add", args=[first.pk])
    refused = admin.post(url, {**data, "options": "S\nX"})
    assert refused.status_code == 422
    assert "There is no grade X." in refused.content.decode()
    assert admin.post(url, {**data, "options": "s\nA\n"}).status_code == 302
    rep = org.people.sales_rep
    for grade, asked in (("S", True), ("A", True), ("B", False), ("", False)):
        record = ready(org, customer=make_customer(org, grade=grade))
        if asked:
            with pytest.raises(TransitionError, match="needs an approval"):
                advance(opportunity=record, target=stage("solution"), actor=rep)
        else:
            advance(opportunity=record, target=stage("solution"), actor=rep)


def test_an_answer_that_lifts_the_amount_to_the_approval_leads_to_it(org: Any, client_of: Any) -> None:
    ask(org, "requirement", "approval", name="大额商机审批", name_en="Large deal", minimum=2_000_000)
    rep, boss = org.people.sales_rep, org.people.sales_manager
    make_policy(org, named(boss), document="opportunity_move")
    record = ready(org, our_volume_kg=None)
    data = {"target": stage("solution").pk, "asked": "1", "move-our_volume_kg": "80000"}
    client = client_of(rep)
    answer = client.post(move_url(record), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Send for approval" in page
    assert 'value="80000"' in page  # what was typed stays
    asked = {**data, "approval": "1", "move-reason": "年度重点"}
    assert client.post(move_url(record), asked).status_code == 302
    assert ApprovalRequest.objects.get().reason == "年度重点"
    record.refresh_from_db()
    assert (record.stage.code, record.our_volume_kg) == ("requirement", 80000)
    small = ready(org, our_volume_kg=None)
    answer = client.post(move_url(small), {**asked, "move-our_volume_kg": "10"})
    assert "needs no approval" in answer.content.decode()
    assert Opportunity.objects.get(pk=small.pk).our_volume_kg is None


def test_a_stage_is_skipped_with_approval_only_and_never_past_the_present_gate(org: Any) -> None:
    rep, boss = org.people.sales_rep, org.people.sales_manager
    record, bare = ready(org), make_opportunity(org)
    target = stage("negotiation")
    with pytest.raises(TransitionError, match="needs an approval"):
        advance(opportunity=record, target=target, actor=rep, reason="老客户")
    with pytest.raises(DomainError, match="policy"):  # none in force: nobody could approve it
        request_move(opportunity=record, target=target, actor=rep, reason="老客户")
    make_policy(org, named(boss), document="opportunity_move", conditions=[condition("move", "in", "skip")])
    with pytest.raises(DomainError, match="Still missing"):
        request_move(opportunity=bare, target=target, actor=rep, reason="老客户")
    with pytest.raises(DomainError, match="needs no approval"):
        request_move(opportunity=record, target=stage("solution"), actor=rep, reason="老客户")
    reject(request=request_move(opportunity=record, target=target, actor=rep, reason="老客户"), actor=boss, reason="no")
    record.refresh_from_db()
    assert record.stage.code == "requirement"
    approve(request=request_move(opportunity=record, target=target, actor=rep, reason="再次"), actor=boss)
    record.refresh_from_db()
    assert record.stage.code == "negotiation"
    with pytest.raises(TransitionError):  # the approval was for that step, not for later ones
        advance(opportunity=record, target=stage("won"), actor=rep)


def test_answers_given_with_the_request_are_kept_and_read_by_who_decides(org: Any) -> None:
    rep, boss = org.people.sales_rep, org.people.sales_manager
    make_policy(org, named(boss), document="opportunity_move")
    record = ready(org, timing="")
    request = request_move(
        opportunity=record, target=stage("evaluation"), actor=rep, reason="r", answers={"timing": "Q1"}
    )
    record.refresh_from_db()
    assert record.timing == "Q1"
    approve(request=request, actor=boss)
    record.refresh_from_db()
    assert (record.stage.code, gate(record).done) == ("evaluation", 1)  # only the competitors are known there


def test_gate_items_are_added_in_the_browser_with_their_details(org: Any, client_of: Any) -> None:
    admin, second = client_of(org.people.administrator), stage("solution")
    url = reverse("opportunities:gate_add", args=[second.pk])

    def add(**data: Any) -> int:
        second.refresh_from_db()
        sent = {"level": "required", "version_read": second.version, **data}
        return int(admin.post(url, sent).status_code)

    named_item = {"name": "拉伸强度", "name_en": "Tensile strength"}
    number = {"answer": "number", "unit": "MPa", "minimum": "1", "maximum": "20"}
    assert add(source="new", **named_item, **(number | {"maximum": "0"})) == 422
    assert add(source="new", **named_item, **number) == 302
    item = second.gate_items.get(name="拉伸强度")
    assert (item.answer, item.unit, item.minimum, item.maximum) == ("number", "MPa", 1, 20)
    assert add(source="new", name="颜色", name_en="Colour", answer="choice", options="白") == 422
    assert add(source="new", name="颜色", name_en="Colour", answer="choice", options="白\n灰\n") == 302
    record = make_opportunity(org, stage="solution")
    form = client_of(org.people.sales_rep).get(move_url(record), {"target": stage("evaluation").pk}).content.decode()
    assert '<option value="灰">' in form
    assert ">MPa<" in form
    assert add(source="approval") == 422  # without a name
    assert add(source="outcome:no-such-thing") == 422
