"""The pages of samples."""

from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from customers.models import CustomerAddress
from opportunities.models import SampleRequest
from opportunities.views.sample import sample_entity
from tests.entity_suite import EntitySuite
from tests.factories.approvals import make_policy, named
from tests.factories.records import day, make_contact, make_customer, make_opportunity
from tests.factories.samples import DOCUMENT, approved, dispatched, evaluated, line, make_sample


def lines_data(org, *rows):
    """What a browser sends of the lines."""
    data = {"lines-TOTAL_FORMS": len(rows), "lines-INITIAL_FORMS": 0}
    for index, row in enumerate(rows):
        sent = {"kind": "commercial", "source": "stock", "quantity": "2", "unit": org.product.base_unit_id, **row}
        data |= {f"lines-{index}-{name}": value for name, value in sent.items()}
    return data


class TestSample(EntitySuite):
    entity = sample_entity
    make = staticmethod(make_sample)
    form_data = staticmethod(
        lambda org, record: {
            "ship_to": "昆山市新路 1 号",
            "reason": "quality",
            "purpose": "比对",
            "needed_on": "2026-05-01",
        }
    )


def test_from_an_opportunity_nothing_is_typed_again(org, client_of):
    customer = make_customer(org)
    CustomerAddress.objects.create(
        customer=customer, kind="ship_to", street="长江路 8 号", city="昆山", is_default=True
    )
    contact = make_contact(org, customer=customer, name="高工", is_primary=True)
    opportunity = make_opportunity(org, customer=customer, product=org.product)
    client = client_of(org.people.sales_rep)
    page = client.get(f"/opportunities/{opportunity.pk}/").content.decode()
    url = f"{reverse('opportunities:samplerequest_create')}?customer={customer.pk}&amp;opportunity={opportunity.pk}"
    assert f"{url}&amp;product={org.product.pk}" in page
    form = client.get(f"{url}&product={org.product.pk}".replace("&amp;", "&")).content.decode()
    for text in ("昆山 长江路 8 号", f'value="{contact.pk}" selected', f'value="{opportunity.pk}" selected', "SF-820"):
        assert text in form
    data = {"customer": customer.pk, "opportunity": opportunity.pk, "contact": contact.pk, "reason": "customer"}
    data |= {"purpose": "试用", **lines_data(org, {"product": org.product.pk}, {"quantity": "", "unit": ""})}
    assert client.post(reverse("opportunities:samplerequest_create"), data).status_code == 302
    sample = SampleRequest.objects.get()
    assert (sample.opportunity, sample.contact, sample.lines.get().quantity) == (opportunity, contact, Decimal(2))
    assert sample.code in client.get(f"/opportunities/{opportunity.pk}/").content.decode()


def test_without_a_customer_it_is_asked_for_first(org, client_of):
    page = client_of(org.people.sales_rep).get(reverse("opportunities:samplerequest_create")).content.decode()
    assert 'name="customer"' in page
    assert 'name="purpose"' not in page


def test_a_contact_of_another_customer_is_no_choice(org, client_of):
    customer, foreign = make_customer(org), make_contact(org)
    data = {"customer": customer.pk, "contact": foreign.pk, "reason": "customer", "purpose": "x"}
    data |= lines_data(org, {"product": org.product.pk})
    answer = client_of(org.people.sales_rep).post(reverse("opportunities:samplerequest_create"), data)
    assert answer.status_code == 422
    assert not SampleRequest.objects.exists()


