"""The months of customers: what they are made of, when the volume drops, and who is told of it."""

import datetime as dt
from decimal import Decimal

import pytest

from analytics.domain.customer_figures import refresh_figures
from crm.models import Notification
from crm.periods import add_months, month_start
from customers.domain.course import DROP, VolumeDrop, volume_drop, warn_of_drops
from customers.models import CustomerCourse, CustomerFigures
from orders.models import InvoiceLine, ShipmentLine
from tests.factories.records import day, make_customer, make_invoice, make_order, make_receivable, make_shipment

TODAY = dt.date(2026, 11, 26)


def course(*volumes, until=dt.date(2026, 11, 1)):
    """Months that end with these volumes; nothing before."""
    return CustomerCourse(until=until, volume_kg=[Decimal(0)] * (24 - len(volumes)) + [Decimal(v) for v in volumes])


@pytest.mark.parametrize(
    ("volumes", "percent"),
    [
        ((100, 100, 100, 70, 5), 30),  # exactly the limit; this month, which has just begun, does not count
        ((100, 100, 100, 71, 0), None),
        ((90, 100, 110, 0, 50), 100),
        ((0, 0, 300, 60, 0), 40),
        ((0, 0, 0, 50, 0), None),
        ((0, 0, 0, 0, 0), None),
        ((-10, -10, -10, -20, 0), None),  # returns only
    ],
)
def test_a_month_a_third_below_the_mean_of_three_is_a_drop(volumes, percent):
    found = volume_drop(course(*volumes), TODAY)
    assert (found.percent if found else None) == percent


def test_the_drop_says_which_months_it_compares():
    found = volume_drop(course(100, 110, 90, 60, 5), TODAY)
    assert found == VolumeDrop(dt.date(2026, 10, 1), Decimal(60), Decimal(100), Decimal(40))
    assert (found.first, found.last) == (dt.date(2026, 7, 1), dt.date(2026, 9, 1))


def test_months_not_refreshed_since_the_turn_still_count_but_older_ones_do_not():
    rows = (100, 100, 100, 10)
    assert volume_drop(course(*rows, until=dt.date(2026, 10, 1)), TODAY).percent == 90
    assert volume_drop(course(*rows, until=dt.date(2026, 9, 1)), TODAY) is None
    assert volume_drop(None, TODAY) is None


def test_months_are_made_of_what_counts(org):
    customer, other = make_customer(org), make_customer(org)
    today = day()
    past = add_months(today, -5)
    order = make_order(org, customer=customer, ordered_on=past)
    make_order(org, customer=customer, ordered_on=add_months(today, -24))  # before the 24 months
    rejected = make_order(org, customer=customer, ordered_on=past).lines.get()
    rejected.rejected = True
    rejected.save()
    shipment = make_shipment(org, order=order)
    ShipmentLine.objects.filter(shipment=shipment).update(quantity_base=40, shipped_on=past)
    make_invoice(org, customer=customer, invoiced_on=past)
    make_invoice(org, customer=customer, invoiced_on=past, kind="pro_forma")
    make_receivable(
        org, customer=customer, kind="payment", amount_base=Decimal(-1000), posted_on=past, cleared_on=today
    )
    refresh_figures()
    found = CustomerCourse.objects.get(customer=customer)
    assert {name: found.value(name, past) for name in ("ordered", "shipped", "invoiced", "received", "volume_kg")} == {
        "ordered": 3000,
        "shipped": 1200,
        "invoiced": 3000,
        "received": 1000,
        "volume_kg": 100,
    }
    assert (sum(found.ordered), found.until) == (3000, month_start(today))
    assert found.value("ordered", add_months(today, -24)) is None
    assert not CustomerCourse.objects.filter(customer=other).exists()
    figures = CustomerFigures.objects.get(customer=customer)
    assert (figures.sales_12m, figures.volume_12m_kg) == (sum(found.invoiced), sum(found.volume_kg))


def test_a_refresh_of_one_customer_leaves_the_others_and_forgets_what_is_gone(org):
    one, two = make_customer(org), make_customer(org)
    for customer in (one, two):
        make_invoice(org, customer=customer)
    refresh_figures()
    InvoiceLine.objects.all().delete()
    refresh_figures(customer_ids=[one.pk])
    assert [row.customer_id for row in CustomerCourse.objects.all()] == [two.pk]


@pytest.fixture
def dropped(org):
    customer = make_customer(org, short_name="欣禾密封")
    for back, count in ((4, 2), (3, 2), (2, 2), (1, 1)):
        for _ in range(count):
            make_invoice(org, customer=customer, invoiced_on=add_months(day(), -back))
    refresh_figures()
    return customer


def test_the_owner_is_told_of_a_drop_once_a_month(org, dropped):
    steady = make_customer(org)
    for back in (4, 3, 2, 1, 0):
        make_invoice(org, customer=steady, invoiced_on=add_months(day(), -back))
    refresh_figures()
    assert (warn_of_drops(), warn_of_drops()) == (1, 0)
    refresh_figures()  # keeps what was told
    assert warn_of_drops() == 0
    told = Notification.objects.get(kind=DROP)
    assert told.recipient == org.people.sales_rep
    assert "欣禾密封" in told.title
    assert "50" in told.title
    assert "50" in told.text
    # the next month is another one
    assert warn_of_drops(add_months(day(), 1)) == 0  # its months are not there yet
    refresh_figures(today=add_months(day(), 1))
    CustomerCourse.objects.filter(customer=dropped).update(volume_kg=[Decimal(200)] * 22 + [Decimal(10), Decimal(0)])
    assert warn_of_drops(add_months(day(), 1)) == 1


def test_nobody_is_told_where_nobody_owns(org, dropped):
    dropped.owner = None
    dropped.save(update_fields=["owner"])
    assert warn_of_drops() == 0


def test_the_page_warns_of_the_drop(org, client_of, dropped):
    page = client_of(org.people.sales_rep).get(f"/customers/{dropped.pk}/").content.decode()
    assert "−50%" in page
    assert f"{add_months(day(), -1):%Y-%m}" in page


def test_the_nightly_task_tells(org, dropped):
    from customers.tasks import watch_expiries

    watch_expiries()
    assert Notification.objects.filter(kind=DROP).count() == 1
