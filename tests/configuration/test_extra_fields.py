"""Extra fields: defined in the browser, then in forms, lists, filters, exports, imports, search and trail of the records."""

import csv
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse

from crm.errors import DomainError
from crm.models import ExtraField
from crm.records.domain.extra_fields import renew_search, update_field
from crm.records.domain.extra_indexes import renew_indexes
from customers.models import Customer
from customers.views.customer import customer_entity
from service.views.complaint import complaint_entity
from tests.configuration.support import every_type, typed
from tests.factories.archive import direct
from tests.factories.configured import make_field, make_list
from tests.factories.records import day, make_complaint, make_customer
from tests.importing.sheets import batch_of, imported, rows_of, xlsx

LIST = "/customers/"
FIELDS = "configuration:extrafield"
ROW = re.compile(r'data-href="/customers/(\d+)/"')


def customer_form(org, **values):
    return {
        "name": "宁波新材料有限公司",
        "kind": "direct",
        "state": "active",
        "owner": org.people.sales_rep.pk,
        **values,
    }


def definition(**values):
    given = {"record": "customers.customer", "key": "shelflife", "name": "保质期", "name_en": "Shelf life"}
    return {
        **given,
        "type": "integer",
        "places": "2",
        "position": "10",
        "is_active": "on",
        "filterable": "on",
        **values,
    }


def test_an_administrator_defines_a_field_and_reps_fill_it_in(org, client_of):
    admin, rep = client_of(org.people.administrator), client_of(direct(org.people.sales_rep))
    made = admin.post(reverse(f"{FIELDS}_create"), definition(unit="月", minimum="1", maximum="60", required="on"))
    assert made.status_code == 302
    page = rep.get(reverse("customers:customer_create")).content.decode()
    assert "Shelf life" in page
    assert "月" in page
    missing = rep.post(reverse("customers:customer_create"), customer_form(org))
    assert missing.status_code == 422
    assert "x_shelflife" in missing.context["form"].errors
    outside = rep.post(reverse("customers:customer_create"), customer_form(org, x_shelflife="61"))
    assert "60" in outside.context["form"].errors["x_shelflife"][0]
    assert rep.post(reverse("customers:customer_create"), customer_form(org, x_shelflife="24")).status_code == 302
    customer = Customer.objects.get()
    assert customer.extra == {"shelflife": 24}
    assert "24 月" in rep.get(customer_entity.record_url(customer)).content.decode()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"key": "Shelf life"}, "Small letters and digits only"),
        ({"type": "choice"}, "A choice needs a list of choices"),
        ({"minimum": "5", "maximum": "1"}, "The smallest value must not be larger than the largest."),
        ({"searchable": "on"}, "Only texts can be found by the search."),
        ({"record": "orders.salesorder"}, "Select a valid choice"),
    ],
)
def test_a_definition_that_cannot_be_is_refused(org, client_of, values, message):
    answer = client_of(org.people.administrator).post(reverse(f"{FIELDS}_create"), definition(**values))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not ExtraField.objects.exists()


def test_every_type_is_stored_shown_and_kept_apart_from_others(org, client_of):
    fields, values = every_type(org), typed(org)
    rep = client_of(direct(org.people.sales_rep))
    answer = rep.post(reverse("customers:customer_create"), customer_form(org, **values))
    assert answer.status_code == 302, answer.context["form"].errors
    customer = Customer.objects.get()
    assert customer.extra == {
        "text": "A-1",
        "memo": "first\r\nsecond",
        "whole": 7,
        "ratio": 1.25,
        "audited": day(-3).isoformat(),
        "certified": False,
        "channel": fields["channel"].choice_list.items.first().code,
        "labels": [item.code for item in fields["labels"].choice_list.items.all()],
        "expert": org.people.colleague.pk,
    }
    page = rep.get(customer_entity.record_url(customer)).content.decode()
    for word in ("A-1", "1.250 g/cm³", "甲, 乙", org.people.colleague.display_name):
        assert word in page
    form = rep.get(customer_entity.url("edit", customer.pk)).context["form"]
    assert form["x_ratio"].value() == Decimal("1.25")
    again = rep.post(
        customer_entity.url("edit", customer.pk),
        customer_form(org, **{**values, "x_text": ""}, version_read=customer.version),
    )
    assert again.status_code == 302
    customer.refresh_from_db()
    assert "text" not in customer.extra
    assert customer.extra["whole"] == 7


