"""The catalogue's checks find what is wrong; periods and targets."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import activate

from analytics.catalogue import CATALOGUE
from analytics.checks import catalogue_is_sound, fact_problems, indicator_problems, measure_problems
from analytics.definitions import Text
from analytics.display import period_choices
from analytics.domain.targets import create_target, update_target
from analytics.engine.achieve import achievement, change
from analytics.engine.facts import within
from analytics.engine.reader import COMPANY
from analytics.engine.request import previous
from analytics.engine.targets import Targets
from analytics.measures import FACTS, MEASURES
from analytics.models import Target
from crm.errors import DomainError, NotAllowed, StaleVersion
from crm.periods import parse_period
from orders.models import SalesOrderLine
from tests.factories.analytics import TODAY, day, make_target


def test_the_catalogue_is_sound() -> None:
    assert catalogue_is_sound(None) == []


def test_what_does_not_exist_is_found() -> None:
    fact, measure, indicator = FACTS["order_line"], MEASURES["lines_on_time"], CATALOGUE[54]
    assert list(fact_problems(replace(fact, dimensions={"region": "order__region_of"})))
    assert list(fact_problems(replace(fact, dimensions={"colour": "region_id"})))
    assert list(fact_problems(replace(fact, rows=("imaginary",))))
    assert list(measure_problems(replace(measure, fact="nothing")))
    assert list(measure_problems(replace(measure, keep="visible_to")))
    assert list(measure_problems(replace(MEASURES["revenue"], value="")))
    assert list(indicator_problems(replace(indicator, name=Text("名", ""))))
    assert list(indicator_problems(replace(indicator, numerator="nothing")))
    assert list(indicator_problems(replace(indicator, dimensions=("campaign_type",))))
    assert list(indicator_problems(replace(indicator, denominator="target:999")))


def test_periods() -> None:
    quarter = parse_period("2026-q3", today=TODAY)
    assert (quarter.first, quarter.last, quarter.label) == (day("07-01"), day("09-01"), "2026-Q3")
    assert [month.month for month in parse_period("ytd", today=TODAY).months] == list(range(1, 12))
    assert previous(quarter).first == day("04-01")
    assert quarter.year_before().last.isoformat() == "2025-09-01"
    labels = [period.label for period in period_choices(TODAY)]
    assert labels == ["ytd", "2026-11", "2026-10", "2026-Q4", "2026-Q3", "2026", "2025"]
    for bad in ("2026-00", "26", "2026-Q5", "now", ""):
        with pytest.raises(ValueError, match="2026-Q3"):
            parse_period(bad, today=TODAY)


def test_months_are_asked_for_as_ranges(db: Any) -> None:
    months = [day("03-01"), day("01-01"), day("02-01"), day("07-01")]
    sql = str(SalesOrderLine.objects.filter(within("ordered_on", months)).query)
    assert sql.count('"ordered_on" >=') == 2


def test_achievement_turns_where_less_is_better() -> None:
    up, down = CATALOGUE[54], CATALOGUE[70]
    assert achievement(up, Decimal(95), Decimal(100)).tone == "warn"
    assert achievement(up, Decimal(89), Decimal(100)).tone == "bad"
    assert achievement(down, Decimal(25), Decimal(20)).percent == 80
    assert achievement(down, Decimal(10), Decimal(20)).tone == "ok"
    assert achievement(CATALOGUE[64], Decimal(1), Decimal(1)) is None
    assert change(down, Decimal(25), Decimal(20)) == (5, "pp")
    assert change(up, Decimal(25), Decimal(20)) == (25, "%")
    assert change(up, Decimal(25), Decimal(0)) is None


def test_targets_add_up_for_flows_and_not_for_ratios(org: Any, today: Any) -> None:
    for month, value in (("10-01", 30), ("11-01", 50)):
        make_target(org, indicator=31, month=day(month), value=value)
        make_target(org, indicator=70, month=day(month), value=value)
        make_target(org, indicator=54, month=day(month), value=value, business_unit=org.agro)
        make_target(org, indicator=54, month=day(month), value=1, business_unit=org.silicones)
    period = parse_period("ytd", today=TODAY)
    last_two = replace(period, first=day("10-01"))
    targets = Targets(COMPANY, period.months, today=TODAY)
    assert targets.of(31, last_two) == 40  # mean
    assert targets.of(70, last_two) == 50  # state: the last month
    assert targets.of(54, last_two) == 82  # the business units', as the company has none of its own
    assert targets.of(54, period) is None  # months without a target
    assert Targets(org.people.bu_head, period.months, today=TODAY).of(54, last_two) == 2
    assert Targets(org.people.sales_rep, period.months, today=TODAY).of(54, last_two) is None


def test_setting_targets(org: Any) -> None:
    head = org.people.bu_head
    activate("en")
    target = create_target(indicator=61, month=day("10-17"), business_unit=org.silicones, value=Decimal(5), actor=head)
    assert target.month == day("10-01")
    with pytest.raises(DomainError, match="already"):
        create_target(indicator=61, month=day("10-01"), business_unit=org.silicones, value=Decimal(6), actor=head)
    with pytest.raises(DomainError, match="999"):
        create_target(indicator=999, month=day("10-01"), business_unit=None, value=Decimal(6), actor=head)
    with pytest.raises(NotAllowed):
        create_target(
            indicator=61, month=day("10-01"), business_unit=None, value=Decimal(6), actor=org.people.sales_rep
        )
    update_target(instance=target, expected_version=1, value=Decimal(7), actor=head)
    with pytest.raises(StaleVersion):
        update_target(instance=target, expected_version=1, value=Decimal(8), actor=head)
    assert Target.objects.get(pk=target.pk).value == 7