def test_a_line_without_a_quantity_keeps_what_was_typed(org, client_of):
    customer = make_customer(org)
    data = {"customer": customer.pk, "reason": "customer", "purpose": "对比试验"}
    data |= lines_data(org, {"description": "LAB-9", "quantity": ""})
    answer = client_of(org.people.sales_rep).post(reverse("opportunities:samplerequest_create"), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    for text in ("1 field needs a change", 'href="#id_lines-0-quantity"', "Say how much.", 'value="LAB-9"', "对比试验"):
        assert text in page


def step(client, sample, target, data=None):
    url = reverse("opportunities:samplerequest_step", args=[sample.pk, target])
    return client.get(url) if data is None else client.post(url, data)


def test_the_steps_by_their_pages(org, client_of):
    make_policy(org, named(org.people.sales_manager), document=DOCUMENT)
    sample = make_sample(org)
    client = client_of(org.people.sales_rep)
    assert step(client, sample, "pending", {"reason": "试用"}).status_code == 302
    sample.refresh_from_db()
    assert sample.state == "pending"
    assert sample_entity.url("edit", sample.pk) not in client.get(sample_entity.record_url(sample)).content.decode()
    sample = approved(org)
    row = sample.lines.get()
    data = {"dispatched_on": day(-3), "carrier": "德邦", "feedback_due_on": day(9), f"batch_{row.pk}": "B7"}
    refused = step(client, sample, "dispatched", data)
    assert refused.status_code == 422
    assert "no COA" in refused.content.decode()
    assert 'value="B7"' in refused.content.decode()
    assert step(client, sample, "dispatched", {**data, f"coa_number_{row.pk}": "C7"}).status_code == 302
    assert step(client, sample, "received", {"received_on": day(-2)}).status_code == 302
    assert step(client, sample, "due", {"feedback_due_on": day(12)}).status_code == 302
    assert 'value="passed" selected' not in step(client, sample, "evaluated").content.decode()
    judged = {"evaluated_on": day(), "verdict": "failed", "verdict_comment": "硬度偏低", f"name_1_{row.pk}": "硬度"}
    judged |= {f"required_1_{row.pk}": "40±3", f"measured_1_{row.pk}": "35", f"met_1_{row.pk}": "no"}
    assert step(client, sample, "evaluated", judged).status_code == 422
    assert step(client, sample, "evaluated", {**judged, "failure": "performance"}).status_code == 302
    page = client.get(sample_entity.record_url(sample)).content.decode()
    for text in ("硬度", "40±3", "35", "failed", "B7", "C7"):
        assert text in page


def test_costs_are_shown_and_set_with_the_right_only(org, client_of):
    sample = make_sample(org)
    row = sample.lines.get()
    data = {f"cost_{row.pk}": "12.5", f"currency_{row.pk}": "CNY"}
    rep, finance = client_of(org.people.sales_rep), client_of(org.people.finance)
    assert step(rep, sample, "costs", data).status_code == 403
    assert step(finance, sample, "costs", data).status_code == 302
    sample.refresh_from_db()
    assert sample.cost_base == Decimal(25)
    url, listed = sample_entity.record_url(sample), f"{sample_entity.url('list')}?cols=code&cols=cost"
    assert "12.50" in finance.get(url).content.decode()
    assert "12.50" not in rep.get(url).content.decode()
    assert "unit_cost" not in rep.get(sample_entity.url("edit", sample.pk)).content.decode()
    assert "25.00" in finance.get(listed).content.decode() or "¥25" in finance.get(listed).content.decode()
    assert "¥25" not in rep.get(listed).content.decode()


def test_overdue_feedback_is_a_filter_and_a_view(org, client_of):
    late, early = dispatched(org, on=-40), dispatched(org)
    page = client_of(org.people.sales_rep).get(sample_entity.url("list"), {"late": "on"}).content.decode()
    assert late.code in page
    assert early.code not in page


def test_the_customers_page_shows_its_samples(org, client_of):
    sample = evaluated(org)
    client = client_of(org.people.sales_rep)
    panel = client.get(f"/customers/{sample.customer_id}/", {"panel": "samples"}, headers={"HX-Request": "true"})
    assert sample.code in panel.content.decode()
    events = client.get(
        f"/customers/{sample.customer_id}/", {"panel": "timeline"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert sample.code in events


def test_a_record_takes_the_same_queries_for_one_line_and_five(org, client_of):
    one = make_sample(org)
    five = make_sample(org, lines=[line(org) for _ in range(5)])
    client = client_of(org.people.sales_rep)
    client.get(sample_entity.record_url(one))
    counts = []
    for sample in (one, five):
        with CaptureQueriesContext(connection) as found:
            assert client.get(sample_entity.record_url(sample)).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]