def test_filters_of_every_type_find_the_row_and_leave_others_out(org, client_of):
    every_type(org)
    rep = client_of(direct(org.people.sales_rep))
    values = typed(org)
    rep.post(reverse("customers:customer_create"), customer_form(org, **values))
    mine = Customer.objects.get()
    other = make_customer(org)
    far = make_customer(
        org, extra={"text": "B-2", "whole": 90, "ratio": 9.5, "audited": day().isoformat(), "certified": True}
    )
    item = mine.extra["channel"]
    for query in (
        {"x_text": "a-1"},
        {"x_memo": "SECOND"},
        {"x_whole_from": "7", "x_whole_to": "8"},
        {"x_ratio_to": "1.25"},
        {"x_audited_from": day(-4).isoformat(), "x_audited_to": day(-2).isoformat()},
        {"x_certified": "false"},
        {"x_channel": item},
        {"x_labels": [mine.extra["labels"][1]]},
        {"x_expert": str(org.people.colleague.pk)},
    ):
        page = rep.get(LIST, query).content.decode()
        assert customer_entity.record_url(mine) in page, query
        assert customer_entity.record_url(other) not in page, query
        assert customer_entity.record_url(far) not in page, query
    assert customer_entity.record_url(far) in rep.get(LIST, {"x_whole_from": "10"}).content.decode()
    chips = rep.get(LIST, {"x_whole_from": "7"}).context["chips"]
    assert [chip.label for chip in chips] == ["Whole from"]


def test_columns_come_off_by_default_and_in_exports(org, client_of):
    every_type(org)
    rep = client_of(direct(org.people.sales_rep))
    rep.post(reverse("customers:customer_create"), customer_form(org, **typed(org)))
    assert "A-1" not in rep.get(LIST).content.decode()
    page = rep.get(LIST, {"cols": ["x_text", "x_expert", "x_channel"]}).content.decode()
    for word in ("A-1", org.people.colleague.display_name, "甲"):
        assert f">{word}</td>" in page
    query = "cols=x_ratio&cols=x_audited&cols=x_labels&cols=x_expert"
    sheet = rep.post(reverse("exporting:start", args=["customers.customer"]), {"form": "csv", "query": query})
    head, row = csv.reader(b"".join(sheet.streaming_content).decode("utf-8-sig").splitlines())
    assert head[-4:] == ["Ratio (g/cm³)", "Audited", "Labels", "Expert"]
    assert row[-4:] == ["1.25", day(-3).isoformat(), "甲, 乙", org.people.colleague.display_name]


def test_a_list_with_extra_columns_takes_the_same_queries_for_one_row_and_five(org, client_of):
    every_type(org)
    rep = client_of(org.people.sales_rep)
    url = f"{LIST}?cols=x_text&cols=x_expert&cols=x_channel&cols=x_labels"
    make_customer(org, extra={"expert": org.people.colleague.pk, "text": "1"})
    rep.get(url)
    with connection.execute_wrapper(lambda execute, *rest: (counted.append(rest[0]), execute(*rest))[1]):
        counted: list[str] = []
        rep.get(url)
        one = len(counted)
        for _ in range(4):
            make_customer(org, extra={"expert": org.people.sales_rep.pk, "text": "2"})
        counted.clear()
        rep.get(url)
    assert len(counted) == one, "\n".join(counted)


def test_the_trail_names_the_field(org, client_of):
    make_field(org, key="temp", name="温度", name_en="Temperature", type="integer", unit="°C")
    customer = make_customer(org, extra={"temp": 20})
    rep = client_of(org.people.sales_rep)
    data = customer_form(org, name=customer.name, x_temp="35", version_read=customer.version)
    assert rep.post(customer_entity.url("edit", customer.pk), data).status_code == 302
    page = rep.get(customer_entity.url("tab", customer.pk, "history")).content.decode()
    assert "Temperature" in page
    assert "20 °C" in page
    assert "35 °C" in page


def test_a_stale_edit_shows_both_values(org, client_of):
    make_field(org, key="temp", name="温度", name_en="Temperature", type="integer")
    customer = make_customer(org, extra={"temp": 20})
    rep = client_of(org.people.sales_rep)
    url, data = (
        customer_entity.url("edit", customer.pk),
        customer_form(org, name=customer.name, version_read=customer.version),
    )
    assert rep.post(url, {**data, "x_temp": "30"}).status_code == 302
    answer = rep.post(url, {**data, "x_temp": "40"})
    assert answer.status_code == 409
    lines = [(line.label, line.theirs, line.mine_text) for line in answer.context["merge"].lines]
    assert ("Temperature", "30", "40") in lines
    customer.refresh_from_db()
    assert customer.extra == {"temp": 30}


