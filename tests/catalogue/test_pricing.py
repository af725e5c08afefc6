"""Which price applies: each rule of the order, and any mixture of lists against a plain reading of the rules."""

import datetime as dt
import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.catalogue.domain.pricing import price_for
from crm.catalogue.domain.units import set_product_unit
from crm.errors import DomainError
from crm.models import Currency, PriceItem, PriceList, Product, Region, Unit
from tests.factories.catalogue import kilogram, make_list, make_price, make_rate, make_unit
from tests.factories.organisation import make_tree

DAY = dt.date(2026, 6, 15)


@pytest.fixture
def market(org: Any) -> Any:
    """The organisation with a city below the east, and tonnes and drums."""
    kilogram()
    org.product.refresh_from_db()
    city = make_tree(Region, code="NB", name="宁波", parent=org.east)
    tonne = make_unit(org, code="TO", name="吨", dimension="mass", factor=1000)
    drum = make_unit(org, code="DR", name="桶")
    set_product_unit(
        product=org.product, unit=drum, amount=Decimal(1), base_amount=Decimal(200), actor=org.people.administrator
    )
    return {"city": city, "tonne": tonne, "drum": drum, "kg": Unit.objects.get(code="KG")}


def ask(org: Any, **values: Any) -> Any:
    product = Product.objects.select_related("base_unit").get(pk=org.product.pk)
    return price_for(**{"product": product, "quantity": Decimal(100), "unit": product.base_unit, "on": DAY, **values})


def offer(org: Any, price: int, *, item: dict[str, Any] | None = None, **values: Any) -> PriceItem:
    return make_price(org, price_list=make_list(org, **values), guide_price=price, floor_price=None, **(item or {}))


@pytest.mark.parametrize(
    ("winner", "loser", "why"),
    [
        ({"priority": 1}, {"customer_grade": "A", "region": "city"}, "lower priority"),
        ({"customer_grade": "A"}, {"region": "city", "business_unit": "silicones"}, "for all grades"),
        ({"region": "city"}, {"region": "east", "business_unit": "silicones"}, "for a wider region"),
        ({"region": "east"}, {"business_unit": "silicones"}, "for a wider region"),
        ({"business_unit": "silicones"}, {"item": {"quantity_from": 50}}, "for all business units"),
        ({"item": {"quantity_from": 50}}, {"item": {"quantity_from": 10}}, "for smaller quantities"),
        ({}, {"item": {"unit": "tonne"}}, "per another unit"),
        ({"starts_on": dt.date(2026, 6, 1)}, {"starts_on": dt.date(2026, 5, 1)}, "older"),
        ({"item": {"starts_on": dt.date(2026, 6, 1)}}, {"starts_on": dt.date(2026, 5, 1)}, "older"),
    ],
)
@pytest.mark.parametrize("first", ["winner", "loser"])
def test_the_first_difference_decides(org: Any, market: Any, winner: Any, loser: Any, why: str, first: str) -> None:
    def made(values: dict[str, Any], price: int) -> PriceItem:
        places = {"city": market["city"], "east": org.east, "silicones": org.silicones, "tonne": market["tonne"]}

        def named(found: dict[str, Any]) -> dict[str, Any]:
            return {
                name: places.get(value, value) if isinstance(value, str) else value for name, value in found.items()
            }

        return offer(org, price, **{**named(values), "item": named(values.get("item", {}))})

    pairs = [(winner, 31), (loser, 29)]
    for values, price in pairs if first == "winner" else reversed(pairs):
        made(values, price)
    answer = ask(org, region=market["city"], business_unit=org.silicones, grade="A")
    assert answer.item.guide_price == 31
    assert [reason for _item, reason in answer.others] == [why]


def test_the_price_entered_last_decides_when_nothing_else_does(org: Any, market: Any) -> None:
    offer(org, 31)
    offer(org, 32)
    answer = ask(org)
    assert (answer.guide_price, [why for _item, why in answer.others]) == (32, ["entered earlier"])


