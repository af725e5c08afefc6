"""The writer: records, contacts, numbers, trail; duplicates by choice; twice does nothing twice; a killed worker is no loss."""

from decimal import Decimal
from typing import Any

import pytest
import python_calamine
from django.utils import timezone

from crm.approvable import ApprovalDocument
from crm.extension_points import approval_documents
from crm.importing.domain import batches
from crm.importing.messages import message_of
from crm.importing.models import ImportBatch
from crm.records.trail import history_of
from crm.workflow.domain.approvals import request_approval
from customers.domain.customer import create_customer, search_text
from customers.models import Contact, Customer, CustomerFigures
from customers.resources.customer import CustomerResource
from tests.factories.approvals import make_policy, named
from tests.factories.records import credit_code, make_customer
from tests.importing.sheets import HEAD, checked, imported, line, rows_of, xlsx

COLUMNS = (
    "code", "name", "credit_code", "grade", "region_id", "owner_id", "team_id", "business_unit_id", "payment_terms_days",
    "annual_demand_kg", "search_text", "version",
)  # fmt: skip


def result(batch: ImportBatch) -> dict[str, int]:
    """The counts that are not zero."""
    return {name: count for name, count in batch.counts["result"].items() if count}


def snapshot() -> tuple[list[Any], list[Any], list[Any]]:
    """Customers, contacts and trail, without what depends on the moment."""
    return (
        list(Customer.objects.order_by("code").values_list(*COLUMNS)),
        list(
            Contact.objects.order_by("customer__code", "name").values_list(
                "customer__code", "name", "phone", "is_primary", "version"
            )
        ),
        list(Customer.pgh_event_model.objects.order_by("code", "pgh_id").values_list("code", "pgh_label", "version")),
    )


def test_a_new_customer_is_like_one_made_by_the_form(org):
    batch = imported(org.people.administrator, xlsx([line(1)]))
    assert result(batch) == {"created": 1}
    customer = Customer.objects.get(pk=rows_of(batch)[0].target_id)
    by_form = create_customer(actor=org.people.administrator, name="另一客户", owner=org.people.colleague)
    assert customer.code.startswith("C-")
    assert int(by_form.code[2:]) == int(customer.code[2:]) + 1
    assert customer.search_text == search_text(customer)
    assert (customer.owner, customer.team, customer.business_unit) == (
        org.people.colleague,
        org.sub_team,
        org.silicones,
    )
    assert (customer.region, customer.payment_terms_days, customer.annual_demand_kg) == (org.east, 60, Decimal(12000))
    assert (customer.version, customer.state, customer.kind) == (1, by_form.state, by_form.kind)
    assert CustomerFigures.objects.filter(customer=customer).exists()
    contact = customer.contacts.get()
    assert (contact.name, contact.phone, contact.is_primary) == ("陈1", "13800000001", True)
    customer.full_clean()


def test_the_trail_names_who_imported(org):
    batch = imported(org.people.administrator, xlsx([line(1)]))
    customer = Customer.objects.get(pk=rows_of(batch)[0].target_id)
    imported(org.people.data_steward, xlsx([line(1, days=90)]))
    entries = [one for one in history_of(customer, user=org.people.administrator)[0] if not one.is_part]
    assert [(entry.who, entry.row.label) for entry in entries] == [
        (str(org.people.data_steward), "update"), (str(org.people.administrator), "insert")
    ]  # fmt: skip
    assert [(change.old, change.new) for change in entries[0].changes] == [("60", "90")]
    event = Customer.pgh_event_model.objects.filter(pgh_obj=customer).order_by("-pgh_id").first()
    assert event.pgh_context.metadata["source"] == "import"


def test_changed_rows_get_a_new_version_and_unchanged_ones_are_not_written(org):
    imported(org.people.administrator, xlsx([line(1), line(2), line(3)]))
    before = dict(Customer.objects.values_list("name", "updated_at"))
    batch = imported(
        org.people.administrator, xlsx([line(1), line(2, days=90, mobile="13900000000"), line(3, grade="", days="")])
    )
    assert result(batch) == {"updated": 1, "unchanged": 2}
    versions = dict(Customer.objects.values_list("name", "version"))
    assert versions == {"导入客户1有限公司": 1, "导入客户2有限公司": 2, "导入客户3有限公司": 1}
    after = dict(Customer.objects.values_list("name", "updated_at"))
    assert [name for name in before if before[name] != after[name]] == ["导入客户2有限公司"]
    assert Contact.objects.get(name="陈2").phone == "13900000000"
    assert Contact.objects.get(name="陈2").version == 2
    assert Customer.objects.get(name="导入客户3有限公司").grade == "B"


def test_the_same_file_again_writes_nothing(org):
    content = xlsx([line(n) for n in range(1, 6)] + [line(6, code="")])
    imported(org.people.administrator, content)
    before = snapshot()
    batch = imported(org.people.administrator, content)
    assert result(batch) == {"unchanged": 5, "skipped": 1}
    assert snapshot() == before


def test_the_owner_changes_with_team_and_unit(org):
    imported(org.people.administrator, xlsx([line(1)]))
    imported(org.people.administrator, xlsx([line(1, owner="stranger")]))
    customer = Customer.objects.get()
    assert (customer.owner, customer.team, customer.business_unit) == (org.people.stranger, org.other_team, org.agro)


