"""Admission: checklists in editions, what is taken over, approval, expiry, renewal, and the fact for others."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile

from crm.errors import DomainError, Frozen, NotAllowed, StaleVersion, TransitionError
from crm.models import Notification, Task
from crm.records.domain.attachments import attach
from crm.workflow.domain.approval_decisions import approve, reject, return_for_change, withdraw
from customers.domain.admission import checklists
from customers.domain.admission.admissions import (
    DOCUMENT,
    admitted_on,
    is_admitted,
    renew_admission,
    start_admission,
    submit_admission,
    update_admission,
    withdraw_admission,
)
from customers.domain.admission.answers import lines_of
from customers.domain.admission.expiry import expire_admissions, warn_of_admissions
from customers.domain.certificates import update_certificate, warn_of_certificates
from customers.models import Admission, AdmissionChecklist
from customers.rules import months_later
from tests.factories.admission import answer, make_admission, make_certificate, make_checklist, question
from tests.factories.approvals import make_policy, named
from tests.factories.records import day, make_customer


@pytest.fixture
def policy(org):
    return make_policy(org, named(org.people.sales_manager), document=DOCUMENT)


def submit(org, admission):
    return submit_admission(admission=admission, actor=org.people.sales_rep, reason="新客户")


def admit(org, customer, **values):
    if not AdmissionChecklist.objects.exists():
        make_checklist(org)
    admission = start_admission(
        actor=org.people.sales_rep, **{"customer": customer, "business_unit": org.silicones, **values}
    )
    states = {line.item.key: line.state for line in lines_of(admission)}
    admission = answer(org, admission, **{key: "yes" for key, state in states.items() if state != "taken"})
    approve(request=submit(org, admission), actor=org.people.sales_manager)
    admission.refresh_from_db()
    return admission


def settle(org, admission):
    approve(request=submit(org, admission), actor=org.people.sales_manager)
    admission.refresh_from_db()


def states(admission):
    return {line.item.key: line.state for line in lines_of(admission)}


def test_the_way_from_draft_to_admitted(org, policy):
    admission = make_admission(org)
    assert (admission.kind, admission.state) == ("first", "draft")
    with pytest.raises(DomainError, match="licence"):
        submit(org, admission)
    assert Admission.objects.get().state == "draft"
    admission = answer(org, admission, licence="yes")
    request = submit(org, admission)
    admission.refresh_from_db()
    assert admission.state == "submitted"
    with pytest.raises(Frozen):
        withdraw_admission_of(org, admission)
    assert not is_admitted(admission.customer, org.silicones)
    approve(request=request, actor=org.people.sales_manager)
    admission.refresh_from_db()
    assert (admission.state, admission.valid_from) == ("admitted", day())
    assert admission.valid_to == months_later(day(), 36)
    assert is_admitted(admission.customer, org.silicones)
    assert is_admitted(admission.customer, org.silicones, org.sealant)
    assert not is_admitted(admission.customer, org.agro)
    assert not is_admitted(admission.customer, org.silicones, on=day(-1))
    assert not is_admitted(admission.customer, org.silicones, on=admission.valid_to + dt.timedelta(days=1))


def withdraw_admission_of(org, admission):
    Admission.objects.filter(pk=admission.pk).update(state="draft")
    try:
        withdraw_admission(admission=Admission.objects.get(pk=admission.pk), actor=org.people.sales_rep, reason="x")
    finally:
        Admission.objects.filter(pk=admission.pk).update(state="submitted")


def test_refused_returned_and_taken_back(org, policy):
    ends = (
        (reject, org.people.sales_manager, "refused"),
        (return_for_change, org.people.sales_manager, "draft"),
        (withdraw, org.people.sales_rep, "draft"),
    )
    for end, actor, state in ends:
        admission = answer(org, make_admission(org), licence="yes")
        end(request=submit(org, admission), actor=actor, reason="缺少材料")
        admission.refresh_from_db()
        assert admission.state == state
        assert not is_admitted(admission.customer, org.silicones)


def test_without_a_policy_nobody_is_admitted(org):
    admission = answer(org, make_admission(org), licence="yes")
    with pytest.raises(DomainError, match="No approval policy"):
        submit(org, admission)
    assert Admission.objects.get().state == "draft"


def test_an_extension_asks_only_what_is_new(org, policy):
    make_checklist(org, question("licence"), question("visit", asked="every"), question("safety", valid_months=12))
    make_checklist(org, question("licence"), question("safety"), question("ghs"), business_unit=org.agro)
    customer = make_customer(org)
    first = admit(org, customer)
    extension = start_admission(actor=org.people.sales_rep, customer=customer, business_unit=org.agro)
    assert extension.kind == "extension"
    assert states(extension) == {"licence": "taken", "safety": "taken", "ghs": "open"}
    taken = {line.item.key: line.answer for line in lines_of(extension)}
    assert taken["safety"].taken_from.admission == first
    assert taken["safety"].valid_until == months_later(day(), 12)
    line = start_admission(
        actor=org.people.sales_rep, customer=customer, business_unit=org.silicones, product_line=org.sealant
    )
    assert states(line) == {"licence": "taken", "visit": "open", "safety": "taken"}
    # what is over, or was never decided about, is asked again; of another customer nothing is known
    first.answers.filter(item__key="safety").update(valid_until=day(-1))
    again = start_admission(
        actor=org.people.sales_rep, customer=customer, business_unit=org.silicones, product_line=org.liquid
    )
    assert states(again) == {"licence": "taken", "visit": "open", "safety": "open"}
    assert set(states(make_admission(org)).values()) == {"open"}


def test_answers_of_drafts_and_refused_admissions_are_not_taken_over(org, policy):
    customer = make_customer(org)
    draft = answer(org, make_admission(org, customer=customer), licence="yes")
    other = make_admission(org, customer=customer, product_line=org.sealant)
    assert states(other) == {"licence": "open"}
    reject(request=submit(org, draft), actor=org.people.sales_manager, reason="x")
    assert states(make_admission(org, customer=customer, product_line=org.liquid)) == {"licence": "open"}


def test_answers_are_of_their_kind_and_documents_need_a_file(org, policy):
    make_checklist(
        org,
        question("number", "number"),
        question("date", "date"),
        question("grade", "choice", choices=["甲", "乙"]),
        question("paper", "document", required=True),
        question("note", "text", required=False),
    )
    admission = make_admission(org)
    for key, wrong in (("number", "many"), ("date", "2026-13-40"), ("date", "soon"), ("grade", "丙")):
        with pytest.raises(DomainError, match="does not answer"):
            answer(org, Admission.objects.get(), **{key: wrong})
    admission = answer(org, Admission.objects.get(), number="3.5", date="2026-01-31", grade="甲", paper="营业执照")
    with pytest.raises(DomainError, match="paper"):
        submit(org, admission)
    file = attach(actor=org.people.sales_rep, record=admission, upload=ContentFile(b"%PDF-1.7 x", name="a.pdf"))
    admission = answer(org, admission, paper={"value": "", "evidence": file, "valid_until": day(90)})
    assert {line.item.key: line.answer.value for line in lines_of(admission) if line.answer}["paper"] == "a.pdf"
    assert submit(org, admission).state == "pending"
    with pytest.raises(DomainError, match="submitted already"):
        answer(org, Admission.objects.get(), number="4")


def test_two_who_answer_at_once_do_not_overwrite_each_other(org):
    admission = make_admission(org)
    stale = Admission.objects.get()
    answer(org, admission, licence="yes")
    with pytest.raises(StaleVersion):
        answer(org, stale, licence="no")
    assert admission.answers.get().value == "yes"


def test_one_admission_is_under_way_for_the_same(org):
    customer = make_customer(org)
    first = make_admission(org, customer=customer)
    with pytest.raises(DomainError, match="under way"):
        make_admission(org, customer=customer)
    make_admission(org, customer=customer, plant="苏州工厂")
    withdraw_admission(admission=first, actor=org.people.sales_rep, reason="重复")
    make_admission(org, customer=customer)
    with pytest.raises(DomainError, match="another business unit"):
        make_admission(org, customer=customer, product_line=org.herbicide)
    with pytest.raises(DomainError, match="No admission checklist"):
        start_admission(actor=org.people.sales_rep, customer=customer, business_unit=org.agro)


def test_expiry_is_marked_and_warned_of_once_per_step(org, policy):
    admission = admit(org, make_customer(org), valid_to=day(70))
    assert (warn_of_admissions(), expire_admissions()) == (0, 0)
    told = Notification.objects.filter(kind="customer.admission_ends", recipient=org.people.sales_rep)
    for offset, tells in ((9, 0), (10, 1), (11, 0), (40, 1), (41, 0), (63, 1), (69, 0), (71, 0)):
        assert warn_of_admissions(day(offset)) == tells, offset
    assert told.count() == 1  # folded into one
    assert told.get().count == 3
    assert Task.objects.filter(kind="expiry", assignee=org.people.sales_rep).count() == 1
    assert expire_admissions(day(70)) == 0
    assert expire_admissions(day(71)) == 1
    assert expire_admissions(day(71)) == 0
    admission.refresh_from_db()
    assert admission.state == "expired"
    assert is_admitted(admission.customer, org.silicones, on=day(70))


def test_a_renewal_starts_from_the_last_answers_and_ends_the_warnings(org, policy):
    make_checklist(org, question("licence"), question("visit", asked="every"), question("safety", valid_months=1))
    admission = admit(org, make_customer(org), valid_to=day(30))
    admission.answers.filter(item__key="safety").update(valid_until=day(-1))
    renewal = renew_admission(admission=admission, actor=org.people.sales_rep)
    assert (renewal.kind, renewal.follows, renewal.valid_from) == ("renewal", admission, day(31))
    assert states(renewal) == {"licence": "taken", "visit": "confirm", "safety": "confirm"}
    assert renewal.answers.get(item__key="visit").value == "yes"
    with pytest.raises(DomainError, match="visit"):
        submit(org, renewal)
    with pytest.raises(DomainError, match="under way"):
        renew_admission(admission=admission, actor=org.people.sales_rep)
    assert warn_of_admissions() == 0
    withdraw_admission(admission=renewal, actor=org.people.sales_rep, reason="x")
    assert warn_of_admissions() == 1


def test_an_approved_renewal_ends_what_it_renews(org, policy):
    admission = admit(org, make_customer(org))
    Admission.objects.filter(pk=admission.pk).update(valid_from=day(-100), valid_to=day(30))
    admission.refresh_from_db()
    early = renew_admission(admission=admission, actor=org.people.sales_rep)
    update_admission(instance=early, expected_version=early.version, actor=org.people.sales_rep, valid_from=None)
    settle(org, early)
    admission.refresh_from_db()
    assert (admission.state, admission.valid_to, early.valid_from) == ("expired", day(-1), day())
    assert early.code in admission.state_changes.latest("pk").reason
    assert list(admitted_on(admission.customer, day())) == [early]
    later = renew_admission(admission=early, actor=org.people.sales_rep)
    update_admission(instance=later, expected_version=later.version, actor=org.people.sales_rep, valid_from=day(10))
    settle(org, later)
    early.refresh_from_db()
    assert (early.state, early.valid_to) == ("admitted", day(9))
    assert list(admitted_on(admission.customer, day(9))) == [early]
    assert list(admitted_on(admission.customer, day(10))) == [later]
    assert expire_admissions(day(10)) == 1


def test_a_renewal_on_the_first_day_of_what_it_renews_leaves_no_day_before_it(org, policy):
    admission = admit(org, make_customer(org))
    renewal = renew_admission(admission=admission, actor=org.people.sales_rep)
    update_admission(instance=renewal, expected_version=renewal.version, actor=org.people.sales_rep, valid_from=None)
    settle(org, renewal)
    admission.refresh_from_db()
    assert (admission.state, admission.valid_from, admission.valid_to) == ("expired", day(), day())


def test_only_some_may_withdraw_what_was_admitted(org, policy):
    admission = admit(org, make_customer(org))
    with pytest.raises(NotAllowed):
        withdraw_admission(admission=admission, actor=org.people.sales_rep, reason="x")
    with pytest.raises(TransitionError):
        withdraw_admission(admission=admission, actor=org.people.sales_manager, reason="")
    withdraw_admission(admission=admission, actor=org.people.sales_manager, reason="失信")
    assert not is_admitted(admission.customer, org.silicones)
    with pytest.raises(DomainError, match="Only a draft"):
        update_admission(instance=admission, expected_version=None, actor=org.people.sales_rep, plant="x")


def test_a_checklist_in_force_is_changed_by_a_new_edition(org, policy):
    checklist = make_checklist(org, question("licence"))
    admin = org.people.administrator
    running = make_admission(org)
    with pytest.raises(DomainError, match="new edition"):
        checklists.update_checklist(instance=checklist, expected_version=None, actor=admin, items=[])
    draft = checklists.new_edition(checklist=checklist, actor=admin)
    assert checklists.new_edition(checklist=checklist, actor=admin) == draft
    items = [question("licence"), question("audit")]
    checklists.update_checklist(instance=draft, expected_version=draft.version, actor=admin, items=items)
    checklists.publish(checklist=draft, actor=admin)
    checklist.refresh_from_db()
    assert (checklist.state, draft.edition) == ("retired", 2)
    assert set(states(running)) == {"licence"}
    assert set(states(make_admission(org))) == {"licence", "audit"}
    with pytest.raises(DomainError, match="in force there"):
        make_checklist(org, question("x"))
    with pytest.raises(DomainError, match="at least one"):
        empty = checklists.create_checklist(actor=admin, name="x", business_unit=org.agro)
        checklists.publish(checklist=empty, actor=admin)


def test_certificates_are_warned_of_anew_with_a_new_end(org):
    demand = make_certificate(org, valid_until=day(20))
    assert (warn_of_certificates(), warn_of_certificates()) == (1, 0)
    demand.refresh_from_db()
    assert demand.warned_days == 30
    update_certificate(
        instance=demand, expected_version=demand.version, actor=org.people.sales_rep, valid_until=day(55)
    )
    assert warn_of_certificates() == 1
    with pytest.raises(DomainError, match="in the customer's list already"):
        make_certificate(org, customer=demand.customer)
    with pytest.raises(DomainError, match="before the first day"):
        make_certificate(org, kind="reach", given_on=day(), valid_until=day(-1))


def test_months_end_with_the_month():
    assert months_later(dt.date(2024, 1, 31), 1) == dt.date(2024, 2, 29)
    assert months_later(dt.date(2026, 11, 26), 36) == dt.date(2029, 11, 26)
