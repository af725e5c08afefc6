"""Our admission as a supplier: what stands in the way of each step, its end and renewal, and who is told."""

import pytest
from django.utils import timezone

from crm import events, extension_points
from crm.errors import DomainError, TransitionError
from crm.models import Notification, Task
from customers.extension_points import handover_items, merge_movers
from opportunities.domain.qualification import admissions, parts
from opportunities.domain.qualification.admissions import update_admission
from opportunities.domain.qualification.watch import warn_of_ends
from opportunities.models import SupplierAdmission
from opportunities.panels.qualification import calendar_events
from opportunities.tasks.qualification import watch_supplier_admissions
from tests.factories.qualification import audited, make_finding, make_supplier_admission, passed, submitted
from tests.factories.records import day, make_customer, make_opportunity
from tests.opportunities.support import reached

pytestmark = pytest.mark.django_db


def state(admission):
    return SupplierAdmission.objects.get(pk=admission.pk).state


def test_a_new_one_has_number_place_and_the_items_that_administrators_list(org):
    admission = make_supplier_admission(org, submit_by=day(9))
    assert admission.code.startswith(f"SUP-{timezone.localdate():%y%m}-")
    assert (admission.owner, admission.team) == (org.people.sales_rep, org.sub_team)
    assert admission.business_unit == org.silicones
    items = list(admission.items.order_by("pk"))
    assert len(items) == 7
    assert (str(items[0]), items[0].due_on, items[0].responsible) == (
        "supplier questionnaire",
        day(9),
        org.people.sales_rep,
    )


def test_an_opportunity_of_another_customer_is_refused(org):
    with pytest.raises(DomainError, match="another customer"):
        make_supplier_admission(org, customer=make_customer(org), opportunity=make_opportunity(org))


def test_it_is_not_submitted_while_required_items_are_missing(org):
    admission = make_supplier_admission(org)
    parts.add_item(actor=admission.owner, admission=admission, name="产能说明", is_required=False)
    admission.items.exclude(name="sds").filter(is_required=True).update(done_on=day())
    with pytest.raises(DomainError) as error:
        admissions.submit_admission(admission=admission, actor=admission.owner, on=day())
    assert "SDS" in str(error.value.message)
    assert "产能说明" not in str(error.value.message)
    admission.items.filter(name="sds").update(done_on=day())
    with pytest.raises(DomainError, match="still to come") as error:
        admissions.submit_admission(admission=admission, actor=admission.owner, on=day(1))
    assert error.value.field == "on"
    admissions.submit_admission(admission=admission, actor=admission.owner, on=day(-1))
    admission.refresh_from_db()
    assert (admission.state, admission.submitted_on) == ("submitted", day(-1))


def test_findings_hold_the_result_back_until_their_action_is_done_and_remarks_do_not(org):
    finding = make_finding(org, responsible=org.people.colleague, due_on=day(5))
    admission = finding.admission
    parts.add_finding(actor=admission.owner, admission=admission, audited_on=day(), kind="remark", finding="可考虑扩产")
    task = Task.objects.get(kind="corrective")
    assert (task.assignee, task.object_id, timezone.localtime(task.due_at).date()) == (
        org.people.colleague,
        admission.pk,
        day(5),
    )
    with pytest.raises(DomainError, match="1 finding waits"):
        admissions.pass_admission(admission=admission, actor=admission.owner, on=day())
    with pytest.raises(DomainError, match="what was done"):
        parts.change_finding(
            instance=finding, expected_version=finding.version, actor=admission.owner, action="", done_on=day()
        )
    finding.refresh_from_db()
    parts.change_finding(instance=finding, expected_version=finding.version, actor=admission.owner, done_on=day())
    task.refresh_from_db()
    assert task.state == "done"
    admissions.pass_admission(admission=admission, actor=admission.owner, on=day(), valid_until=day(700))
    assert state(admission) == "passed"
    with pytest.raises(DomainError, match="while the customer audits"):
        parts.remove_finding(instance=finding, actor=admission.owner)


def test_findings_are_entered_during_an_audit_only(org):
    admission = submitted(make_supplier_admission(org))
    with pytest.raises(DomainError, match="while the customer audits"):
        parts.add_finding(actor=admission.owner, admission=admission, audited_on=day(), finding="x")


def test_what_has_its_result_stays_as_it_is(org):
    admission = passed(make_supplier_admission(org))
    item = admission.items.first()
    with pytest.raises(DomainError, match="has its result"):
        parts.change_item(instance=item, expected_version=item.version, actor=admission.owner, done_on=None)
    with pytest.raises(DomainError, match="has its result"):
        update_admission(instance=admission, expected_version=admission.version, actor=admission.owner, title="别的")


def test_not_admitted_says_why_and_so_does_the_way_back(org):
    admission = submitted(make_supplier_admission(org))
    with pytest.raises(TransitionError):
        admissions.fail_admission(admission=admission, actor=admission.owner)
    with pytest.raises(TransitionError):
        admissions.back_to_preparation(admission=admission, actor=admission.owner)
    admissions.fail_admission(admission=admission, actor=admission.owner, reason="产能不足")
    admission.refresh_from_db()
    assert (admission.state, admission.conclusion, admission.concluded_on) == ("failed", "产能不足", day())


