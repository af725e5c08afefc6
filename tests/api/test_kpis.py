"""Indicators by the API: as the reader sees them on the dashboard."""

from typing import Any

import pytest

from analytics.domain.refresh import refresh
from tests.factories.organisation import Organisation
from tests.factories.records import day, make_customer, make_invoice

pytestmark = pytest.mark.django_db


def test_a_value_is_the_readers_own(org: Organisation, program: Any) -> None:
    make_invoice(org)
    make_invoice(org, customer=make_customer(org, owner=org.people.stranger))
    refresh(full=True)
    names = {one["number"] for one in program(org.people.sales_rep).get("kpis/").json()["results"]}
    number = next(iter(sorted(names)))
    period = f"{day():%Y-%m}"
    answer = program(org.people.sales_rep).get(f"kpis/{number}/?period={period}")
    assert answer.status_code == 200, answer.content
    assert answer.json()["indicator"] == number
    assert answer.json()["period"] == period
    for wrong in ("now", "9999", "9999-12", "9999-Q4", "0001"):
        refused = program(org.people.sales_rep).get(f"kpis/{number}/?period={wrong}")
        assert (refused.status_code, refused.json()["errors"].keys()) == (422, {"period"})
    assert program(org.people.sales_rep).get(f"kpis/{number}/?period={period}&by=colour").status_code == 422
    assert program(org.people.sales_rep).get("kpis/99999/?period=2026").status_code == 404
    assert program(org.people.research).get("kpis/").status_code == 403


def test_a_token_for_records_does_not_read_figures(org: Organisation, program: Any) -> None:
    assert program(org.people.sales_rep, records=("leads",)).get("kpis/").status_code == 403
    assert program(org.people.sales_rep, records=("kpis",)).get("kpis/").status_code == 200