@pytest.mark.parametrize(
    "values",
    [
        {"customer_grade": "B"},
        {"region": "south"},
        {"business_unit": "agro"},
        {"starts_on": dt.date(2026, 6, 16)},
        {"ends_on": dt.date(2026, 6, 14)},
        {"is_active": False},
        {"item": {"quantity_from": 101}},
        {"item": {"starts_on": dt.date(2026, 6, 16)}},
        {"item": {"ends_on": dt.date(2026, 6, 14)}},
        {"item": {"unit": "drum", "quantity_from": Decimal("0.501")}},
    ],
)
def test_what_does_not_apply_is_no_candidate(org: Any, market: Any, values: dict[str, Any]) -> None:
    places = {"south": org.south, "agro": org.agro, "drum": market["drum"]}

    def named(found: dict[str, Any]) -> dict[str, Any]:
        return {name: places.get(value, value) if isinstance(value, str) else value for name, value in found.items()}

    offer(org, 30, **{**named(values), "item": named(values.get("item", {}))})
    assert ask(org, region=org.east, business_unit=org.silicones, grade="A") is None


def test_prices_come_per_unit_asked_for_with_the_reasons(org: Any, market: Any) -> None:
    make_price(org, unit=market["tonne"], guide_price=Decimal(38500), floor_price=Decimal(34000))
    answer = ask(org, unit=market["drum"], quantity=Decimal(5))
    assert (answer.guide_price, answer.floor_price, answer.currency) == (7700, 6800, "CNY")
    assert "Converted: 1 桶 is 0.2 吨." in answer.reasons
    make_price(org, unit=market["tonne"], guide_price=Decimal(38000), floor_price=None, quantity_from=Decimal(1))
    assert ask(org, unit=market["drum"], quantity=Decimal("4.999")).guide_price == 7700
    assert ask(org, unit=market["drum"], quantity=Decimal(5)).guide_price == 7600


def test_another_currency_is_converted_at_the_rate_of_the_day_unless_a_list_has_it(org: Any, market: Any) -> None:
    make_price(org, guide_price=Decimal("71.2"), floor_price=None)
    dollar = Currency.objects.get(code="USD")
    with pytest.raises(DomainError, match="exchange rate for USD"):
        ask(org, currency=dollar)
    make_rate(org, starts_on=DAY, rate=Decimal("7.12"))
    answer = ask(org, currency=dollar)
    assert (answer.guide_price, answer.currency) == (10, "USD")
    assert any("that day" in reason for reason in answer.reasons)
    make_price(org, price_list=make_list(org, currency_id="USD"), guide_price=Decimal(11), floor_price=None)
    answer = ask(org, currency=dollar)
    assert (answer.guide_price, [why for _item, why in answer.others]) == (11, ["another currency"])


# ---- any mixture of lists, against a plain reading

LISTS = st.fixed_dictionaries(
    {
        "grade": st.sampled_from(["", "", "A", "B"]),
        "region": st.sampled_from([None, None, "east", "city", "south"]),
        "unit": st.sampled_from([None, None, "silicones", "agro"]),
        "priority": st.sampled_from([0, 0, 0, 1]),
        "first": st.integers(-20, 10),
        "days": st.sampled_from([None, None, 5, 25]),
        "active": st.sampled_from([True, True, True, False]),
        "items": st.lists(
            st.fixed_dictionaries(
                {
                    "per": st.sampled_from(["kg", "kg", "tonne", "drum"]),
                    "from": st.sampled_from(["0", "0", "0.5", "1", "100", "250"]),
                    "start": st.sampled_from([None, None, -3, 2]),
                    "price": st.integers(1, 99),
                }
            ),
            max_size=3,
        ),
    }
)
QUESTION = st.fixed_dictionaries(
    {
        "grade": st.sampled_from(["", "A", "B", "C"]),
        "region": st.sampled_from([None, "east", "city", "south"]),
        "unit": st.sampled_from([None, "silicones", "agro"]),
        "per": st.sampled_from(["kg", "tonne", "drum"]),
        "quantity": st.sampled_from(["0.25", "1", "100", "1000"]),
    }
)
KG = {"kg": Fraction(1), "tonne": Fraction(1000), "drum": Fraction(200)}
ABOVE = {None: [None], "east": [None, "east"], "city": [None, "east", "city"], "south": [None, "south"]}


