"""`manage.py load_demo` on a real database."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from crm.catalogue.domain.specification import checked_specification
from crm.demo.accounts import DEMO_ACCOUNTS
from crm.models import Product, Role, User
from crm.organisation.standard_roles import STANDARD_ROLES
from customers.demo.merging import PEOPLE as TWICE  # those customers that somebody entered a second time
from customers.domain.customer import create_customer
from customers.models import Customer
from integrations.models import ExternalRef
from opportunities.domain.funnel import Funnel
from opportunities.models import GateItem, Opportunity
from orders.domain import links
from orders.domain.conversion import Conversion
from orders.models import Invoice, InvoiceLine, Receivable, SalesOrder, SalesOrderLine, Shipment
from tests.demo.conftest import SCALE, TODAY


def load(*more: str) -> dict[str, Any]:
    """Run the command and read what it prints."""
    out, err = io.StringIO(), io.StringIO()
    call_command("load_demo", f"--scale={SCALE}", "--seed=7", f"--today={TODAY}", *more, stdout=out, stderr=err)
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


def schema() -> list[tuple[str, str]]:
    """All foreign keys, indexes and triggers by name and definition."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
            " UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
            " UNION ALL SELECT tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
        )
        return list(cursor.fetchall())


@pytest.mark.django_db
def test_load_writes_everything_and_leaves_the_schema_as_it_was() -> None:
    before = schema()
    report = load()
    assert schema() == before
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    rows = report["rows"]
    assert Customer._base_manager.count() == rows["customer"] + len(TWICE)
    assert Customer._base_manager.filter(merged_into__isnull=False).count() == 1
    for model, name in (
        (SalesOrderLine, "sales_order_line"),
        (Receivable, "receivable"),
        (User, "user"),
    ):
        assert model._base_manager.count() == rows[name]
    assert report["today"] == TODAY.isoformat()
    _agrees_with_the_domain()
    _people_can_work()


def _agrees_with_the_domain() -> None:
    """What the domain functions would compute is what was loaded, so that the first sync finds nothing to change."""
    conversion = Conversion()
    for line in SalesOrderLine._base_manager.select_related("order"):
        assert conversion.to_base(line.net, line.order.currency_id, line.ordered_on) == line.net_base
        assert conversion.base_quantity(line.product_id, line.quantity, line.unit) == line.quantity_base
    for item in Receivable._base_manager.all():
        assert conversion.to_base(item.amount, item.currency_id, item.posted_on) == item.amount_base
    for product in Product._base_manager.select_related("product_line"):
        assert product.specification, product
        assert checked_specification(product.product_line, product.specification) == product.specification
    invoices = set(Invoice._base_manager.values_list("pk", flat=True))
    assert links.refresh_settlements(invoice_ids=invoices) == set()
    assert links.join_receivables(invoice_ids=invoices) == set()
    assert links.refresh_shipped(order_line_ids=set(SalesOrderLine._base_manager.values_list("pk", flat=True))) == set()
    assert links.join_shipment_lines(shipment_ids=list(Shipment._base_manager.values_list("pk", flat=True))) == set()
    for entity, model in (
        ("sales_order", SalesOrder),
        ("shipment", Shipment),
        ("invoice", Invoice),
        ("receivable", Receivable),
    ):
        refs = ExternalRef._base_manager.filter(system="SAP", entity=entity)
        assert set(refs.values_list("external_id", "object_id")) == set(model._base_manager.values_list("number", "pk"))


def _people_can_work() -> None:
    """One account per role signs in; numbers go on after the last; gates behind an opportunity are answered."""
    assert {label for _name, _password, label in DEMO_ACCOUNTS} == {role.name for role in STANDARD_ROLES}
    for username, password, label in DEMO_ACCOUNTS:
        user = User._base_manager.get(username=username)
        assert user.is_active and user.check_password(password), username
        assert list(user.roles.values_list("name", flat=True)) == [label]
    rep = User._base_manager.get(username="linxw")
    count = Customer._base_manager.count()
    customer = create_customer(actor=rep, name="新来的客户有限公司", owner=rep)
    assert (customer.pk, customer.code) == (count + 1, f"C-{100_001 + count}")
    funnel, checked = Funnel(), 0
    for opportunity in Opportunity.objects.visible_to(rep).open().select_related("stage"):
        for stage in funnel.open_stages:
            if stage.position < opportunity.stage.position:
                assert funnel.gate(opportunity, stage.pk).missing == []
                checked += 1
    assert checked
    assert Opportunity.objects.visible_to(rep).open().count() >= 8
    assert not InvoiceLine._base_manager.exclude(invoice__currency="CNY").filter(net_base=0).exclude(net=0).exists()


@pytest.mark.gate
@pytest.mark.gate
@pytest.mark.django_db
def test_a_database_in_use_is_left_alone_unless_told_otherwise() -> None:
    User.objects.create_user("somebody", "a long password", display_name="Somebody")
    with pytest.raises(CommandError, match="--replace"):
        load()
    assert User._base_manager.count() == 1
    assert not Customer._base_manager.exists()
    roles, items = Role._base_manager.count(), GateItem._base_manager.count()
    report = load("--replace")
    assert not User._base_manager.filter(username="somebody").exists()
    assert Customer._base_manager.count() == report["rows"]["customer"] + len(TWICE)
    assert (Role._base_manager.count(), GateItem._base_manager.count()) == (roles, items)
