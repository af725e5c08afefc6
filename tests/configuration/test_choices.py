"""Lists of choices: what forms offer and refuse, what old records show, order, counts, merging in the browser and by a job."""

import pytest
from django.urls import reverse
from django.utils import translation

from crm.configuration.domain import merging
from crm.errors import DomainError
from crm.models import ChoiceItem, ChoiceList, Job
from crm.records.choices import listed
from crm.records.domain.choices import create_item, delete_item, merge_values, update_item, uses_of
from customers.models import Customer
from customers.views.contact import contact_entity
from customers.views.customer import customer_entity
from leads.models import Lead
from leads.views.lead import lead_entity
from opportunities.domain.conversion import source_of
from service.models import Complaint
from service.views.complaint import complaint_entity
from tests.factories.configured import make_field, make_item, make_list
from tests.factories.records import day, make_complaint, make_contact, make_customer, make_lead, make_opportunity

SPACE = "configuration"


def item(key, code):
    return ChoiceItem.objects.get(list__key=key, code=code)


def a_list(key):
    return ChoiceList.objects.get(key=key)


def page_of(client, entity, record):
    return client.get(entity.record_url(record)).content.decode()


def complaint_data(org, record, **values):
    given = {"customer": record.customer_id, "title": record.title, "severity": "S2", "loss_base": "0"}
    return {
        **given,
        "received_on": day().isoformat(),
        "owner": org.people.sales_rep.pk,
        "version_read": record.version,
        **values,
    }


def test_a_new_name_shows_everywhere_in_both_languages(org, client_of):
    lead = make_lead(org, source="website")
    admin, rep = client_of(org.people.administrator), client_of(org.people.sales_rep)
    stored = item("lead_source", "website")
    url = reverse(f"{SPACE}:choiceitem_edit", args=[stored.list_id, stored.pk])
    data = {
        "name": "企业官网",
        "name_en": "corporate site",
        "tone": "ok",
        "is_active": "on",
        "version_read": stored.version,
    }
    assert admin.post(url, data).status_code == 302
    assert "corporate site" in page_of(rep, lead_entity, lead)
    assert '<span class="pill pill-ok">corporate site</span>' in rep.get(lead_entity.url("list")).content.decode()
    with translation.override("zh-hans"):
        assert Lead.objects.get(pk=lead.pk).get_source_display() == "企业官网"


def test_a_retired_item_is_no_longer_offered_and_stays_on_old_records(org, client_of):
    old = make_complaint(org, defect="bubbles")
    update_item(
        instance=item("defect", "bubbles"), expected_version=None, actor=org.people.administrator, is_active=False
    )
    rep = client_of(org.people.sales_rep)
    assert "bubbles" in page_of(rep, complaint_entity, old)
    assert 'value="bubbles"' not in rep.get(complaint_entity.url("create")).content.decode()
    assert 'value="bubbles" selected' in rep.get(complaint_entity.url("edit", old.pk)).content.decode()
    assert rep.post(complaint_entity.url("edit", old.pk), complaint_data(org, old, defect="bubbles")).status_code == 302
    found = rep.get("/service/complaints/", {"defect": "bubbles"}).content.decode()
    assert complaint_entity.record_url(old) in found


def test_what_is_not_in_a_closed_list_is_refused_and_kept_out_of_the_database(org, client_of):
    complaint = make_complaint(org)
    answer = client_of(org.people.sales_rep).post(
        complaint_entity.url("edit", complaint.pk), complaint_data(org, complaint, defect="nonsense")
    )
    assert answer.status_code == 422
    assert "is not in the list" in answer.content.decode()
    complaint.defect = "nonsense"
    from crm.base.saving import save_record

    with pytest.raises(DomainError, match="is not in the list"):
        save_record(complaint, expected_version=None, fields=["defect"])
    assert Complaint.objects.get(pk=complaint.pk).defect == ""


def test_an_open_list_takes_names_codes_and_other_text_until_it_is_closed(org, client_of):
    customer = make_customer(org)
    rep, admin = client_of(org.people.sales_rep), client_of(org.people.administrator)

    def save(industry):
        customer.refresh_from_db()
        data = {
            "name": customer.name,
            "kind": "direct",
            "state": "active",
            "industry": industry,
            "version_read": customer.version,
        }
        answer = rep.post(customer_entity.url("edit", customer.pk), data)
        customer.refresh_from_db()
        return answer.status_code, customer.industry

    assert save("Lighting") == (302, "照明")
    assert save("照明") == (302, "照明")
    assert save("玩具") == (302, "玩具")
    assert "id_industry_list" in rep.get(customer_entity.url("edit", customer.pk)).content.decode()
    industries = a_list("industry")
    url = reverse(f"{SPACE}:choicelist_edit", args=[industries.pk])
    assert (
        admin.post(url, {"name": "行业", "name_en": "Industries", "version_read": industries.version}).status_code
        == 302
    )
    assert save("卫浴") == (422, "玩具")
    page = rep.get(customer_entity.url("edit", customer.pk)).content.decode()
    assert "id_industry_list" not in page
    assert 'value="玩具" selected' in page


