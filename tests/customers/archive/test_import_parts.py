"""The sheet's columns for invoice data, addresses and the parent company."""

from customers.models import Customer, CustomerAddress, CustomerBilling, CustomerCompleteness, CustomerRegistration
from tests.factories.archive import make_address
from tests.factories.records import make_customer
from tests.importing.sheets import imported, rows_of, xlsx

HEAD = [
    "客户编号",
    "客户名称",
    "业务员",
    "城市",
    "上级客户编号",
    "发票抬头",
    "开票税号",
    "开户行",
    "银行账号",
    "收货地址",
    "厂址",
]


def sheet(*rows):
    return xlsx(list(rows), HEAD)


def test_parts_are_written_and_written_again_without_change(org):
    top = make_customer(org)
    owner = org.people.sales_rep.display_name
    rows = [
        [
            "",
            "宁波远景密封材料有限公司",
            owner,
            "宁波",
            top.code,
            "远景开票",
            "9133",
            "中国银行",
            "6222",
            "长兴路 1 号",
            "厂区路 2 号",
        ]
    ]
    batch = imported(org.people.administrator, sheet(*rows))
    assert [row.outcome for row in rows_of(batch)] == ["created"], [row.errors for row in rows_of(batch)]
    customer = Customer.objects.exclude(pk=top.pk).get()
    assert (customer.parent, customer.group_root, customer.group_path) == (top, top, f"{top.pk}/{customer.pk}/")
    billing = CustomerBilling.objects.get(customer=customer)
    assert (billing.invoice_title, billing.tax_number, billing.bank, billing.bank_account) == (
        "远景开票",
        "9133",
        "中国银行",
        "6222",
    )
    usual = {
        (row.kind, row.street, row.city) for row in CustomerAddress.objects.filter(customer=customer, is_default=True)
    }
    assert usual == {("ship_to", "长兴路 1 号", "宁波"), ("plant", "厂区路 2 号", "宁波")}
    assert "invoice" not in CustomerCompleteness.objects.get(customer=customer).missing
    rows[0][0] = customer.code
    again = imported(org.people.administrator, sheet(*rows))
    assert [row.outcome for row in rows_of(again)] == ["unchanged"]
    assert CustomerAddress.objects.filter(customer=customer).count() == 2


def test_the_usual_address_is_changed_and_others_stay(org):
    customer = make_customer(org)
    usual = make_address(org, customer=customer, street="旧路", is_default=True)
    other = make_address(org, customer=customer, street="别处")
    imported(
        org.people.administrator, sheet([customer.code, customer.name, "", "", "", "", "", "", "", "新路 9 号", ""])
    )
    usual.refresh_from_db()
    other.refresh_from_db()
    assert (usual.street, other.street) == ("新路 9 号", "别处")


def test_an_unknown_parent_is_an_error_of_the_row_and_a_circle_is_refused(org):
    top, low = make_customer(org), make_customer(org)
    batch = imported(org.people.administrator, sheet([top.code, top.name, "", "", "C-000000", "", "", "", "", "", ""]))
    assert rows_of(batch)[0].errors[0]["code"] == "parent_unknown"
    imported(org.people.administrator, sheet([low.code, low.name, "", "", top.code, "", "", "", "", "", ""]))
    low.refresh_from_db()
    assert low.parent == top
    batch = imported(org.people.administrator, sheet([top.code, top.name, "", "", low.code, "甲", "", "", "", "", ""]))
    assert rows_of(batch)[0].errors[0]["code"] == "parent_refused"
    top.refresh_from_db()
    assert top.parent is None


def test_a_new_credit_code_in_a_sheet_is_a_correction(org):
    from customers.domain.registration import register_customer
    from tests.customers.archive.test_registration import VALUES

    customer = register_customer(actor=org.people.sales_rep, **VALUES).customer
    imported(
        org.people.administrator, sheet([customer.code, "宁波远景新材料有限公司", "", "", "", "", "", "", "", "", ""])
    )
    assert not CustomerRegistration.objects.right_first_time().exists()
