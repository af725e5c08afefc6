"""What the check says about rows: new, changed, unchanged, duplicate, wrong; and corrections in place."""

import pytest

from crm.importing.domain.batches import start_check
from crm.importing.domain.corrections import apply_suggestions, correct_cell
from crm.importing.messages import message_of
from crm.importing.models import ImportBatch
from customers.models import Customer
from customers.resources.customer import CustomerResource
from tests.factories.records import credit_code, make_customer
from tests.importing.sheets import HEAD, checked, imported, line, rows_of, xlsx


def found(batch: ImportBatch) -> list[tuple[str, list[str]]]:
    """(status, messages) of each row."""
    return [
        (row.status, [f"{e['key']}: {message_of(CustomerResource, e)}" for e in row.errors]) for row in rows_of(batch)
    ]


def test_each_wrong_cell_gets_its_message_and_the_others_stay(org):
    batch = checked(
        org.people.administrator,
        xlsx(
            [
                line(1),
                line(2, grade="A+", days="三个月"),
                line(3, name="（空）", owner="李敏"),
                line(4, region="火星", demand="１，２００"),
            ]
        ),
    )
    assert found(batch) == [
        ("new", []),
        ("error", ["grade: Must be one of: S, A, B, C, D.", "payment_terms: Not a number."]),
        ("error", ["owner: Nobody has this name.", "name: Required: fill this in."]),
        ("error", ["region: There is none of this name or code."]),
    ]
    assert {name: batch.counts[name] for name in ("new", "changed", "unchanged", "duplicate", "error")} == {
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "duplicate": 0,
        "error": 3,
    }
    assert (batch.counts["wrong_cells"], batch.counts["corrected_cells"]) == (5, 1)
    assert rows_of(batch)[3].fixes == [{"key": "annual_demand", "was": "１，２００"}]


def test_a_new_customer_needs_name_and_owner_a_changed_one_does_not(org):
    stored = make_customer(org, credit_code=credit_code(77), name="在册客户有限公司")
    rows = [line(1, name="", owner=""), line(2, code=credit_code(77), name="", owner="", contact="", mobile="")]
    assert found(checked(org.people.administrator, xlsx(rows))) == [
        ("error", ["name: Required: fill this in.", "owner: Required: fill this in."]),
        ("changed", []),
    ]
    assert Customer.objects.get(pk=stored.pk).version == stored.version


def test_rows_find_their_customer_by_number_then_by_credit_code_then_by_name(org):
    first = make_customer(org, credit_code=credit_code(71), name="甲乙（宁波）有限公司")
    second = make_customer(org, credit_code="", name="丙丁有限公司")
    make_customer(org, credit_code=credit_code(73), name="同名有限公司")
    make_customer(org, credit_code="", name="同名 有限公司")
    head = ["客户编号", *HEAD]
    rows = [
        [second.code, *line(1, code=credit_code(90))],
        ["", *line(2, code=credit_code(71))],
        ["", *line(3, code="", name=" 甲乙(宁波)有限公司")],
        ["", *line(4, code="", name="同名有限公司")],
        ["C-999", *line(5)],
        [second.code, *line(6, code=credit_code(71))],
        [first.code, *line(7, code=credit_code(71))],
    ]
    batch = checked(org.people.administrator, xlsx(rows, head))
    stored = rows_of(batch)
    assert [(row.status, row.target_id) for row in stored[:3]] == [
        ("changed", second.pk), ("changed", first.pk), ("duplicate", first.pk)
    ]  # fmt: skip
    assert (
        stored[2].note == {"kind": "name", "code": first.code, "count": 1, "label": first.name, "reach": True}
        or stored[2].duplicate_of
    )
    assert stored[3].note["count"] == 2
    assert found(batch)[4] == ("error", ["code: No customer has this number; leave it empty for a new one."])
    assert (stored[5].status, stored[5].duplicate_of) == ("duplicate", 2)
    assert (stored[6].status, stored[6].duplicate_of) == ("duplicate", 3)


def test_a_number_with_the_credit_code_of_another_customer_is_wrong(org):
    first, second = make_customer(org, credit_code=credit_code(71)), make_customer(org, credit_code="")
    batch = checked(
        org.people.administrator, xlsx([[second.code, *line(1, code=credit_code(71))]], ["客户编号", *HEAD])
    )
    assert found(batch) == [("error", [f"credit_code: Customer {first.code} has this credit code."])]


