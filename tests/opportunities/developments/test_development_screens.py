"""The pages of new products."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.models import Product, Task
from opportunities.domain.developments import parts
from opportunities.models import DevelopmentRequest, SampleRequest
from opportunities.views.development import development_entity
from tests.entity_suite import EntitySuite
from tests.factories import developments as make
from tests.factories.records import day, make_opportunity

pytestmark = pytest.mark.django_db


class TestDevelopment(EntitySuite):
    entity = development_entity
    make = staticmethod(make.make_development)
    refused = (
        ({"title": ""}, "This field is required."),
        ({"volume_kg": "0"}, "The volume must be larger than zero."),
    )
    form_data = staticmethod(
        lambda org, record: {
            "title": "耐低温导热凝胶",
            "product_line": str(org.sealant.pk),
            "currency": "CNY",
            "volume_kg": "12000",
        }
    )


def url(name, *args):
    return reverse(f"opportunities:developmentrequest_{name}", args=args)


def page_of(client, development):
    return client.get(development_entity.record_url(development)).content.decode()


def test_from_the_opportunity_to_the_catalogue(org, client_of):
    people = org.people
    opportunity = make_opportunity(
        org,
        product_line=org.sealant,
        product=None,
        application="户外储能柜",
        need="低温开裂",
        market_price=Decimal("42.5"),
        specification={"hardness": "40-60"},
    )
    rep, research, manager = (client_of(one) for one in (people.sales_rep, people.research, people.product_manager))
    address = f"{url('create')}?customer={opportunity.customer_id}&opportunity={opportunity.pk}"
    assert address.replace("&", "&amp;") in rep.get(f"/opportunities/{opportunity.pk}/").content.decode()
    form = rep.get(address).context["form"]
    for name, value in (("title", opportunity.name), ("application", "户外储能柜"), ("target_price", Decimal("42.5"))):
        assert form.initial[name] == value
    data = {
        "title": "低温密封胶",
        "customer": opportunity.customer_id,
        "opportunity": opportunity.pk,
        "product_line": org.sealant.pk,
        "currency": "CNY",
        "target_price": "42.5",
        "volume_kg": "20000",
    }
    assert rep.post(url("create"), data).status_code == 302
    development = DevelopmentRequest.objects.get()
    step = lambda name: url("step", development.pk, name)  # noqa: E731
    assert "40 – 60" in page_of(rep, development)
    assert rep.post(step("answer"), {}).status_code == 403
    assert rep.post(step("submitted"), {"answer_due": day(5).isoformat()}).status_code == 302
    assert people.research.label in page_of(rep, development)
    assert research.post(step("feasibility")).status_code == 302
    said = {"verdict": "doubtful", "promised_on": day(90).isoformat(), "feasibility": "可调整交联密度"}
    said["researcher"] = people.research.pk
    refused = research.post(step("answer"), said)
    assert refused.status_code == 422
    assert "Name the doubts." in refused.content.decode()
    assert research.post(step("answer"), {**said, "doubts": "储存期"}).status_code == 302
    make.make_policy(org, make.named(people.product_manager), document="development_project")
    assert rep.post(step("pending"), {"due_on": day(90).isoformat()}).status_code == 302
    make.approve(request=development_request(), actor=people.product_manager)
    assert "Milestones: 0 of 6" in page_of(research, development)
    assert research.post(step("development")).status_code == 302
    sample_page = rep.get(
        f"{reverse('opportunities:samplerequest_create')}?customer={development.customer_id}&development={development.pk}"
    )
    assert development.code in sample_page.content.decode()
    sample = make.make_sample(org, customer=development.customer)
    assert rep.post(step("sample"), {"sample": sample.pk}).status_code == 302
    assert SampleRequest.objects.get(development=development) == sample
    assert research.post(step("trial")).status_code == 302
    cost = {"kind": "material", "amount": "30"}
    assert rep.post(url("cost_add", development.pk), cost).status_code == 403
    assert research.post(url("cost_add", development.pk), cost).status_code == 302
    assert "29.4%" in page_of(manager, development)
    assert "29.4%" not in page_of(rep, development)
    early = manager.get(url("release", development.pk), follow=True)
    assert early.redirect_chain, "the form is not offered before it can succeed"
    assert "These milestones are still open" in early.content.decode()
    development.milestones.exclude(name="release").update(done_on=day())
    assert rep.get(url("release", development.pk)).status_code == 403
    shown = manager.get(url("release", development.pk))
    assert shown.context["form"].initial["name"] == "低温密封胶"
    unit = org.product.base_unit_id
    made = {"code": "SF-900", "name": "低温密封胶 SF-900", "product_line": org.sealant.pk, "base_unit": unit}
    assert manager.post(url("release", development.pk), {**made, "code": org.product.code}).status_code == 422
    assert manager.post(url("release", development.pk), made).status_code == 302
    product = Product.objects.get(code="SF-900")
    opportunity.refresh_from_db()
    assert opportunity.product == product
    assert development.code in manager.get(reverse("catalogue:product_record", args=[product.pk])).content.decode()
    assert not Task.objects.open().filter(object_id=development.pk, kind__startswith="development").exists()


def development_request():
    from crm.models import ApprovalRequest

    return ApprovalRequest.objects.get(document="development_project")


def test_parts_are_found_within_their_own_request_only(org, client_of):
    mine, foreign = make.make_requirement(org), make.make_requirement(org, owner=org.people.stranger)
    client = client_of(org.people.sales_rep)
    assert client.get(url("requirement", mine.development_id, mine.pk)).status_code == 200
    assert client.get(url("requirement", mine.development_id, foreign.pk)).status_code == 404
    assert client.get(url("requirement", foreign.development_id, foreign.pk)).status_code == 404


def test_customer_opportunity_search_and_timeline_show_them(org, client_of):
    opportunity = make_opportunity(org)
    development = make.assessed(org, customer=opportunity.customer, opportunity=opportunity)
    client = client_of(org.people.sales_rep)
    assert development.title in client.get(f"/opportunities/{opportunity.pk}/").content.decode()
    address = f"/customers/{opportunity.customer_id}/"
    shown = client.get(address, {"panel": "developments"}, headers={"HX-Request": "true"}).content.decode()
    assert development.code in shown
    for record in (opportunity.customer, opportunity):
        about = reverse("dossier:timeline", args=[record._meta.label_lower, record.pk])
        answer = client.get(about, headers={"HX-Request": "true"}).content.decode()
        assert "New product feasibility answered" in answer
    assert development.code in client.get("/search/", {"q": development.title}).content.decode()
    assert development.code in client.get(url("list"), {"late": "", "state": "assessed"}).content.decode()


def test_a_records_page_takes_the_same_queries_with_more_parts(org, client_of):
    client = client_of(org.people.product_manager)

    def count(development):
        address = development_entity.record_url(development)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured.captured_queries)

    small, large = make.make_cost(org).development, make.make_cost(org).development
    for number in range(4):
        parts.add_requirement(actor=large.owner, development=large, name=f"性能{number}", target="好")
        parts.add_cost(actor=org.people.research, development=large, amount=Decimal(number))
    assert count(large) == count(small)
