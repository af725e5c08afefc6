"""The history of stages adds up with the funnel, and the cohorts are those of a count in plain Python: whatever the history."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opportunities.domain.cohorts import cohorts, periods
from opportunities.domain.funnel import Funnel
from opportunities.domain.opportunity import create_opportunity
from opportunities.domain.pipeline import by_member, by_stage, flows
from opportunities.models import Opportunity
from tests.factories.records import day, make_customer, make_opportunity
from tests.opportunities.funnel.history import Told, write_history

pytestmark = pytest.mark.django_db
EVERY = settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
known: list[Told] = []


@pytest.fixture(autouse=True)
def forget() -> None:
    """Nothing is known of an earlier test's rows."""
    known.clear()


@EVERY
@given(seed=st.integers(0, 10**9))
def test_what_came_into_a_stage_is_still_there_or_left_it(seed: int, org: Any) -> None:
    known.extend(write_history(org, seed, 25))
    wanted: dict[int, Counter[str]] = {}
    for told in known:
        for source, target, _at in told.moves:
            wanted.setdefault(target.pk, Counter())["entered"] += 1
            if source is not None:
                ends = {"won": "won", "lost": "lost", "on_hold": "held"}
                way = ends.get(target.category) or ("onward" if target.position > source.position else "back")
                wanted.setdefault(source.pk, Counter())[way] += 1
        wanted[told.stage.pk]["there"] += 1
    for flow in flows(Opportunity.objects.all(), Funnel().open_stages):
        assert flow.entered == flow.there + flow.onward + flow.back + flow.won + flow.lost + flow.held
        counted = wanted.get(flow.stage.pk, Counter())
        for name in ("entered", "there", "onward", "back", "won", "lost", "held"):
            assert getattr(flow, name) == counted[name], (flow.stage, name)


@EVERY
@given(seed=st.integers(0, 10**9), quarters=st.booleans())
def test_cohorts_are_those_of_a_plain_count(seed: int, quarters: bool, org: Any) -> None:
    known.extend(write_history(org, seed, 25))
    stages = Funnel().open_stages
    for found in cohorts(Opportunity.objects.all(), stages, periods(timezone.localdate(), quarters=quarters)):
        mine = [
            one for one in known if found.period.start <= timezone.localtime(one.created).date() <= found.period.end
        ]
        assert found.count == len(mine)
        for place, stage in enumerate(stages):
            later = {other.pk for other in stages[place:]}
            reached = sum(any(target.pk in later for _source, target, _at in one.moves) for one in mine)
            assert found.reached.get(stage.pk, 0) == reached, (found.period.label, stage)
        for category in ("won", "lost", "open", "on_hold"):
            assert found.now(category) == sum(one.stage.category == category for one in mine)
        assert sum(found.ended.values()) == found.count


def test_the_funnel_by_stage_and_member(org: Any) -> None:
    told = write_history(org, 7, 60)
    stages = Funnel().open_stages
    rows = list(Opportunity.objects.select_related("product_line"))
    loads = by_stage(Opportunity.objects.all(), stages)
    for stage in stages:
        mine = [one for one in told if one.stage == stage]
        amount = sum((one.amount for one in mine), Decimal(0))
        kg = sum((row.our_volume_kg or Decimal(0) for row in rows if row.stage_id == stage.pk), Decimal(0))
        assert (loads[stage.pk].count, loads[stage.pk].amount, loads[stage.pk].kg) == (len(mine), amount, kg)
        assert loads[stage.pk].weighted == amount * stage.probability / 100
    members = by_member(Opportunity.objects.all(), stages, "product_line")
    assert {member.key for member in members} == {org.sealant.pk, org.liquid.pk, None}
    assert sum(member.whole.count for member in members) == sum(load.count for load in loads.values())
    assert sum(member.whole.amount for member in members) == sum(load.amount for load in loads.values())


def test_a_new_opportunity_begins_its_history(org: Any) -> None:
    record = create_opportunity(
        actor=org.people.sales_rep, name="n", customer=make_customer(org, owner=org.people.sales_rep)
    )
    row = record.stage_changes.get()
    assert (row.source, row.target, row.at) == (None, record.stage, record.stage_since)


def test_why_and_to_whom_we_lost(org: Any, client_of: Any) -> None:
    lost = {"stage": "lost", "closed_on": day(-20)}
    for reason, rival, amount in (
        ("price", "D 牌", 10),
        ("price", "E 牌", 20),
        ("quality", "D 牌", 5),
        ("cancelled", "", 1),
    ):
        make_opportunity(org, loss_reason=reason, lost_to=rival, amount_base=amount, **lost)
    make_opportunity(org, stage="won", closed_on=day(-3), amount_base=100)
    make_opportunity(org, stage="lost", closed_on=day(-400), loss_reason="price")
    client = client_of(org.people.sales_manager)
    shown = client.get(reverse("opportunities:funnel")).context
    found = shown["ended"]
    assert (found.win_rate, found.won.amount, found.lost.count) == (Decimal("0.2"), 100, 4)
    assert [(one.key, one.count, one.amount) for one in found.rivals] == [("D 牌", 2, 15), ("E 牌", 1, 20)]
    assert (shown["reasons"][0]["ending"].key, shown["reasons"][0]["ending"].count) == ("price", 2)
    assert client.get(shown["reasons"][0]["url"]).context["total"] == 2
    assert client.get(shown["lost_url"]).context["total"] == 4


def test_each_number_leads_to_exactly_its_rows(org: Any, client_of: Any) -> None:
    told = write_history(org, 11, 80)
    client = client_of(org.people.sales_manager)
    page = client.get(reverse("opportunities:funnel"), {"by": "product_line", "span": "quarter"})
    links = [
        (cell["url"], cell["count"])
        for row in page.context["cohorts"]
        for cell in (row["all"], *row["cells"])
        if cell["url"]
    ]
    links += [(stage["url"], stage["load"].count) for stage in page.context["stages"]]
    links += [
        (cell["url"], cell["load"].count)
        for member in page.context["members"]
        for cell in member["cells"]
        if cell["url"] and cell["load"].count
    ]
    assert len(links) > 40 and len(told) == 80
    for url, count in links[::11]:
        shown = client.get(url).context
        assert shown["total"] == count, url