def test_a_field_out_of_use_hides_its_values_and_keeps_them(org, client_of):
    field = make_field(org, key="temp", name="温度", name_en="Temperature", type="integer")
    customer = make_customer(org, extra={"temp": 20})
    update_field(instance=field, expected_version=field.version, actor=org.people.administrator, is_active=False)
    rep = client_of(org.people.sales_rep)
    assert "Temperature" not in rep.get(customer_entity.record_url(customer)).content.decode()
    assert "Temperature" not in rep.get(LIST, {"part": "filters"}).content.decode()
    form = customer_form(org, name=customer.name, short_name="改名", version_read=customer.version)
    assert rep.post(customer_entity.url("edit", customer.pk), form).status_code == 302
    customer.refresh_from_db()
    assert (customer.short_name, customer.extra) == ("改名", {"temp": 20})


def test_type_stays_and_nothing_is_deleted_once_used(org, client_of):
    field = make_field(org, key="temp", type="integer", name_en="Temperature")
    admin = client_of(org.people.administrator)
    same = {name: value for name, value in definition().items() if name not in ("record", "key")}
    url = reverse(f"{FIELDS}_edit", args=[field.pk])
    changed = admin.post(url, {**same, "type": "decimal", "version_read": field.version})
    assert changed.status_code == 302  # nobody has used it yet
    field.refresh_from_db()
    make_customer(org, extra={"temp": 1.5})
    refused = admin.post(url, {**same, "type": "text", "version_read": field.version})
    assert refused.status_code == 422
    assert "make a new field" in refused.content.decode()
    assert "Delete" not in admin.get(reverse(f"{FIELDS}_record", args=[field.pk])).content.decode()
    admin.post(reverse(f"{FIELDS}_delete", args=[field.pk]))
    assert ExtraField.objects.filter(pk=field.pk, type="decimal").exists()
    unused = make_field(org)
    admin.post(reverse(f"{FIELDS}_delete", args=[unused.pk]))
    assert not ExtraField.objects.filter(pk=unused.pk).exists()


def test_values_of_a_wrong_type_do_not_reach_the_database(org):
    make_field(org, key="temp", type="integer", name_en="Temperature")
    from customers.domain.customer import update_customer

    customer = make_customer(org)
    for wrong in ({"temp": "20"}, {"temp": True}, {"nothing": 1}):
        with pytest.raises(DomainError):
            update_customer(instance=customer, expected_version=None, actor=org.people.sales_rep, extra=wrong)
    assert Customer.objects.get(pk=customer.pk).extra == {}


def test_other_kinds_of_record_have_fields_of_their_own(org, client_of):
    make_field(org, record="service.complaint", key="line", name="产线", name_en="Production line")
    make_field(org, key="temp", name_en="Temperature")
    complaint = make_complaint(org)
    rep = client_of(org.people.sales_rep)
    page = rep.get(complaint_entity.url("edit", complaint.pk)).content.decode()
    assert "Production line" in page
    assert "Temperature" not in page


def test_the_search_follows_the_definition(org, client_of):
    field = make_field(org, key="formercode", name_en="Former code", type="text", searchable=True)
    rep = client_of(direct(org.people.sales_rep))
    rep.post(reverse("customers:customer_create"), customer_form(org, x_formercode="OLD-77"))
    older = make_customer(org, extra={"formercode": "OLD-78"})
    assert renew_search(field.pk) == 1
    assert [row.name for row in Customer.objects.search("old-77")] == ["宁波新材料有限公司"]
    assert list(Customer.objects.search("old-78")) == [older]
    update_field(instance=field, expected_version=field.version, actor=org.people.administrator, searchable=False)
    assert renew_search(field.pk) == 2
    assert not Customer.objects.search("old-7").exists()


