"""A record on paper."""

import pytest

from crm.records.domain.comments import add_comment
from tests.factories.records import make_contact, make_customer, make_order

pytestmark = pytest.mark.django_db


def test_paper_has_facts_fields_and_printing_panels_and_comments_when_wanted(org, client_of):
    customer = make_customer(org, address="科技路 137 号")
    make_contact(org, customer=customer, name="魏国霞")
    add_comment(actor=org.people.sales_rep, record=customer, text="讨论 <内容>")
    client = client_of(org.people.sales_rep)
    page = client.get(f"/customers/{customer.pk}/print/").content.decode()
    for text in (customer.name, customer.code, "科技路 137 号", "魏国霞", "css/print.css", "Printed by"):
        assert text in page, text
    assert "讨论" not in page
    assert 'class="side"' not in page
    assert "讨论 &lt;内容&gt;" in client.get(f"/customers/{customer.pk}/print/", {"comments": "1"}).content.decode()


def test_an_orders_lines_print_and_panels_without_the_right_do_not(org, client_of):
    order = make_order(org)
    page = client_of(org.people.sales_rep).get(f"/orders/{order.pk}/print/").content.decode()
    assert order.lines.get().product.code in page
    customer = make_customer(org)
    make_contact(org, customer=customer, name="魏国霞")
    org.people.finance.roles.all().update(permissions=["customers.view_customer"])
    assert "魏国霞" not in client_of(org.people.finance).get(f"/customers/{customer.pk}/print/").content.decode()
