"""A bulk action leaves alone what somebody changed after its page asked, and says so."""

from django.contrib.messages import get_messages
from django.utils import timezone

from customers.models import Customer
from tests.factories.records import make_customer

URL = "/customers/bulk/next_step/"


def asked(client, *customers):
    """What the page that asks would post."""
    page = client.post(URL, {"ids": [c.pk for c in customers]})
    return {"ids": page.context["ids"], "confirmed": "1", "asked_at": page.context["asked_at"], "next_step": "回访"}


def test_changed_rows_are_left_alone_and_named(org, client_of):
    kept, changed = (make_customer(org, owner=org.people.sales_rep, short_name=name) for name in ("甲公司", "乙公司"))
    client = client_of(org.people.sales_rep)
    data = asked(client, kept, changed)
    Customer.objects.filter(pk=changed.pk).update(next_step="报价", version=2, updated_at=timezone.now())
    answer = client.post(URL, {**data, "next_step_on": "2031-01-01"})
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said == [
        "1 records were changed by somebody else meanwhile and were left alone: 乙公司",
        "1 customers have a new next step.",
    ]
    assert dict(Customer.objects.values_list("short_name", "next_step")) == {"甲公司": "回访", "乙公司": "报价"}


def test_a_form_that_comes_back_with_an_error_keeps_the_first_moment(org, client_of):
    customer = make_customer(org, owner=org.people.sales_rep)
    client = client_of(org.people.sales_rep)
    data = asked(client, customer)
    again = client.post(URL, {**data, "next_step_on": "no day"})
    assert (again.status_code, again.context["asked_at"]) == (422, data["asked_at"])
    Customer.objects.filter(pk=customer.pk).update(updated_at=timezone.now())
    client.post(URL, {**data, "asked_at": again.context["asked_at"], "next_step_on": "2031-01-01"})
    customer.refresh_from_db()
    assert customer.next_step == ""
