"""The weeks of an order: what stands in which lane, and that nothing lies on top of something else."""

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from django.test import RequestFactory
from django.utils import translation

from orders.panels.swim import COLUMNS, WIDTH, Bar, Scale, packed, weeks
from tests.factories.records import day, make_invoice, make_order, make_receivable, make_shipment

MONDAY = dt.date(2026, 8, 17)


@pytest.fixture
def lanes(org):
    """lanes(order): the panel's context for a sales rep, its lanes as (label, [(title, text, tone)])."""

    def read(order, user=None):
        request = RequestFactory().get("/")
        request.user = user or org.people.sales_rep
        with translation.override("en"):
            found = weeks(request, order)
        if found is None:
            return None, []
        return found, [(one.label, [(bar.title, bar.text, bar.tone) for bar in one.bars]) for one in found["lanes"]]

    return read


def test_an_order_without_documents_has_no_weeks(org, lanes):
    assert lanes(make_order(org))[0] is None


def test_deliveries_received_under_way_late_and_planned(org, lanes):
    order = make_order(org, ordered_on=day(-120))
    numbers = ["81", "82", "83", "84"]
    days = [(-100, -100, -95), (-70, -70, None), (-35, None, None), (5, None, None)]
    for number, (planned, left, came) in zip(numbers, days, strict=True):
        make_shipment(
            org,
            order=order,
            number=number,
            planned_on=day(planned),
            shipped_on=None if left is None else day(left),
            received_on=None if came is None else day(came),
        )
    found, rows = lanes(order)
    assert found["first"] <= day(-120)
    bars = {title.split()[0]: (text.split()[0], tone) for label, row in rows[:-1] for title, text, tone in row}
    assert bars == {"81": ("received", "o"), "82": ("left", ""), "83": ("35", "b"), "84": ("planned", "g")}
    assert rows[0][0] == "Deliveries"
    assert rows[0][1][0][0] == "81 0.1 t"
    assert rows[-1] == ("Not invoiced", [("CNY 3.0 k", "still to be invoiced", "g")])


def test_an_invoice_within_its_term_paid_and_overdue(org, lanes):
    order = make_order(org, ordered_on=day(-90), net=Decimal(9000))
    running, paid, late = (
        make_invoice(org, order=order, number=number, invoiced_on=day(-60), due_on=day(due))
        for number, due in (("91", 10), ("92", -20), ("93", -18))
    )
    make_receivable(org, customer=order.customer, invoice=running, due_on=day(10))
    make_receivable(org, customer=order.customer, invoice=paid, due_on=day(-20), cleared_on=day(-23))
    make_receivable(org, customer=order.customer, invoice=late, due_on=day(-18))
    make_invoice(org, order=order, number="94", cancelled=True)
    _found, rows = lanes(order)
    assert [label for label, row in rows] == ["91", "92", "93"]
    assert [[(title, tone) for title, text, tone in row[1:]] for label, row in rows] == [
        [],
        [(rows[1][1][1][0], "o")],
        [("18 days overdue", "b")],
    ]
    assert rows[1][1][1][1] == "3 days early"
    assert [row[0][2] for label, row in rows] == ["", "", ""]


def test_who_sees_no_invoices_is_not_told_what_is_left_to_invoice(org, lanes):
    order = make_order(org, ordered_on=day(-20))
    make_shipment(org, order=order)
    make_invoice(org, order=order, number="95")
    assert {label for label, row in lanes(order)[1]} == {"Deliveries", "95"}

    class Blind:
        """A reader with the rep's reach who may not see invoices."""

        def __init__(self, user):
            self.user = user

        def __getattr__(self, name):
            return getattr(self.user, name)

        def has_perm(self, name, *rest):
            return name not in ("orders.view_invoice", "orders.view_receivable") and self.user.has_perm(name, *rest)

    del order._track
    assert {label for label, row in lanes(order, Blind(org.people.sales_rep))[1]} == {"Deliveries"}


@pytest.mark.parametrize("length", [1, 7, 16 * 7, 17 * 7, 400])
def test_columns_cover_the_whole_time(length):
    scale = Scale(MONDAY + dt.timedelta(days=2), MONDAY + dt.timedelta(days=length))
    assert scale.first == MONDAY
    assert scale.column(MONDAY) == 1
    assert MONDAY + dt.timedelta(days=length) < MONDAY + COLUMNS * scale.step
    assert [mark["text"] for mark in scale.marks(MONDAY) if mark["today"]] == ["today"] or scale.marks(MONDAY)


def test_bars_are_wide_enough_and_never_overlap():
    scale = Scale(MONDAY, MONDAY + dt.timedelta(weeks=15))
    bars = [
        Bar(MONDAY + dt.timedelta(days=3 * n), MONDAY + dt.timedelta(days=3 * n + 20), str(n), "", "")
        for n in range(20)
    ]
    rows = packed(bars, scale)
    assert sorted(bar.title for row in rows for bar in row) == sorted(bar.title for bar in bars)
    for row in rows:
        assert all(bar.span >= WIDTH and bar.column >= 1 and bar.column + bar.span <= COLUMNS + 1 for bar in row)
        assert all(left.column + left.span <= right.column for left, right in pairwise(row))
