"""Lists, pages and steps of complaints."""

import pytest

from service.models import Complaint
from service.views.complaint import complaint_entity
from tests.entity_suite import EntitySuite
from tests.factories.records import day, make_complaint, make_customer, make_order


def complaint_form(org, record):
    return {
        "customer": record.customer_id,
        "title": "局部起泡",
        "severity": "S2",
        "received_on": record.received_on.isoformat(),
        "owner": org.people.sales_rep.pk,
        "loss_base": "0",
    }


class TestComplaint(EntitySuite):
    daily = True
    entity = complaint_entity
    make = staticmethod(make_complaint)
    refused = (
        ({"affected_kg": "-5"}, "The quantity affected must not be negative."),
        ({"loss_base": "-5"}, "The loss must not be negative."),
        ({"due_on": "2020-01-01"}, "The answer cannot be due before the complaint was received."),
    )
    form_data = staticmethod(complaint_form)


def shown(client, **params):
    body = client.get("/service/complaints/", params).content.decode()
    return {
        pk for pk in Complaint.objects.values_list("pk", flat=True) if f'data-href="/service/complaints/{pk}/"' in body
    }


def test_filters(org, client_of):
    late = make_complaint(org, due_on=day(-1), severity="S1", defect="bubbles")
    answered = make_complaint(org, due_on=day(-1), state="answered")
    closed = make_complaint(org, due_on=day(-1), state="closed")
    client = client_of(org.people.sales_rep)
    assert shown(client, work="open") == {late.pk, answered.pk}
    assert shown(client, work="late") == {late.pk}
    assert shown(client, state="closed") == {closed.pk}
    assert shown(client, severity=["S1", "S2"]) == {late.pk}
    assert shown(client, defect="bubbles") == {late.pk}
    assert shown(client, customer=closed.customer_id) == {closed.pk}


def test_register_by_form(org, client_of):
    customer = make_customer(org)
    order = make_order(org, customer=customer)
    stranger = make_order(org)
    client = client_of(org.people.sales_rep)
    data = {
        "customer": customer.pk,
        "order": order.pk,
        "title": "密封胶起泡",
        "severity": "S1",
        "received_on": day().isoformat(),
        "owner": org.people.colleague.pk,
        "loss_base": "0",
    }
    response = client.post("/service/complaints/new/", {**data, "order": stranger.pk})
    assert response.status_code == 422
    assert "another customer" in response.content.decode()
    assert client.post("/service/complaints/new/", data).status_code == 302
    complaint = Complaint.objects.get()
    assert complaint.code == f"ITR-{day():%y%m}-0001"
    assert complaint.due_on == day(3)
    assert (complaint.owner, complaint.team, complaint.business_unit) == (
        org.people.colleague,
        org.sub_team,
        org.silicones,
    )


def test_a_customer_out_of_reach_cannot_be_complained_for(org, client_of):
    foreign = make_customer(org, owner=org.people.stranger)
    data = {
        "customer": foreign.pk,
        "title": "x",
        "severity": "S3",
        "received_on": day(),
        "owner": org.people.sales_rep.pk,
    }
    assert client_of(org.people.sales_rep).post("/service/complaints/new/", data).status_code == 422
    assert not Complaint.objects.exists()


def test_the_steps_of_a_complaint(org, client_of):
    complaint = make_complaint(org)
    client = client_of(org.people.sales_rep)
    url = f"/service/complaints/{complaint.pk}/"
    assert f'href="{url}move/investigating/"' in client.get(url).content.decode()
    assert client.post(f"{url}move/closed/", {"cause": "x", "action": "y"}).status_code == 422
    assert client.post(f"{url}move/investigating/", {}).status_code == 302
    assert client.post(f"{url}move/answered/", {"cause": "受潮", "action": ""}).status_code == 302
    response = client.post(f"{url}move/closed/", {"cause": "受潮", "action": " "})
    assert response.status_code == 422
    complaint.refresh_from_db()
    assert complaint.state == "answered"
    assert client.post(f"{url}move/closed/", {"cause": "受潮", "action": "更换干燥剂"}).status_code == 302
    complaint.refresh_from_db()
    assert (complaint.state, complaint.cause, complaint.action) == ("closed", "受潮", "更换干燥剂")
    assert client.post(f"{url}move/investigating/", {"reason": ""}).status_code == 422
    assert client.post(f"{url}move/investigating/", {"reason": "复发"}).status_code == 302
    moves = complaint.state_changes.values_list("source", "target", "reason")
    assert list(moves) == [
        ("registered", "investigating", ""),
        ("investigating", "answered", ""),
        ("answered", "closed", ""),
        ("closed", "investigating", "复发"),
    ]
    assert "复发" in client.get(url).content.decode()


def test_moves_need_the_right_and_the_reach(org, client_of):
    complaint = make_complaint(org)
    url = f"/service/complaints/{complaint.pk}/move/investigating/"
    assert client_of(org.people.executive).post(url).status_code == 403
    assert client_of(org.people.stranger).post(url).status_code == 404
    assert client_of(org.people.sales_rep).get(url.replace("investigating", "nonsense")).status_code == 404
    complaint.refresh_from_db()
    assert complaint.state == "registered"


def test_found_by_number_subject_and_customer(org, client_of):
    customer = make_customer(org, name="浙江华信股份有限公司", short_name="华信股份")
    client = client_of(org.people.sales_rep)
    data = {"customer": customer.pk, "title": "密封胶起泡", "severity": "S3", "received_on": day(), "batch": "2611-A12"}
    client.post("/service/complaints/new/", {**data, "owner": org.people.sales_rep.pk, "loss_base": "0"})
    complaint = Complaint.objects.get()
    for text in ("itr-", "起泡", "mfjqp", "hxgf", "2611-a12"):
        assert shown(client, q=text) == {complaint.pk}, text
        assert f'href="/service/complaints/{complaint.pk}/"' in client.get("/search/", {"q": text}).content.decode()
        assert (
            "/service/complaints/" + str(complaint.pk)
            not in client_of(org.people.stranger).get("/search/", {"q": text}).content.decode()
        )


def test_workbench_shows_complaints_due(org, client_of):
    make_complaint(org, title="快到期", due_on=day(2))
    make_complaint(org, title="已关闭", due_on=day(), state="closed")
    make_complaint(org, title="还早", due_on=day(20))
    page = client_of(org.people.sales_rep).get("/").content.decode()
    assert "快到期" in page
    assert "已关闭" not in page
    assert "还早" not in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("registered", ["Find out what happened, then answer the customer", "4 days overdue"]),
        (
            "investigating",
            ["Write down the cause and the corrective action, then answer the customer", "4 days overdue"],
        ),
        ("answered", ["Close it once the customer agrees"]),
        ("closed", []),
    ],
)
def test_the_record_says_what_comes_next_and_since_when_it_is_late(org, client_of, state, words):
    complaint = make_complaint(org, state=state, received_on=day(-20), due_on=day(-4))
    page = client_of(org.people.sales_rep).get(f"/service/complaints/{complaint.pk}/").content.decode()
    bar = page.partition('<div class="next">')[2].partition("</div>")[0]
    assert bool(bar) == bool(words)
    assert [word for word in words if word not in bar] == []
    assert ("days overdue" in bar) == (len(words) == 2)
