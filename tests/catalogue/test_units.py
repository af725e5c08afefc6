"""Quantities convert exactly, on and back again; what the database refuses."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from crm.catalogue.domain.units import (
    ProductRatios,
    convert,
    create_unit,
    decimal_of,
    general_ratio,
    ratio,
    remove_product_unit,
    set_product_unit,
    update_unit,
)
from crm.errors import DomainError, StaleVersion
from crm.models import Product, ProductUnit, Unit
from tests.factories.catalogue import kilogram, make_unit

factors = st.decimals("0.000001", "1000000", places=6).map(Decimal)
quantities = st.decimals("-1000000", "1000000", places=3)


def unit(pk: int, factor: Decimal | None, dimension: str = "mass") -> Unit:
    """A unit in memory."""
    return Unit(pk=pk, code=str(pk), name=str(pk), dimension=dimension, factor=factor)


def ratios(own: dict[Unit, Fraction], base: Unit) -> ProductRatios:
    """A product's ratios in memory, made the way they are read."""
    made = ProductRatios.__new__(ProductRatios)
    made.take(base, sorted(own.items(), key=lambda pair: pair[0].code))
    return made


@given(factors, factors, factors)
def test_general_ratios_are_inverse_and_transitive(a: Decimal, b: Decimal, c: Decimal) -> None:
    one, two, three = unit(1, a), unit(2, b), unit(3, c)
    there, back, on = general_ratio(one, two), general_ratio(two, one), general_ratio(two, three)
    assert there * back == 1
    assert there * on == general_ratio(one, three)
    assert general_ratio(one, one) == 1


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=3, max_size=3), factors, factors)
def test_ratios_of_a_product_go_through_its_base_unit(
    own: list[tuple[int, int]], litre: Decimal, other: Decimal
) -> None:
    base, drum, carton = unit(1, Decimal(1)), unit(2, None, "package"), unit(3, None, "package")
    volume, small = unit(4, litre, "volume"), unit(5, other, "volume")
    pairs = zip((drum, carton, volume), own, strict=True)
    found = ratios({one: Fraction(top, bottom) for one, (top, bottom) in pairs}, base)
    everything = (base, drum, carton, volume, small)
    for first in everything:
        for second in everything:
            assert found.between(first, second) * found.between(second, first) == 1
            for third in everything:
                chain = found.between(first, second) * found.between(second, third)
                assert chain == found.between(first, third)


@given(quantities, st.integers(1, 400), st.integers(1, 400))
def test_a_decimal_is_within_half_of_its_last_place_and_exact_when_it_can_be(
    quantity: Decimal, top: int, bottom: int
) -> None:
    exact = Fraction(quantity) * top / bottom
    shown = decimal_of(exact)
    assert abs(Fraction(shown) - exact) <= Fraction(1, 2 * 10**9)
    if (10**9 * exact).denominator == 1:
        assert Fraction(shown) == exact
    assert str(shown) == str(shown).rstrip("0") or "." not in str(shown)


def test_large_quantities_keep_every_digit() -> None:
    assert decimal_of(Fraction(Decimal("123456789012345678901234.567"))) == Decimal("123456789012345678901234.567")
    assert str(decimal_of(Fraction(-1, 3))) == "-0.333333333"
    assert str(decimal_of(Fraction(0))) == "0"


@pytest.fixture
def kinds(org: Any) -> SimpleNamespace:
    return SimpleNamespace(
        kg=kilogram(),
        tonne=make_unit(org, code="TO", name="吨", dimension="mass", factor=1000),
        litre=make_unit(org, code="L", name="升", dimension="volume", factor=1, is_base=True),
        millilitre=make_unit(org, code="ML", name="毫升", dimension="volume", factor=Decimal("0.001")),
        drum=make_unit(org, code="DR", name="桶"),
        product=Product.objects.get(pk=org.product.pk),
        admin=org.people.administrator,
    )


def test_a_product_says_what_its_drum_holds_and_what_a_litre_weighs(kinds: Any) -> None:
    product, say = kinds.product, {"actor": kinds.admin, "product": kinds.product}
    assert convert(Decimal("2.5"), kinds.tonne, kinds.kg) == 2500
    with pytest.raises(DomainError, match="桶"):
        convert(Decimal(1), kinds.drum, kinds.kg, product=product)
    set_product_unit(unit=kinds.drum, amount=Decimal(1), base_amount=Decimal(200), **say)
    set_product_unit(unit=kinds.litre, amount=Decimal(1), base_amount=Decimal("1.08"), **say)
    assert convert(Decimal(3), kinds.drum, kinds.tonne, product=product) == Decimal("0.6")
    assert convert(Decimal(500), kinds.millilitre, kinds.kg, product=product) == Decimal("0.54")
    assert ratio(kinds.drum, kinds.litre, product) == Fraction(200) / Fraction("1.08")
    set_product_unit(unit=kinds.drum, amount=Decimal(3), base_amount=Decimal(20), **say)
    row = ProductUnit.objects.get(product=product, unit=kinds.drum)
    assert (row.numerator, row.denominator) == (20, 3)
    remove_product_unit(row=row, actor=kinds.admin)
    with pytest.raises(DomainError):
        convert(Decimal(1), kinds.drum, kinds.kg, product=product)
    with pytest.raises(DomainError, match="does not convert"):
        convert(Decimal(1), kinds.litre, kinds.kg)


@pytest.mark.parametrize(("amount", "base_amount"), [("0", "5"), ("1", "-1"), ("7", "2147483648.1")])
def test_senseless_units_of_a_product_are_refused(kinds: Any, amount: str, base_amount: str) -> None:
    with pytest.raises(DomainError) as error:
        set_product_unit(
            product=kinds.product,
            unit=kinds.drum,
            amount=Decimal(amount),
            base_amount=Decimal(base_amount),
            actor=kinds.admin,
        )
    assert error.value.field == "base_amount"
    with pytest.raises(DomainError, match="base unit"):
        set_product_unit(
            product=kinds.product, unit=kinds.kg, amount=Decimal(1), base_amount=Decimal(1), actor=kinds.admin
        )


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"dimension": "mass", "factor": None}, "needs a factor"),
        ({"dimension": "package", "factor": 5}, "needs a factor"),
        ({"dimension": "mass", "factor": 0}, "larger than zero"),
        ({"dimension": "mass", "factor": 1, "is_base": True}, "base unit already"),
        ({"dimension": "length", "factor": 2, "is_base": True}, "factor 1"),
        ({"code": "KG"}, "in use already"),
    ],
)
def test_the_database_refuses_senseless_units(org: Any, kinds: Any, values: dict[str, Any], message: str) -> None:
    with pytest.raises(DomainError, match=message):
        create_unit(actor=kinds.admin, **{"code": "NEW", "name": "新", **values})
    assert not Unit.objects.filter(code="NEW").exists()


def test_a_stale_change_of_a_unit_is_told(kinds: Any) -> None:
    first, second = Unit.objects.get(code="TO"), Unit.objects.get(code="TO")
    update_unit(instance=first, expected_version=first.version, actor=kinds.admin, name="公吨")
    with pytest.raises(StaleVersion):
        update_unit(instance=second, expected_version=second.version, actor=kinds.admin, name="t")
    with pytest.raises(IntegrityError):
        ProductUnit.objects.create(product=kinds.product, unit=kinds.drum, numerator=0, denominator=1)