def test_list_and_filter_of_customers_speak_the_readers_language(org, client_of):
    light, toys = make_customer(org, industry="照明"), make_customer(org, industry="玩具")
    rep = client_of(org.people.sales_rep)
    assert "Lighting" in rep.get("/customers/").content.decode()
    for typed, found, other in (("light", light, toys), ("照明", light, toys), ("玩", toys, light)):
        page = rep.get("/customers/", {"industry": typed}).content.decode()
        assert customer_entity.record_url(found) in page
        assert customer_entity.record_url(other) not in page


def test_items_are_counted_ordered_and_made(org, client_of):
    make_complaint(org, defect="colour")
    make_complaint(org, defect="colour")
    admin, defects = client_of(org.people.administrator), a_list("defect")
    url = reverse(f"{SPACE}:choicelist_record", args=[defects.pk])
    rows = {row["item"].code: row["count"] for row in admin.get(url).context["shown"]["main"][0]["values"]["rows"]}
    assert (rows["colour"], rows["bubbles"]) == (2, 0)
    order = reverse(f"{SPACE}:choice_order", args=[defects.pk])
    admin.post(order, {"item": item("defect", "colour").pk, "to": "up"})
    assert [entry.code for entry in listed("defect").items][:2] == ["colour", "bubbles"]
    keys = [entry.pk for entry in defects.items.order_by("-position")]
    assert admin.post(order, {"keys": keys}).status_code == 204
    assert [entry.code for entry in listed("defect").items][-2:] == ["bubbles", "colour"]
    made = admin.post(
        reverse(f"{SPACE}:choiceitem_create", args=[defects.pk]),
        {"name": "异味", "name_en": "Off odour", "tone": "line", "is_active": "on"},
    )
    assert made.status_code == 302
    assert listed("defect").items[-1].code == "off-odour"
    again = admin.post(
        reverse(f"{SPACE}:choiceitem_create", args=[defects.pk]), {"name": "异味", "tone": "line", "is_active": "on"}
    )
    assert again.status_code == 422
    assert "an item of this name already" in again.content.decode()


def test_a_stale_edit_of_an_item_shows_both(org, client_of):
    admin, stored = client_of(org.people.administrator), item("defect", "colour")
    url = reverse(f"{SPACE}:choiceitem_edit", args=[stored.list_id, stored.pk])
    data = {"name": "颜色", "name_en": "shade", "tone": "line", "is_active": "on", "version_read": stored.version}
    assert admin.post(url, data).status_code == 302
    answer = admin.post(url, {**data, "name_en": "hue"})
    assert answer.status_code == 409
    assert ("English name", "shade", "hue") in [(str(a), b, c) for a, b, c in answer.context["differing"]]


def test_merging_counts_first_then_moves_every_record_and_retires_the_item(org, client_of):
    customers = [make_customer(org, industry=value) for value in ("照明", "照明", "灯具", "家电")]
    admin, industries = client_of(org.people.administrator), a_list("industry")
    field = make_field(org, key="second", type="choices", choice_list=industries, name_en="Second industry")
    Customer.objects.filter(pk=customers[3].pk).update(extra={field.key: ["照明", "家电"]})
    url = reverse(f"{SPACE}:choice_merge", args=[industries.pk])
    asked = admin.get(f"{url}?value=照明").content.decode()
    assert "3 records hold it" in asked
    assert Customer.objects.filter(industry="照明").count() == 2
    assert admin.post(f"{url}?value=照明", {"target": "家电"}).status_code == 302
    assert admin.post(f"{url}?value=灯具", {"target": "家电"}).status_code == 302
    stored = {row.pk: row for row in Customer.objects.all()}
    assert [stored[row.pk].industry for row in customers] == ["家电"] * 4
    assert stored[customers[3].pk].extra == {"second": ["家电"]}
    assert stored[customers[0].pk].version == customers[0].version + 1
    assert not item("industry", "照明").is_active
    event = Customer.pgh_event_model.objects.filter(pgh_obj_id=customers[0].pk, pgh_label="update").get()
    assert event.pgh_context.metadata["user"] == org.people.administrator.pk
    assert admin.post(f"{url}?value=家电", {"target": "照明"}).status_code == 422  # retired by now


