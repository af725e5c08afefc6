"""How figures are written."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from crm import formats


@pytest.fixture
def chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal("1284000"), "128.4 万元"),
        (Decimal("86200000"), "8,620.0 万元"),
        (Decimal("862000000"), "8.62 亿元"),
        (Decimal("-1284000"), "−128.4 万元"),
        (Decimal("350"), "350.00 元"),
        (0, "0.0 万元"),
        (None, "—"),
        ("", "—"),
        ("no number", "—"),
        (float("nan"), "—"),
    ],
)
def test_money_in_chinese(amount, text):
    assert formats.money(amount) == text


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal("1284000"), "CNY 1.28 m"),
        (Decimal("2500000000"), "CNY 2.50 bn"),
        (Decimal("128400"), "CNY 128.4 k"),
        (Decimal("-350.5"), "CNY −350.50"),
        (None, "—"),
    ],
)
def test_money_in_english(amount, text):
    assert formats.money(amount) == text


@pytest.mark.usefixtures("chinese")
def test_money_of_a_chosen_unit_and_currency():
    assert formats.money(Decimal("1284000"), unit="yuan") == "1,284,000.00 元"
    assert formats.money(Decimal("1284000"), "USD", unit="wan", decimals=2) == "128.40 万美元"
    assert formats.money(Decimal("1284000"), "XAU") == "128.4 万 XAU"
    assert formats.money(Decimal("1284000"), signed=True) == "+128.4 万元"


@pytest.mark.usefixtures("chinese")
def test_money_markup_has_the_exact_amount_and_escapes_the_currency():
    assert formats.money_html(Decimal("1284000.5")) == (
        '<span class="nw" title="1,284,000.50 元">128.4<span class="u">万元</span></span>'
    )
    assert "<b>" not in formats.money_html(Decimal("1"), "<b>")


@pytest.mark.parametrize(
    ("language", "value", "unit", "text"),
    [
        ("zh-hans", Decimal("412600"), "kg", "412.6 吨"),
        ("en", Decimal("412600"), "kg", "412.6 t"),
        ("zh-hans", Decimal("25"), "kg", "25 kg"),
        ("zh-hans", Decimal("12.5"), "kg", "12.50 kg"),
        ("zh-hans", Decimal("3"), "drum", "3 桶"),
        ("en", None, "kg", "—"),
    ],
)
def test_quantity(language, value, unit, text):
    with translation.override(language):
        assert formats.qty(value, unit) == text


@pytest.mark.usefixtures("chinese")
def test_quantity_keeps_its_unit_when_asked():
    assert formats.qty(80000, "kg", convert=False) == "80,000 kg"


def test_price():
    with translation.override("zh-hans"):
        assert formats.price(Decimal("31")) == "31.00 元/kg"
    with translation.override("en"):
        assert formats.price(Decimal("31"), "USD", "t") == "USD 31.00/t"


def test_shares_and_changes():
    assert formats.pct(Decimal("0.368")) == "36.8%"
    assert formats.pct(Decimal("36.85"), of=100) == "36.9%"
    assert formats.points(Decimal("-0.019")) == "−1.9 pp"
    assert formats.delta(Decimal("6.4")) == "+6.4%"
    assert formats.delta(Decimal("-6.8")) == "−6.8%"
    assert formats.delta(0) == "0.0%"
    assert formats.pct(None) == "—"


def test_rounding_is_half_up_and_never_gives_minus_zero():
    assert formats.num(Decimal("2.5")) == "3"
    assert formats.num(Decimal("-0.4")) == "0"


def test_days_name_the_year_only_when_it_is_another():
    today = dt.date(2026, 11, 23)
    assert formats.day(dt.date(2026, 11, 3), today=today) == "11-03"
    assert formats.day(dt.date(2027, 3, 15), today=today) == "2027-03-15"
    assert formats.day(None) == "—"


def test_moments_are_shown_in_the_zone_of_the_reader():
    late = dt.datetime(2026, 12, 31, 20, 30, tzinfo=dt.UTC)
    with timezone.override("Asia/Shanghai"):
        assert formats.moment(late, today=dt.date(2026, 11, 23)) == "2027-01-01 04:30"
        assert formats.day(late, today=dt.date(2026, 11, 23)) == "2027-01-01"
    with timezone.override("UTC"):
        assert formats.moment(late, today=dt.date(2026, 11, 23)) == "12-31 20:30"


@pytest.mark.usefixtures("english")
def test_distance_in_days_months_and_years():
    today = dt.date(2026, 11, 23)
    assert formats.ago(dt.date(2026, 11, 23), today=today) == "today"
    assert formats.ago(dt.date(2026, 11, 22), today=today) == "1 day ago"
    assert formats.ago(dt.date(2026, 12, 3), today=today) == "in 10 days"
    assert formats.ago(dt.date(2026, 5, 23), today=today) == "6 months ago"
    assert formats.ago(dt.date(2022, 5, 23), today=today) == "4 years ago"


@pytest.mark.usefixtures("english")
def test_how_long_a_day_has_been_missed():
    today = dt.date(2026, 11, 26)
    texts = [formats.overdue(today - dt.timedelta(days=days), today=today) for days in (-1, 0, 1, 11, 90)]
    assert texts == ["", "today", "1 day overdue", "11 days overdue", "3 months overdue"]
    assert formats.overdue(None, today=today) == ""


@pytest.mark.parametrize(
    ("language", "currency", "unit", "words"),
    [
        ("zh-hans", "CNY", "元/kg", "甲、乙"),
        ("zh-hans", "USD", "美元/kg", "甲、乙"),
        ("en", "CNY", "CNY/kg", "甲, 乙"),
    ],
)
def test_unit_of_a_price_and_words_in_a_row(language, currency, unit, words):
    with translation.override(language):
        assert formats.price_unit(currency) == unit
        assert formats.enumerated(["甲", "乙"]) == words