def test_a_contact_is_found_by_name_or_is_one_more(org):
    imported(org.people.administrator, xlsx([line(1)]))
    imported(org.people.administrator, xlsx([line(1, contact="王二", mobile="13700000000")]))
    imported(org.people.administrator, xlsx([line(1, contact="", mobile="13600000000")]))
    assert list(Contact.objects.order_by("pk").values_list("name", "phone", "is_primary")) == [
        ("陈1", "13600000000", True), ("王二", "13700000000", False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("choice", "expected", "customers", "days"),
    [
        ("skip", {"created": 1, "skipped": 3}, 2, [10, 10]),
        ("update", {"created": 1, "updated": 3}, 2, [20, 40]),
        ("create", {"created": 3, "rejected": 1}, 4, [10, 10, 20, 40]),
    ],
)
def test_duplicates_are_treated_as_chosen(org, choice, expected, customers, days):
    make_customer(org, name="在册有限公司", credit_code="", payment_terms_days=10)
    rows = [
        line(1, days=10),
        line(2, name="在册 有限公司", code="", days=20),
        line(3, code=credit_code(500001), days=30),
        line(4, name="导入客户1有限公司", code="", days=40),
    ]
    batch = imported(org.people.administrator, xlsx(rows), on_duplicate=choice)
    assert result(batch) == expected
    assert Customer.objects.count() == customers
    assert sorted(Customer.objects.values_list("payment_terms_days", flat=True)) == days


def test_a_name_that_several_customers_have_is_not_updated(org):
    make_customer(org, name="同名公司", credit_code="")
    make_customer(org, name="同名 公司", credit_code="")
    batch = imported(org.people.administrator, xlsx([line(1, name="同名公司", code="")]), on_duplicate="update")
    assert result(batch) == {"rejected": 1}
    assert Customer.objects.filter(version__gt=1).count() == 0


def test_what_came_between_check_and_commit_is_seen(org):
    batch = checked(org.people.administrator, xlsx([line(1), line(2), line(3, name="后来者", code="")]))
    other = make_customer(org, credit_code=credit_code(500001), name="别名")
    make_customer(org, name="后来者", credit_code="")
    batch = batches.start_commit(batch=batch, actor=org.people.administrator, on_duplicate="skip", at_once=True)
    assert result(batch) == {"created": 1, "updated": 1, "skipped": 1}
    note = batch.job.log.get(event="note").text
    assert note == "record created: 1, record updated: 1, no change: 0, skipped as a duplicate: 1, rejected: 0"
    other.refresh_from_db()
    assert (other.name, other.version) == ("导入客户1有限公司", 2)


def test_a_customer_that_somebody_changed_after_the_check_is_left_alone_and_reported(org):
    kept = make_customer(org, credit_code=credit_code(500001), name="甲", city="宁波")
    same = make_customer(org, credit_code=credit_code(500002), name="乙")
    batch = checked(org.people.administrator, xlsx([line(1), line(2)]))
    Customer.objects.filter(pk=kept.pk).update(city="杭州", version=2, updated_at=timezone.now())
    batch = batches.start_commit(batch=batch, actor=org.people.administrator, on_duplicate="update", at_once=True)
    assert result(batch) == {"rejected": 1, "updated": 1}
    kept.refresh_from_db()
    assert (kept.city, kept.name, kept.version) == ("杭州", "甲", 2)
    same.refresh_from_db()
    assert same.version == 2
    assert "Somebody else changed customer" in message_of(CustomerResource, rows_of(batch)[0].errors[0])


def test_rejected_rows_come_back_with_their_columns_a_reason_and_no_formula(org, tmp_path):
    head = [*HEAD, "内部备注"]
    rows = [
        [*line(1), "好"],
        [*line(2, grade="A+"), "=1+1"],
        [*line(3, days="三个月", owner="没有"), '=HYPERLINK("http://x")'],
    ]
    batch = imported(org.people.administrator, xlsx(rows, head))
    assert result(batch) == {"created": 1, "rejected": 2}
    with batch.rejected_file.open("rb") as stored:
        content = stored.read()
    path = tmp_path / "rejected.xlsx"
    path.write_bytes(content)
    sheet = python_calamine.load_workbook(str(path)).get_sheet_by_index(0)
    got = sheet.to_python()
    assert got[0] == [*head, "Reason"]
    assert got[1][:3] == ["导入客户2有限公司", credit_code(500002), "A+"]
    assert got[1][-1] == "Grade: Must be one of: S, A, B, C, D."
    assert got[2][-1] == "Owner: Nobody has this name.; Payment terms (days): Not a number."
    import zipfile

    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    again = checked(org.people.administrator, content)
    assert again.mapping == [*batch.mapping, ""]


def test_cells_that_begin_like_a_formula_are_written_as_text(org):
    from crm.importing.domain.sheets import write_csv

    nasty = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "x=1", ""]
    assert write_csv(["a"], [[text] for text in nasty]).encode() == (
        '\ufeff"a"\r\n"\'=1+1"\r\n"\'+1"\r\n"\'-1"\r\n"\'@x"\r\n"\'\tx"\r\n"\'\rx"\r\n"x=1"\r\n""\r\n'.encode()
    )


def test_a_row_that_would_change_a_record_which_waits_for_approval_is_rejected(org):
    frozen = make_customer(org, credit_code=credit_code(500001), grade="B")
    free = make_customer(org, credit_code=credit_code(500002), grade="B")
    document = ApprovalDocument("test", "test", "customers.Customer", "customers.change_customer", ("name",))
    with approval_documents.override(document):
        make_policy(org, named(org.people.bu_head), document="test")
        request_approval(document="test", record=frozen, actor=org.people.sales_manager)
        batch = imported(org.people.administrator, xlsx([line(n, grade="A") for n in (1, 2)]))
    assert result(batch) == {"updated": 1, "rejected": 1}
    frozen.refresh_from_db()
    free.refresh_from_db()
    assert (frozen.grade, free.grade) == ("B", "A")
    assert "waits for approval" in message_of(CustomerResource, rows_of(batch)[0].errors[0])
