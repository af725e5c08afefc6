"""Under which facts requests, tasks and jobs write: person, address, request, task, job."""

import pytest
from django.test import override_settings
from django.urls import reverse

from crm.acting import acting
from crm.celery import app
from crm.jobs import enqueue
from crm.models import TrailEntry
from crm.workflow.domain.jobs import begin_job, start_job
from customers.models import Customer
from tests.factories.records import make_customer


def facts_of(customer):
    newest = TrailEntry.objects.select_related("context").filter(kind="customers.customer", record_id=customer.pk)
    return newest.order_by("-event_id").first().context.metadata


@app.task(name="tests.write")
def write(customer_id, job_id=None):
    """A task that changes a customer."""
    begin_job(job_id)
    Customer.objects.filter(pk=customer_id).update(city="夜里")


def edit(client, customer, **headers):
    data = {
        "name": customer.name,
        "kind": customer.kind,
        "grade": "A",
        "version_read": customer.version,
        "state": customer.state,
    }
    data["short_name"] = "改"
    response = client.post(reverse("customers:customer_edit", args=[customer.pk]), data, **headers)
    assert response.status_code == 302, response.context["form"].errors
    return facts_of(customer)


def test_a_request_leaves_person_address_page_and_its_number(org, client_of):
    rep = org.people.sales_rep
    client = client_of(rep)
    customer = make_customer(org, owner=rep)
    facts = edit(
        client, customer, REMOTE_ADDR="10.9.8.7", HTTP_X_FORWARDED_FOR="6.6.6.6", HTTP_X_REQUEST_ID="forged-number"
    )
    assert (facts["user"], facts["address"]) == (rep.pk, "10.9.8.7")
    assert facts["url"] == reverse("customers:customer_edit", args=[customer.pk])
    assert len(facts["request"]) == 32


@override_settings(PROXY_COUNT=1)
def test_behind_our_proxy_its_address_and_number_count(org, client_of):
    customer = make_customer(org, owner=org.people.sales_rep)
    headers = {
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_X_FORWARDED_FOR": "6.6.6.6, 203.0.113.5",
        "HTTP_X_REQUEST_ID": "proxy-number-1",
    }
    facts = edit(client_of(org.people.sales_rep), customer, **headers)
    assert (facts["address"], facts["request"]) == ("203.0.113.5", "proxy-number-1")


def test_a_task_goes_on_under_the_person_who_started_it_and_names_its_job(org, django_capture_on_commit_callbacks):
    rep = org.people.sales_rep
    customer = make_customer(org, owner=rep)
    job = start_job(kind="test", actor=rep)
    with (
        django_capture_on_commit_callbacks(execute=True),
        acting(user=rep.pk, address="10.0.0.1", request="r1", verb="move"),
    ):
        enqueue("tests.write", customer_id=customer.pk, job_id=job.pk)
    facts = facts_of(customer)
    assert {name: facts.get(name) for name in ("user", "address", "request", "task", "job")} == {
        "user": rep.pk, "address": "10.0.0.1", "request": "r1", "task": "tests.write", "job": job.pk,
    }  # fmt: skip
    assert facts["task_id"]
    assert "verb" not in facts


def test_a_task_of_the_timetable_names_itself(org):
    customer = make_customer(org, owner=org.people.sales_rep)
    write.apply_async(kwargs={"customer_id": customer.pk})
    facts = facts_of(customer)
    assert facts["task"] == "tests.write"
    assert "user" not in facts
    assert not {"task", "job"} & set(carried(customer))


def carried(customer):
    """The facts of a write after the task: it leaves none behind."""
    Customer.objects.filter(pk=customer.pk).update(city="danach")
    return facts_of(customer)


def test_facts_end_with_their_block_even_when_it_fails(org):
    customer = make_customer(org, owner=org.people.sales_rep)
    with acting(request="outer"):
        with pytest.raises(ValueError, match="x"), acting(verb="move"):
            raise ValueError("x")
        Customer.objects.filter(pk=customer.pk).update(city="danach")
    assert facts_of(customer) == {"request": "outer"}
