"""The figures that apps measure of customers: what counts, as of which day, and who has none."""

from decimal import Decimal as D

import pytest

from crm.records.domain.comments import add_comment
from customers.extension_points import customer_measures
from tests.factories.records import day, make_complaint, make_customer, make_invoice, make_order, make_receivable


def measured(key, *customers, on=None):
    found = customer_measures.get(key).compute([c.pk for c in customers], on or day())
    everybody = customer_measures.get(key).compute(None, on or day())
    assert {pk: everybody.get(pk) for pk in found} == found, "asked for some it says the same as for all"
    return [found.get(c.pk) for c in customers]


def test_every_figure_can_be_asked_and_knows_nothing_of_a_new_customer(org):
    customer = make_customer(org)
    assert len(customer_measures.all()) >= 17
    for measure in customer_measures.all():
        assert customer.pk not in measure.compute([customer.pk], day()), measure.key
        assert measure.unit in ("money", "kg", "percent", "days", "number")


def test_the_archive_s_own_figures(org):
    customer = make_customer(org, annual_demand_kg=D(5000), strategic_value=4, payment_terms_days=60, credit_limit=D(9))
    for key, value in (("annual_demand", 5000), ("strategic_value", 4), ("payment_terms", 60), ("credit_limit", 9)):
        assert measured(key, customer) == [value]


def test_receivables_say_how_a_customer_pays(org):
    late, good = make_customer(org, credit_limit=D(1000)), make_customer(org)
    make_receivable(org, customer=late, amount_base=D(300), posted_on=day(-100), due_on=day(-40))
    make_receivable(org, customer=late, amount_base=D(700), posted_on=day(-10), due_on=day(20))
    make_receivable(org, customer=good, amount_base=D(500), posted_on=day(-90), due_on=day(-30), cleared_on=day(-31))
    assert measured("overdue_share", late, good) == [30, 0]
    assert measured("overdue_days", late, good) == [40, 0]
    assert measured("dso", late, good) == [365, 0]
    assert measured("credit_use", late, good) == [100, None]
    assert measured("overdue_days", late, on=day(-40)) == [0]
    assert measured("overdue_days", late, on=day(-39)) == [1]


def test_contact_is_a_comment_or_a_to_do_that_was_done(org):
    customer, other = make_customer(org), make_customer(org)
    add_comment(actor=org.people.sales_rep, record=customer, text="拜访")
    assert measured("days_since_contact", customer, other) == [0, None]
    assert measured("days_since_contact", customer, on=day(-1)) == [None]


@pytest.mark.parametrize(("ordered", "days"), [(-400, 400), (-1, 1)])
def test_days_since_the_last_order(org, ordered, days):
    customer = make_customer(org)
    make_order(org, customer=customer, ordered_on=day(ordered))
    assert measured("days_since_order", customer) == [days]


def test_sales_growth_and_complaints_of_a_year(org):
    customer = make_customer(org)
    for days, net in ((-5, 300), (-364, 100), (-366, 200)):
        make_invoice(org, customer=customer, invoiced_on=day(days), net=D(net), net_base=D(net))
    assert measured("sales_12m", customer) == [400]
    assert measured("sales_growth", customer) == [100]
    assert measured("sales_12m", customer, on=day(-6)) == [300]
    assert measured("days_as_customer", customer) == [366]
    weight = customer_measures.get("volume_12m").compute(None, day()).get(customer.pk)
    make_complaint(org, customer=customer, received_on=day(-3))
    make_complaint(org, customer=customer, received_on=day(-366))
    rate = measured("complaint_rate", customer)
    assert rate == [None if not weight else D(100_000) / weight]