def test_the_last_day_is_not_before_the_first(org):
    admission = audited(make_supplier_admission(org))
    with pytest.raises(DomainError) as error:
        admissions.pass_admission(admission=admission, actor=admission.owner, on=day(), valid_until=day(-1))
    assert error.value.field == "valid_until"


def test_a_renewal_has_the_same_items_is_begun_once_and_ends_what_it_renews(org):
    before = passed(make_supplier_admission(org), until=20)
    before.items.filter(name="agreement").delete()
    with pytest.raises(DomainError, match="Only what was passed"):
        admissions.renew_admission(admission=make_supplier_admission(org), actor=before.owner)
    renewal = admissions.renew_admission(admission=before, actor=before.owner)
    assert set(renewal.items.values_list("name", flat=True)) == set(before.items.values_list("name", flat=True))
    assert not renewal.items.filter(done_on__isnull=False).exists()
    assert (renewal.submit_by, renewal.follows) == (day(20), before)
    with pytest.raises(DomainError, match="under way already"):
        admissions.renew_admission(admission=before, actor=before.owner)
    passed(renewal)
    assert (state(before), state(renewal)) == ("lapsed", "passed")


def test_owners_are_warned_60_30_and_7_days_before_with_one_to_do_and_it_lapses(org):
    admission = passed(make_supplier_admission(org), until=61)
    renewed = passed(make_supplier_admission(org), until=61)
    admissions.renew_admission(admission=renewed, actor=renewed.owner)
    passed(make_supplier_admission(org), until=None)
    found = [number for number in range(62) if warn_of_ends(day(number))]
    assert found == [1, 31, 54]
    assert not any(warn_of_ends(day(number)) for number in range(62))
    assert {row.object_id for row in Notification.objects.filter(kind="supplier_admission.ends")} == {admission.pk}
    assert Task.objects.filter(kind="expiry").count() == 1
    SupplierAdmission.objects.filter(pk=admission.pk).update(valid_until=day(-1))
    assert watch_supplier_admissions() == 1
    assert watch_supplier_admissions() == 0
    assert state(admission) == "lapsed"


def test_the_gate_asks_for_one_that_holds_today_for_the_line_or_for_all(org):
    opportunity = make_opportunity(org, product_line=org.sealant)
    customer = opportunity.customer
    make_supplier_admission(org, customer=customer)
    passed(make_supplier_admission(org, customer=customer, product_line=org.liquid))
    passed(make_supplier_admission(org))
    passed(make_supplier_admission(org, customer=customer), until=-1)
    assert not reached("supplier_admitted", opportunity)
    own = passed(make_supplier_admission(org, customer=customer, product_line=org.sealant), until=0)
    assert reached("supplier_admitted", opportunity)
    own.state = "lapsed"
    own.save()
    assert not reached("supplier_admitted", opportunity)
    passed(make_supplier_admission(org, customer=customer), until=None)
    assert reached("supplier_admitted", opportunity)


def test_they_go_along_with_customers_and_with_whoever_takes_over(org):
    customer, people = make_customer(org), org.people
    running, holds = (make_supplier_admission(org, customer=customer) for _number in range(2))
    passed(holds)
    failed = make_supplier_admission(org, customer=customer)
    admissions.fail_admission(admission=failed, actor=people.sales_rep, reason="x")
    item = handover_items.get("supplier_admissions")
    assert item.count([customer.pk], people.sales_rep) == {customer.pk: 2}
    assert len(item.lines(customer, people.sales_rep)) == 2
    item.move(keys=[customer.pk], source=people.sales_rep, target=people.colleague, actor=people.sales_manager)
    owners = dict(SupplierAdmission.objects.values_list("pk", "owner"))
    assert owners == {
        running.pk: people.colleague.pk,
        holds.pk: people.colleague.pk,
        failed.pk: people.sales_rep.pk,
    }
    assert set(running.items.values_list("responsible", flat=True)) == {people.colleague.pk}
    mover = extension_points.handover_movers.get("supplier_admissions")
    assert mover.count(people.colleague) == 2
    assert mover.move(source=people.colleague, target=people.sales_rep, actor=people.administrator) == 2
    winner = make_customer(org)
    merge_movers.get("supplier_admissions").move(customer.pk, winner.pk)
    assert SupplierAdmission.objects.filter(customer=winner).count() == 3


def test_its_days_stand_in_the_owners_calendar(org):
    make_supplier_admission(org, submit_by=day(2), audit_on=day(5))
    passed(make_supplier_admission(org, submit_by=day(2)), until=7)
    make_supplier_admission(org, owner=org.people.stranger, submit_by=day(2))
    found = calendar_events(org.people.sales_rep, day(), day(9))
    assert [event.on for event in found] == [day(2), day(5), day(7)]


def test_the_result_tells_its_month(org, django_capture_on_commit_callbacks):
    heard = []
    events.facts_changed.subscribe(lambda **payload: heard.append(payload))
    try:
        with django_capture_on_commit_callbacks(execute=True):
            passed(make_supplier_admission(org), until=None)
    finally:
        events.facts_changed._handlers.pop()
    month = timezone.localdate().replace(day=1)
    assert heard == [{"facts": ["supplier_admission"], "months": [month.isoformat()]}]
