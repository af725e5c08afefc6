"""Creating, changing and handing over opportunities: numbers, amounts, currency, assignment."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from crm.errors import DomainError, StaleVersion
from crm.models import Currency, ExchangeRate
from opportunities.domain.opportunity import create_opportunity, transfer_owner, update_opportunity
from opportunities.models import Opportunity
from tests.factories.records import make_customer, make_opportunity

pytestmark = pytest.mark.django_db


def create(org, **values):
    values.setdefault("customer", make_customer(org, region=org.south))
    return create_opportunity(actor=org.people.sales_rep, **{"name": "电池包密封胶导入", **values})


def test_numbers_count_by_month(org):
    month = f"{timezone.localdate():%y%m}"
    assert [create(org).code, create(org).code] == [f"OPP-{month}-0001", f"OPP-{month}-0002"]


def test_a_refused_creation_uses_up_no_number(org):
    with pytest.raises(DomainError):
        create(org, our_volume_kg=Decimal(10), demand_kg=Decimal(5))
    assert create(org).code.endswith("-0001")


def test_a_new_one_stands_in_the_first_stage_with_owner_team_unit_and_region(org):
    opportunity = create(org)
    assert opportunity.stage.code == "requirement"
    assert (opportunity.owner, opportunity.team) == (org.people.sales_rep, org.sub_team)
    assert (opportunity.business_unit, opportunity.region) == (org.silicones, org.south)
    assert opportunity.assigned_on == timezone.localdate()
    assert list(Opportunity.objects.search("dcbmfj")) == [opportunity]


@pytest.mark.parametrize(
    ("volume", "market", "proposed", "amount"),
    [
        (80000, "34.20", None, "2736000.00"),
        (80000, "34.20", "33.50", "2680000.00"),
        (None, "34.20", None, "0.00"),
        (80000, None, None, "0.00"),
        (Decimal("0.333"), "1.005", None, "0.33"),
    ],
)
def test_the_amount_follows_volume_and_price(org, volume, market, proposed, amount):
    opportunity = create(
        org,
        our_volume_kg=volume and Decimal(volume),
        market_price=market and Decimal(market),
        proposed_price=proposed and Decimal(proposed),
    )
    opportunity.refresh_from_db()
    assert (opportunity.amount, opportunity.amount_base) == (Decimal(amount), Decimal(amount))


def test_another_currency_is_kept_beside_the_base_amount_at_todays_rate(org):
    dollar = Currency.objects.get(code="USD")
    today = timezone.localdate()
    ExchangeRate.objects.create(currency=dollar, starts_on=today - dt.timedelta(days=40), rate=Decimal("7.00"))
    ExchangeRate.objects.create(currency=dollar, starts_on=today, rate=Decimal("7.12"))
    ExchangeRate.objects.create(currency=dollar, starts_on=today + dt.timedelta(days=1), rate=Decimal("9.99"))
    opportunity = create(org, our_volume_kg=Decimal(1000), market_price=Decimal("4.5"), currency=dollar)
    assert (opportunity.amount, opportunity.amount_base) == (Decimal("4500.00"), Decimal("32040.00"))


def test_without_a_rate_it_says_so_and_yen_have_no_decimals(org):
    yen = Currency.objects.get(code="JPY")
    with pytest.raises(DomainError, match="JPY") as error:
        create(org, our_volume_kg=Decimal(3), market_price=Decimal("10.5"), currency=yen)
    assert error.value.field == "currency"
    ExchangeRate.objects.create(currency=yen, starts_on=dt.date(2026, 1, 1), rate=Decimal("0.05"))
    opportunity = create(org, our_volume_kg=Decimal(3), market_price=Decimal("10.5"), currency=yen)
    assert (opportunity.amount, opportunity.amount_base) == (Decimal("32"), Decimal("1.60"))


def test_an_edit_recomputes_the_amount_and_refuses_a_stale_version(org):
    opportunity = create(org, our_volume_kg=Decimal(1000), market_price=Decimal(30))
    version = opportunity.version
    stale = Opportunity.objects.get(pk=opportunity.pk)
    update_opportunity(
        instance=opportunity, expected_version=version, actor=org.people.sales_rep, market_price=Decimal(31)
    )
    assert opportunity.amount_base == Decimal("31000.00")
    with pytest.raises(StaleVersion):
        update_opportunity(instance=stale, expected_version=version, actor=org.people.sales_rep, name="另一个")
    assert Opportunity.objects.get(pk=opportunity.pk).name == "电池包密封胶导入"


@pytest.mark.parametrize("field", ["stage", "closed_on", "amount", "lost_to"])
def test_nothing_but_a_move_writes_the_stage(org, field):
    opportunity = create(org)
    with pytest.raises(TypeError):
        update_opportunity(
            instance=opportunity, expected_version=opportunity.version, actor=org.people.sales_rep, **{field: None}
        )


def test_handing_over_moves_team_and_sets_the_day_once(org):
    fresh = make_opportunity(org, owner=org.people.colleague, assigned_on=None)
    old = make_opportunity(org, owner=org.people.colleague, assigned_on=dt.date(2026, 1, 2))
    already = make_opportunity(org, owner=org.people.sales_manager)
    count = transfer_owner(Opportunity.objects.all(), owner=org.people.sales_manager, actor=org.people.sales_manager)
    assert count == 2
    for record in (fresh, old, already):
        record.refresh_from_db()
    assert fresh.assigned_on == timezone.localdate()
    assert (old.assigned_on, old.owner, old.team) == (dt.date(2026, 1, 2), org.people.sales_manager, org.team)
    assert (old.version, already.version) == (2, 1)
    assert type(old).pgh_event_model.objects.filter(pgh_obj_id=old.pk, pgh_label="update").count() == 1


def test_not_to_somebody_who_has_left(org):
    org.people.colleague.is_active = False
    org.people.colleague.save()
    with pytest.raises(DomainError) as error:
        transfer_owner(Opportunity.objects.all(), owner=org.people.colleague, actor=org.people.sales_manager)
    assert error.value.field == "owner"