def test_many_records_are_merged_by_a_job_that_can_be_run_again(
    org, client_of, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(merging, "AT_ONCE", 2)
    for _ in range(3):
        make_lead(org, source="website")
    admin, sources = client_of(org.people.administrator), a_list("lead_source")
    url = f"{reverse(f'{SPACE}:choice_merge', args=[sources.pk])}?value=website"
    assert admin.post(url, {"target": "campaign"}).url == reverse("workflow:job_list")
    job = Job.objects.get(kind="merge_choice")
    assert Lead.objects.filter(source="website").count() == 3
    merging.run_merge(job.pk)
    merging.run_merge(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 3, 3)
    assert set(Lead.objects.values_list("source", flat=True)) == {"campaign"}


def test_what_the_program_relies_on_is_neither_retired_nor_merged_nor_deleted(org, client_of):
    fixed, admin = item("loss_reason", "cancelled"), client_of(org.people.administrator)
    url = reverse(f"{SPACE}:choiceitem_edit", args=[fixed.list_id, fixed.pk])
    answer = admin.post(url, {"name": "项目取消", "tone": "line", "version_read": fixed.version})
    assert answer.status_code == 422
    assert "can be renamed, not retired" in answer.content.decode()
    with pytest.raises(DomainError):
        delete_item(item=fixed, actor=org.people.administrator)
    target = item("loss_reason", "price")
    with pytest.raises(DomainError):
        list(merge_values(choices=fixed.list, value="cancelled", target=target, actor=org.people.administrator))


def test_only_what_nobody_uses_is_deleted(org, client_of):
    make_complaint(org, defect="colour")
    admin, defects = client_of(org.people.administrator), a_list("defect")
    for code, left in (("colour", True), ("weight", False)):
        url = reverse(f"{SPACE}:choiceitem_delete", args=[defects.pk, item("defect", code).pk])
        assert admin.post(url).status_code == 302
        assert ChoiceItem.objects.filter(list=defects, code=code).exists() is left
    own = make_list(org)
    field = make_field(org, type="choice", choice_list=own)
    delete = reverse(f"{SPACE}:choicelist_delete", args=[own.pk])
    admin.post(delete)
    assert ChoiceList.objects.filter(pk=own.pk).exists()
    field.delete()
    admin.post(delete)
    assert not ChoiceList.objects.filter(pk=own.pk).exists()
    admin.post(reverse(f"{SPACE}:choicelist_delete", args=[defects.pk]))
    assert ChoiceList.objects.filter(pk=defects.pk).exists()


def test_a_lead_of_a_new_source_becomes_an_opportunity(org):
    sources, targets = a_list("lead_source"), a_list("opportunity_source")
    for choices in (sources, targets):
        create_item(choices=choices, actor=org.people.administrator, name="小程序", name_en=f"Mini {choices.key}")
    lead = make_lead(org, source=listed("lead_source").find("小程序"))
    assert source_of(lead) == listed("opportunity_source").find("小程序")
    assert source_of(make_lead(org, source="cold_call")) == "visit"
    only_here = make_item(org, choices=sources)
    assert source_of(make_lead(org, source=only_here.code)) == ""


def test_reasons_of_loss_are_the_lists_own(org, client_of):
    create_item(choices=a_list("loss_reason"), actor=org.people.administrator, name="认证不符", name_en="No approval")
    record = make_opportunity(org)
    from opportunities.models import Stage

    url = f"/opportunities/{record.pk}/move/"
    lost = Stage.objects.get(code="lost")
    rep = client_of(org.people.sales_rep)
    assert "No approval" in rep.get(url, {"target": lost.pk}).content.decode()
    data = {"target": lost.pk, "asked": "1", "move-loss_reason": "no-approval", "move-lost_to": "Other Chemical"}
    assert rep.post(url, data).status_code == 302
    record.refresh_from_db()
    assert (record.stage, record.get_loss_reason_display()) == (lost, "No approval")


def test_contact_roles_show_their_names(org, client_of):
    contact = make_contact(org, role="decision")
    assert "decision maker" in page_of(client_of(org.people.sales_rep), contact_entity, contact)


def test_every_listed_field_names_a_list_that_exists():
    from crm.extension_points import choice_lists
    from crm.records.domain.choices import _listed_fields

    known = {kind.key for kind in choice_lists.all()}
    assert {field.list_key for _model, field in _listed_fields()} == known


@pytest.mark.django_db
def test_the_lists_are_loaded_with_the_migrations():
    from crm.extension_points import choice_lists

    for kind in choice_lists.all():
        assert [entry.code for entry in listed(kind.key).items] == [default.code for default in kind.defaults]
        assert uses_of(a_list(kind.key))
