"""Specifications, rates, price lists and reports: what the domain and the database hold to."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from crm.catalogue.domain import competitors, prices, products, rates
from crm.catalogue.domain.specification import read_specification, update_field
from crm.catalogue.enums import RateKind
from crm.errors import DomainError, StaleVersion
from crm.models import Currency, ExchangeRate, PriceItem, PriceList, PriceReport, Product, Role, SpecificationField
from crm.organisation.standard_roles import STANDARD_ROLES
from orders.domain.conversion import Conversion
from tests.factories.catalogue import (
    make_field,
    make_list,
    make_price,
    make_product,
    make_rate,
    make_report,
    make_rival,
)
from tests.factories.records import day

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 6, 15)


@pytest.fixture
def fields(org: Any) -> dict[str, SpecificationField]:
    return {
        "viscosity": make_field(org, key="viscosity", name="粘度", name_en="Viscosity", unit="mPa·s", maximum=1000000),
        "parts": make_field(org, key="parts", name="组份", kind="choice", choices=["单组份", "双组份"], required=True),
        "ul": make_field(org, key="ul", name="UL 认证", kind="yes_no"),
        "looks": make_field(org, key="looks", name="外观", kind="text"),
    }


def test_values_are_kept_with_their_type(org: Any, fields: Any) -> None:
    typed = {"viscosity": "15000.50", "parts": "单组份", "ul": False, "looks": "半透明"}
    product = make_product(org, specification=typed)
    product.refresh_from_db()
    assert product.specification == {"viscosity": 15000.5, "parts": "单组份", "ul": False, "looks": "半透明"}
    assert make_product(org, specification={"parts": "双组份", "looks": ""}).specification == {"parts": "双组份"}


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"parts": "单组份", "viscosity": "-1"}, "spec_viscosity", "at least 0"),
        ({"parts": "单组份", "viscosity": "1000001"}, "spec_viscosity", "at most 1,000,000"),
        ({"parts": "单组份", "viscosity": "thick"}, "spec_viscosity", "number"),
        ({"parts": "单组份", "viscosity": True}, "spec_viscosity", "number"),
        ({"parts": "单组份", "viscosity": "0.1234567890123456"}, "spec_viscosity", "digits"),
        ({"parts": "三组份"}, "spec_parts", "one of"),
        ({"parts": "单组份", "ul": "perhaps"}, "spec_ul", "yes or no"),
        ({"viscosity": "1"}, "spec_parts", "required"),
        ({"parts": "单组份", "colour": "red"}, None, "no field"),
    ],
)
def test_what_does_not_fit_is_refused(org: Any, fields: Any, typed: Any, field: str, message: str) -> None:
    with pytest.raises(DomainError, match=message) as error:
        make_product(org, specification=typed)
    assert error.value.field == field


def test_a_field_does_not_change_under_the_values_there_are(org: Any, fields: Any) -> None:
    product = make_product(org, specification={"viscosity": 500, "parts": "单组份"})
    admin, viscosity, parts = org.people.administrator, fields["viscosity"], fields["parts"]
    for field, values in ((viscosity, {"maximum": Decimal(400)}), (parts, {"choices": ["双组份"]})):
        with pytest.raises(DomainError, match=product.code):
            update_field(instance=field, expected_version=field.version, actor=admin, **values)
        field.refresh_from_db()
    with pytest.raises(DomainError, match="key"):
        update_field(instance=viscosity, expected_version=viscosity.version, actor=admin, key="other")
    update_field(instance=viscosity, expected_version=viscosity.version, actor=admin, is_active=False)
    stored = Product.objects.get(pk=product.pk)
    changed = products.update_product(
        instance=stored, expected_version=stored.version, actor=admin, specification={"parts": "双组份"}
    )
    assert changed.specification == {"viscosity": 500, "parts": "双组份"}, "the value of a retired field stays"


def test_another_line_takes_over_only_what_fits_it(org: Any, fields: Any) -> None:
    make_field(org, key="viscosity", name="粘度", product_line=org.liquid, maximum=10)
    product = make_product(org, specification={"viscosity": 500, "parts": "单组份"})
    admin = org.people.administrator
    with pytest.raises(DomainError, match="at most 10"):
        products.update_product(
            instance=Product.objects.get(pk=product.pk),
            expected_version=product.version,
            actor=admin,
            product_line=org.liquid,
            specification={"viscosity": 500},
        )
    stored = Product.objects.get(pk=product.pk)
    moved = products.update_product(
        instance=stored, expected_version=stored.version, actor=admin, product_line=org.liquid
    )
    assert moved.specification == {}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"minimum": 5, "maximum": 4}, "smallest"),
        ({"kind": "text", "unit": "kg"}, "Only a number"),
        ({"kind": "choice"}, "at least one entry"),
        ({"kind": "text", "choices": ["a"]}, "at least one entry"),
        ({"key": "Viscosity!"}, "Small letters"),
    ],
)
def test_senseless_fields_are_refused(org: Any, values: dict[str, Any], message: str) -> None:
    with pytest.raises(DomainError, match=message):
        make_field(org, **values)
    make_field(org, key="once")
    with pytest.raises(DomainError, match="of this key already"):
        make_field(org, key="once")


def test_a_specification_in_one_cell_is_read_by_any_name_of_a_field(org: Any, fields: Any) -> None:
    found = read_specification(org.sealant, "粘度=15000；parts：单组份\nUL 认证 = 是; looks=半透明")
    assert found == {"viscosity": "15000", "parts": "单组份", "ul": True, "looks": "半透明"}
    with pytest.raises(DomainError, match="颜色"):
        read_specification(org.sealant, "颜色=红")


def test_the_rate_in_force_is_the_newest_of_its_kind(org: Any) -> None:
    for offset, rate, kind in ((-40, "7.00", "daily"), (-1, "7.12", "daily"), (1, "9", "daily"), (-1, "6.5", "budget")):
        make_rate(org, starts_on=TODAY + dt.timedelta(days=offset), rate=Decimal(rate), kind=kind)
    assert rates.rate_on("USD", TODAY) == Decimal("7.12")
    assert rates.rate_on("USD", TODAY - dt.timedelta(days=2)) == Decimal(7)
    assert rates.rate_on("USD", TODAY, RateKind.BUDGET) == Decimal("6.5")
    assert Conversion().rate("USD", TODAY) == Decimal("7.12"), "documents convert at the daily rate"
    with pytest.raises(DomainError):
        rates.rate_on("USD", TODAY - dt.timedelta(days=41))


def test_old_and_missing_rates_are_told(org: Any, settings: Any) -> None:
    settings.EXCHANGE_RATE_MAX_AGE_DAYS = 3
    make_rate(org, starts_on=TODAY - dt.timedelta(days=3))
    make_rate(org, starts_on=TODAY + dt.timedelta(days=1))

    def found(today: dt.date) -> dict[str, tuple[int, bool]]:
        return {fresh.currency.pk: (fresh.age, fresh.is_old) for fresh in rates.freshness(today)}

    assert found(TODAY) == {"USD": (3, False), "JPY": (0, True)}
    assert found(TODAY + dt.timedelta(days=1)) == {"USD": (0, False), "JPY": (0, True)}
    ExchangeRate.objects.filter(starts_on__gt=TODAY).delete()
    assert found(TODAY + dt.timedelta(days=1))["USD"] == (4, True)


def test_a_rate_of_the_base_currency_a_second_one_of_a_day_and_nonsense_are_refused(org: Any) -> None:
    make_rate(org, starts_on=TODAY)
    with pytest.raises(DomainError, match="already"):
        make_rate(org, starts_on=TODAY)
    make_rate(org, starts_on=TODAY, kind="budget")
    with pytest.raises(DomainError, match="base currency"):
        make_rate(org, currency_id="CNY")
    with pytest.raises(DomainError, match="larger than zero"):
        make_rate(org, rate=Decimal(0))
    with pytest.raises(DomainError, match="capital letters"):
        rates.create_currency(actor=org.people.administrator, code="us1", name="x")
    assert Currency.objects.filter(code="us1").count() == 0


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"floor_price": Decimal("38.6")}, "not above the guide"),
        ({"floor_price": Decimal(0)}, "larger than zero"),
        ({"guide_price": Decimal(0), "floor_price": None}, "larger than zero"),
        ({"quantity_from": Decimal(-1)}, "negative"),
        ({"starts_on": dt.date(2026, 3, 2), "ends_on": dt.date(2026, 3, 1)}, "before the first"),
        ({"starts_on": dt.date(2019, 1, 1)}, "outside the days"),
        ({}, "for the same time"),
        ({"ends_on": dt.date(2026, 3, 1)}, "for the same time"),
    ],
)
def test_senseless_prices_are_refused(org: Any, values: dict[str, Any], message: str) -> None:
    price_list = make_list(org)
    make_price(org, price_list=price_list)
    with pytest.raises(DomainError, match=message):
        make_price(org, price_list=price_list, **values)
    assert PriceItem.objects.count() == 1


def test_the_database_itself_refuses_a_floor_above_the_guide(org: Any) -> None:
    item = make_price(org)
    with pytest.raises(IntegrityError), transaction.atomic():
        PriceItem.objects.filter(pk=item.pk).update(floor_price=100)


def test_prices_may_follow_each_other_and_differ_by_quantity(org: Any) -> None:
    price_list = make_list(org)
    make_price(org, price_list=price_list, ends_on=dt.date(2026, 6, 30))
    make_price(org, price_list=price_list, starts_on=dt.date(2026, 7, 1))
    make_price(org, price_list=price_list, quantity_from=1000)
    assert PriceItem.objects.count() == 3


def test_a_new_version_copies_what_is_valid_changes_it_and_ends_the_old_list(org: Any) -> None:
    source = make_list(org, region=org.east, customer_grade="A", priority=2)
    make_price(org, price_list=source, guide_price=Decimal("38.55"), floor_price=Decimal("34.15"))
    make_price(org, price_list=source, quantity_from=500, guide_price=Decimal(37), floor_price=None)
    make_price(org, price_list=source, quantity_from=900, ends_on=dt.date(2026, 6, 30))
    new = prices.copy_price_list(
        source=source,
        actor=org.people.administrator,
        code="NEW",
        name="新价格表",
        starts_on=dt.date(2026, 7, 1),
        percent=Decimal("3.5"),
        decimals=1,
    )
    stored = PriceList.objects.get(code="NEW")
    assert (stored.region, stored.customer_grade, stored.priority, stored.copied_from) == (org.east, "A", 2, source)
    copied = new.items.order_by("quantity_from").values_list("quantity_from", "guide_price", "floor_price")
    assert list(copied) == [(0, Decimal("39.9"), Decimal("35.3")), (500, Decimal("38.3"), None)]
    source.refresh_from_db()
    assert source.ends_on == dt.date(2026, 6, 30)
    assert source.items.get(quantity_from=0).guide_price == Decimal("38.55")
    assert PriceItem.pgh_event_model.objects.filter(price_list_id=new.pk, pgh_label="insert").count() == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"starts_on": dt.date(2020, 1, 1)}, "starts_on"),
        ({"percent": Decimal(-100)}, "percent"),
        ({"percent": Decimal("-99.9"), "decimals": 0}, "percent"),
        ({"code": "taken"}, "code"),
    ],
)
def test_a_new_version_that_makes_no_sense_leaves_everything_as_it_was(org: Any, values: Any, field: str) -> None:
    source = make_list(org)
    make_list(org, code="taken")
    make_price(org, price_list=source)
    wanted = {"code": "NEW", "name": "x", "starts_on": dt.date(2026, 7, 1), **values}
    with pytest.raises(DomainError) as error:
        prices.copy_price_list(source=source, actor=org.people.administrator, **wanted)
    assert error.value.field == field
    source.refresh_from_db()
    assert (source.ends_on, PriceList.objects.count(), PriceItem.objects.count()) == (None, 2, 1)


def test_a_list_with_prices_keeps_its_currency_and_a_product_its_base_unit(org: Any) -> None:
    item = make_price(org)
    price_list = PriceList.objects.get(pk=item.price_list_id)
    with pytest.raises(DomainError, match="currency"):
        prices.update_price_list(
            instance=price_list, expected_version=1, actor=org.people.administrator, currency=Currency(code="USD")
        )
    product = Product.objects.get(pk=org.product.pk)
    from tests.factories.catalogue import make_unit

    with pytest.raises(DomainError, match="remove them first"):
        products.update_product(
            instance=product, expected_version=1, actor=org.people.administrator, base_unit=make_unit(org)
        )


def test_a_report_keeps_what_it_was_worth_that_day(org: Any) -> None:
    make_rate(org, starts_on=day(-10), rate=Decimal("7.2"))
    report = make_report(org, price=Decimal("5"), currency_id="USD", observed_on=day(-5))
    assert report.price_base == 36
    make_rate(org, starts_on=day(-7), rate=Decimal("8"))
    assert PriceReport.objects.get(pk=report.pk).price_base == 36
    report = competitors.update_report(
        instance=report, expected_version=report.version, actor=org.people.administrator, price=Decimal(6)
    )
    assert report.price_base == 48
    for values, field in (
        ({"observed_on": day(1)}, "observed_on"),
        ({"currency_id": "USD", "observed_on": day(-11)}, "currency"),
    ):
        with pytest.raises(DomainError) as error:
            make_report(org, **values)
        assert error.value.field == field
    with pytest.raises(DomainError, match="larger than zero"):
        make_report(org, price=Decimal(0))


def test_a_competitors_product_is_named_once_and_knows_ours(org: Any) -> None:
    rival = make_rival(org)
    with pytest.raises(DomainError, match="already"):
        make_rival(org, competitor=rival.competitor, name=rival.name)
    first = competitors.update_competitor_product(
        instance=rival, expected_version=rival.version, actor=org.people.administrator, comparable=[]
    )
    assert list(first.comparable.all()) == []
    with pytest.raises(StaleVersion):
        competitors.update_competitor_product(
            instance=rival, expected_version=1, actor=org.people.administrator, notes="x"
        )


def test_standard_roles_have_what_the_catalogue_needs(org: Any) -> None:
    floor = {role.code for role in Role.objects.all() if "crm.view_floor_price" in role.permissions}
    assert floor == {
        "sales_manager",
        "bu_head",
        "executive",
        "finance",
        "data_steward",
        "administrator",
        "product_manager",
    }
    stored = {role.code: set(role.permissions) for role in Role.objects.all()}
    for role in STANDARD_ROLES:
        assert set(role.permissions) <= stored[role.code]
    assert "crm.view_priceitem" in stored["sales_rep"]
    assert "crm.change_priceitem" not in stored["sales_manager"]
