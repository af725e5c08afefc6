"""The pages of the funnel: a fixed number of queries, the same filters everywhere, the calendar."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opportunities.domain.key_projects import mark
from tests.factories.records import day, make_customer, make_opportunity
from tests.factories.samples import approved, dispatched, make_sample
from tests.opportunities.funnel.history import write_history

pytestmark = pytest.mark.django_db
PAGES = ("opportunity_calendar", "funnel", "funnel_key", "funnel_risks", "funnel_changes")


def some(org: Any, seed: int, count: int) -> None:
    """Opportunities of every kind, with what the pages show beside them."""
    told = write_history(org, seed, count, days=30)
    for one in told[::3]:
        row = make_opportunity(org, slip_count=1, next_step="x", next_step_on=day(), expected_close_on=day(3))
        mark(opportunity=row, actor=org.people.sales_manager)
        dispatched(org, approved(org, make_sample(org, opportunity=row, customer=row.customer)))
        assert one.pk


def test_the_number_of_queries_does_not_grow(org: Any, client_of: Any) -> None:
    client, counts = client_of(org.people.sales_manager), []
    for seed, count in ((1, 3), (2, 12)):
        some(org, seed, count)
        found = {}
        for name in PAGES:
            client.get(reverse(f"opportunities:{name}"))
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(f"opportunities:{name}")).status_code == 200
            found[name] = len(captured)
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= 24, counts[0]


def test_all_views_keep_the_filters(org: Any, client_of: Any) -> None:
    mine = make_opportunity(org, name="我的", next_step="去拜访", next_step_on=day(), expected_close_on=day(1))
    make_opportunity(org, owner=org.people.colleague, name="别人的", next_step_on=day(), next_step="别人拜访")
    client = client_of(org.people.sales_manager)
    query = {"owner": mine.owner_id, "day": "2020-01-01", "by": "team", "page": 3}
    for name in ("opportunity_board", "opportunity_list", *PAGES):
        shown = client.get(reverse(f"opportunities:{name}"), {**query, "page": 1})
        links = [entry["url"] for entry in shown.context["switch"]]
        assert len(links) == 4
        assert {link.partition("?")[2] for link in links} == {f"owner={mine.owner_id}"}, name
    calendar = client.get(reverse("opportunities:opportunity_calendar"), {"owner": mine.owner_id}).content.decode()
    assert "去拜访 · 我的" in calendar and "别人拜访" not in calendar
    closes = client.get(reverse("opportunities:opportunity_calendar"), {"hide": "steps"}).content.decode()
    assert "去拜访" not in closes and "Expected close: 我的" in closes
    funnel = client.get(reverse("opportunities:funnel"), {"owner": mine.owner_id})
    assert funnel.context["whole"].count == 1
    form = client.get(reverse("opportunities:funnel"), {"part": "filters"}).content.decode()
    assert 'name="reached"' in form and 'name="risk"' in form


def test_nobody_sees_beyond_the_own_reach(org: Any, client_of: Any) -> None:
    make_opportunity(
        org, name="机密项目", slip_count=1, next_step="密", next_step_on=day(), customer=make_customer(org)
    )
    client = client_of(org.people.stranger)
    for name in PAGES:
        assert "机密项目" not in client.get(reverse(f"opportunities:{name}")).content.decode()
    assert client.get(reverse("opportunities:funnel")).context["whole"].count == 0
