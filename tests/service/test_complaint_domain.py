"""Rules of complaints."""

import datetime as dt

import pytest

from crm.errors import DomainError, StaleVersion, TransitionError
from crm.events import facts_changed
from service.domain.complaint import create_complaint, move_complaint, update_complaint
from service.models import Complaint
from tests.factories.records import make_complaint, make_customer

JUNE, JULY = dt.date(2026, 6, 3), dt.date(2026, 7, 9)


@pytest.fixture
def told(monkeypatch):
    """What was told of changed facts."""
    seen = []
    monkeypatch.setattr(facts_changed, "_handlers", [lambda **payload: seen.append(payload)])
    return seen


def test_every_write_tells_the_months_it_touches(org, told, django_capture_on_commit_callbacks):
    actor = org.people.sales_rep
    with django_capture_on_commit_callbacks(execute=True):
        complaint = create_complaint(actor=actor, customer=make_customer(org), title="起泡", received_on=JUNE)
    with django_capture_on_commit_callbacks(execute=True):
        update_complaint(instance=complaint, expected_version=1, actor=actor, received_on=JULY, due_on=JULY)
    with django_capture_on_commit_callbacks(execute=True):
        move_complaint(complaint, "investigating", actor=actor)
    assert told == [
        {"facts": ["complaint"], "months": ["2026-06-01"]},
        {"facts": ["complaint"], "months": ["2026-06-01", "2026-07-01"]},
        {"facts": ["complaint"], "months": ["2026-07-01"]},
    ]


def test_closing_names_what_is_missing_and_writes_nothing(org):
    complaint = make_complaint(org, state="answered", cause="受潮")
    with pytest.raises(TransitionError) as caught:
        move_complaint(complaint, "closed", actor=org.people.sales_rep)
    assert [name for name, _label in caught.value.missing] == ["action"]
    complaint.refresh_from_db()
    assert (complaint.state, complaint.version) == ("answered", 1)
    assert not complaint.state_changes.exists()


def test_two_who_press_at_once_move_it_once(org):
    complaint = make_complaint(org)
    twin = Complaint.objects.get(pk=complaint.pk)
    move_complaint(complaint, "investigating", actor=org.people.sales_rep)
    with pytest.raises(StaleVersion):
        move_complaint(twin, "investigating", actor=org.people.colleague)
    assert complaint.state_changes.count() == 1


def test_a_step_that_does_not_exist_is_refused(org):
    with pytest.raises(TransitionError):
        move_complaint(make_complaint(org), "answered", actor=org.people.sales_rep)


def test_taking_it_up_again_needs_a_reason(org):
    with pytest.raises(DomainError) as caught:
        move_complaint(make_complaint(org, state="closed"), "investigating", actor=org.people.sales_rep, reason=" ")
    assert caught.value.field == "reason"


def test_an_owner_of_another_unit_leaves_it_with_the_customers_team(org):
    customer = make_customer(org)
    complaint = create_complaint(actor=org.people.stranger, customer=customer, title="起泡", received_on=JUNE)
    assert (complaint.owner, complaint.team, complaint.business_unit) == (
        org.people.stranger,
        customer.team,
        customer.business_unit,
    )


def test_a_rule_about_one_field_names_it_and_one_about_two_does_not(org):
    complaint, told = make_complaint(org), []
    for values in ({"affected_kg": -5}, {"due_on": dt.date(2020, 1, 1)}):
        with pytest.raises(DomainError) as caught:
            update_complaint(instance=complaint, expected_version=1, actor=org.people.sales_rep, **values)
        told.append((str(caught.value.message), caught.value.field))
        complaint.refresh_from_db()
    assert told == [
        ("The quantity affected must not be negative.", "affected_kg"),
        ("The answer cannot be due before the complaint was received.", None),
    ]