def test_rows_of_the_same_file_that_repeat_each_other(org):
    rows = [
        line(1),
        line(2, code=credit_code(500001)),
        line(3, name="导入客户1 有限公司", code=""),
        line(4, name="导入客户1有限公司", code=credit_code(4)),
        line(5),
    ]
    assert [(row.status, row.duplicate_of) for row in rows_of(checked(org.people.administrator, xlsx(rows)))] == [
        ("new", None), ("duplicate", 2), ("duplicate", 2), ("duplicate", 2), ("new", None)
    ]  # fmt: skip


def test_a_row_that_says_what_is_stored_is_unchanged(org):
    imported(org.people.administrator, xlsx([line(1), line(2)]))
    batch = checked(
        org.people.administrator, xlsx([line(1), line(2, days=90), line(3, name="导入客户1有限公司", code="")])
    )
    assert [row.status for row in rows_of(batch)] == ["unchanged", "changed", "duplicate"]


def test_a_customer_of_somebody_else_is_an_error(org):
    seller = org.people.sales_rep
    role = seller.roles.get()
    role.permissions = [*role.permissions, "crm.add_importbatch"]
    role.save()
    theirs = make_customer(org, owner=org.people.stranger, credit_code=credit_code(71))
    mine = make_customer(org, owner=seller, credit_code=credit_code(72))
    own = line(2, code=mine.credit_code, name=mine.name, grade="", days="")  # what the seller may change
    batch = checked(seller, xlsx([line(1, code=theirs.credit_code), own]))
    assert found(batch) == [
        ("error", [f"credit_code: Customer {theirs.code} belongs to somebody else."]),
        ("changed", []),
    ]
    duplicate = checked(seller, xlsx([line(1, code="", name=theirs.name)]))
    assert rows_of(duplicate)[0].note["label"] == ""


def test_without_the_right_to_change_only_new_customers_are_taken(org):
    steward = org.people.data_steward
    role = steward.roles.get()
    role.permissions = [name for name in role.permissions if name != "customers.change_customer"]
    role.save()
    stored = make_customer(org, credit_code=credit_code(71))
    batch = checked(steward, xlsx([line(1), line(2, code=credit_code(71))]))
    assert found(batch) == [("new", []), ("error", [f"credit_code: You may not change customer {stored.code}."])]


def test_correcting_a_cell_checks_its_row_and_survives_a_new_check(org):
    actor = org.people.administrator
    batch = checked(actor, xlsx([line(1), line(2, grade="A+"), line(3, code=credit_code(500001)[:10])]))
    row = correct_cell(batch=batch, actor=actor, number=3, column=2, text="A")
    assert (row.status, row.clean["grade"], batch.counts["error"]) == ("new", "A", 1)
    row = correct_cell(batch=batch, actor=actor, number=4, column=1, text=credit_code(500001))
    assert (row.status, row.duplicate_of, batch.counts["duplicate"]) == ("duplicate", 2, 1)
    row = correct_cell(batch=batch, actor=actor, number=4, column=1, text="")
    assert row.status == "new"
    row = correct_cell(batch=batch, actor=actor, number=4, column=0, text="导入客户1 有限公司")
    assert (row.status, row.duplicate_of) == ("duplicate", 2)
    before = [(r.number, r.status, r.raw, r.clean) for r in rows_of(batch)]
    batch = start_check(batch=batch, actor=actor)
    assert [(r.number, r.status, r.raw, r.clean) for r in rows_of(batch)] == before


def test_all_suggestions_of_one_kind_are_taken_at_once(org):
    actor = org.people.administrator
    batch = checked(actor, xlsx([line(1, grade="A+"), line(2, grade="甲"), line(3, grade="X"), line(4, days="三个月")]))
    assert apply_suggestions(batch=batch, actor=actor, code="choice", key="grade") == 2
    batch.refresh_from_db()
    assert [row.status for row in rows_of(batch)] == ["new", "new", "error", "error"]
    assert rows_of(batch)[1].clean["grade"] == "A"


@pytest.mark.parametrize("rows", [10, 2500])
def test_a_check_is_made_in_chunks_and_counts_every_row(org, rows):
    batch = checked(org.people.administrator, xlsx([line(n) for n in range(1, rows + 1)]))
    assert (batch.counts["new"], batch.row_count, batch.job.done, batch.job.percent) == (rows, rows, rows, 100)


def test_many_rows_are_checked_in_the_background(org, django_capture_on_commit_callbacks):
    from tests.importing.sheets import batch_of

    batch = batch_of(org.people.administrator, xlsx([line(n) for n in range(1, 2102)]))
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        batch = start_check(batch=batch, actor=org.people.administrator)
    assert (batch.state, batch.job.state) == ("checking", "waiting")
    for callback in callbacks:
        callback()
    batch.refresh_from_db()
    assert (batch.state, batch.counts["new"]) == ("ready", 2101)