def by_hand(lists: list[dict[str, Any]], question: dict[str, Any]) -> tuple[int, int] | None:
    """(list, item) of the price that applies, read as the guide says it."""
    found = []
    for number, one in enumerate(lists):
        last = None if one["days"] is None else one["first"] + one["days"]
        if not one["active"] or one["first"] > 0 or (last is not None and last < 0):
            continue
        if one["grade"] not in ("", question["grade"]) or one["region"] not in ABOVE[question["region"]]:
            continue
        if one["unit"] not in (None, question["unit"]):
            continue
        for place, item in enumerate(one["items"]):
            if item.get("left_out") or (item["start"] is not None and item["start"] > 0):
                continue
            kilograms = Fraction(item["from"]) * KG[item["per"]]
            if Fraction(question["quantity"]) * KG[question["per"]] < kilograms:
                continue
            start = one["first"] if item["start"] is None else item["start"]
            depth = len(ABOVE[one["region"]])
            order = (one["priority"], one["grade"] != "", depth, one["unit"] is not None, kilograms)
            found.append(((*order, item["per"] == question["per"], start, number, place), (number, place)))
    return max(found)[1] if found else None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists=st.lists(LISTS, max_size=6), questions=st.lists(QUESTION, min_size=1, max_size=4))
def test_any_lists_answer_as_the_rules_read(org: Any, market: Any, lists: Any, questions: Any) -> None:
    places = {"east": org.east, "city": market["city"], "south": org.south, None: None}
    business = {"silicones": org.silicones, "agro": org.agro, None: None}
    with transaction.atomic():
        made = []
        for number, one in enumerate(lists):
            first = DAY + dt.timedelta(days=one["first"])
            price_list = PriceList.objects.create(
                code=f"H{number}",
                name="x",
                starts_on=first,
                ends_on=None if one["days"] is None else first + dt.timedelta(days=one["days"]),
                customer_grade=one["grade"],
                region=places[one["region"]],
                business_unit=business[one["unit"]],
                priority=one["priority"],
                is_active=one["active"],
            )
            made.append([_store(org, market, price_list, one, item, earlier) for item, earlier in _with_earlier(one)])
        for question in questions:
            expected = by_hand(lists, question)
            answer = ask(
                org,
                quantity=Decimal(question["quantity"]),
                unit=market[question["per"]],
                grade=question["grade"],
                region=places[question["region"]],
                business_unit=business[question["unit"]],
            )
            assert (answer and answer.item) == (None if expected is None else made[expected[0]][expected[1]])
        transaction.set_rollback(True)


def _with_earlier(one: dict[str, Any]) -> Any:
    return ((item, one["items"][:place]) for place, item in enumerate(one["items"]))


def _store(org: Any, market: Any, price_list: PriceList, one: dict[str, Any], item: Any, earlier: Any) -> Any:
    """The price; one that the database would refuse beside an earlier one is left out of both readings."""
    same = [e for e in earlier if not e.get("left_out") and (e["per"], e["from"]) == (item["per"], item["from"])]
    start = None if item["start"] is None else DAY + dt.timedelta(days=item["start"])
    outside = start is not None and (
        start < price_list.starts_on or (price_list.ends_on and start > price_list.ends_on)
    )
    item["left_out"] = bool(same) or bool(outside)
    if item["left_out"]:
        return None
    return PriceItem.objects.create(
        price_list=price_list,
        product=org.product,
        unit=market[item["per"]],
        quantity_from=Decimal(item["from"]),
        guide_price=item["price"],
        starts_on=start,
    )


def test_the_answer_does_not_depend_on_the_order_of_entry_but_for_the_last_rule(org: Any, market: Any) -> None:
    values = [{"customer_grade": "A"}, {"region": org.east}, {"business_unit": org.silicones}, {}]
    prices = list(range(10, 14))
    random.Random(7).shuffle(values)
    for price, value in zip(prices, values, strict=True):
        offer(org, price, **value)
    answer = ask(org, region=market["city"], business_unit=org.silicones, grade="A")
    assert answer.item.price_list.customer_grade == "A"
    assert answer.others[0][0].price_list.region == org.east