def test_import_reads_extra_columns_by_their_heads(org, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    channels = make_list(org, items=("线上", "线下"))
    make_field(org, key="channel", name="渠道", name_en="Channel", type="choice", choice_list=channels)
    make_field(org, key="ratio", name="密度", name_en="Density", type="decimal", maximum=Decimal(2), required=True)
    make_field(org, key="since", name="合作日期", name_en="Partner since", type="date")
    make_field(org, key="own", name="自有", name_en="Own", type="boolean")
    head = ["客户名称", "负责人", "行业", "渠道", "密度", "Partner since", "自有"]
    rows = [
        ["甲有限公司", "郑凯", "Lighting", "线下", "1.25", "2020年5月1日", "是"],
        ["乙有限公司", "郑凯", "旧行业", "电视", "7", "2020-05-01", ""],
        ["丙有限公司", "郑凯", "", "", "", "", ""],
    ]
    batch = batch_of(org.people.administrator, xlsx(rows, head))
    assert batch.mapping == ["name", "owner", "industry", "x_channel", "x_ratio", "x_since", "x_own"]
    batch = imported(org.people.administrator, xlsx(rows, head))
    wrong = [sorted(error["key"] for error in row.errors) for row in rows_of(batch)]
    assert wrong == [[], ["x_channel", "x_ratio"], ["x_ratio"]]
    customer = Customer.objects.get()
    code = channels.items.get(name="线下").code
    assert customer.industry == "照明"  # the item's code, though the sheet had the English name
    assert customer.extra == {"channel": code, "ratio": 1.25, "since": "2020-05-01", "own": True}
    again = imported(org.people.administrator, xlsx([[customer.code, "0.5"]], ["客户编号", "密度"]))
    assert rows_of(again)[0].outcome == "updated"
    customer.refresh_from_db()
    assert customer.extra == {"channel": code, "ratio": 0.5, "since": "2020-05-01", "own": True}


@pytest.mark.django_db(transaction=True)
def test_indexes_are_built_used_and_dropped():
    from tests.factories.organisation import make_organisation

    org = make_organisation()
    number = make_field(org, key="temp", type="decimal", name_en="Temperature")
    text = make_field(org, key="former", type="text", name_en="Former code")
    make_field(org, key="ok", type="boolean")
    assert renew_indexes() == (0, 0)  # the task that each definition starts has built two
    number.refresh_from_db()
    assert number.index_ready
    rows = [
        Customer(
            code=f"C-{n}", name=f"客户{n}", business_unit=org.silicones, owner=org.people.sales_rep, search_text=str(n),
            extra={"temp": n / 4, "former": f"Old-{n}", "ok": n % 50 == 0},
        )
        for n in range(4000)
    ]  # fmt: skip
    Customer.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE customers_customer")  # takes the new rows into the GIN index proper
    from django.http import QueryDict

    from customers.filters.customer import CustomerFilter

    def plan(query):
        class Request:
            user = org.people.executive

        found = CustomerFilter(QueryDict(query), Customer.objects.all(), request=Request()).qs
        return found.order_by().explain(), found.count()

    ranged, count = plan("x_temp_from=10&x_temp_to=12.5")
    assert f"extra_{number.pk}_temp_value" in ranged
    assert count == 11
    words, count = plan("x_former=old-3999")
    assert f"extra_{text.pk}_former_words" in words
    assert count == 1
    flagged, count = plan("x_ok=true")
    assert "customer_extra" in flagged
    assert count == 80
    in_order = Customer.objects.filter(extra__has_key="temp").order_by("extra__temp", "pk")[:50].explain()
    assert f"extra_{number.pk}_temp_value" in in_order
    assert "Sort" not in in_order
    update_field(instance=number, expected_version=number.version, actor=org.people.administrator, filterable=False)
    in_order = Customer.objects.filter(extra__has_key="temp").order_by("extra__temp", "pk")[:50].explain()
    assert f"extra_{number.pk}_temp_value" not in in_order
    ExtraField.objects.all().delete()
    assert renew_indexes() == (0, 1)


def test_sorting_pages_through_rows_with_and_without_a_value(org, client_of):
    field = make_field(org, key="temp", type="decimal", name_en="Temperature")
    ExtraField.objects.filter(pk=field.pk).update(index_ready=True)
    wanted = [make_customer(org, extra={"temp": 60 - n}) for n in range(60)][::-1]
    without = [make_customer(org) for _ in range(3)]
    rep = client_of(org.people.sales_rep)
    first = rep.get(LIST, {"sort": "extra__temp", "cols": "x_temp"})
    order = [int(pk) for pk in ROW.findall(first.content.decode())]
    assert order == [row.pk for row in wanted[:50]]
    second = rep.get(LIST, {"sort": "extra__temp", "cols": "x_temp", "page": 2, "after": first.context["next_mark"]})
    order = [int(pk) for pk in ROW.findall(second.content.decode())]
    assert order == [row.pk for row in (*wanted[50:], *without)]
    third = rep.get(LIST, {"sort": "-extra__temp", "cols": "x_temp"}).content.decode()
    assert third.index(f"/customers/{wanted[-1].pk}/") < third.index(f"/customers/{wanted[-2].pk}/")
