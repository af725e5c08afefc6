"""The technical specification in numbers: what an entry may say, and the search by range."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from crm.errors import DomainError
from opportunities.domain.funnel import advance
from opportunities.domain.opportunity import create_opportunity, update_opportunity
from opportunities.domain.specification import Range, range_of
from opportunities.models import SpecificationValue
from tests.factories.records import make_customer, make_opportunity
from tests.opportunities.support import SOLUTION, answered, stage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("50", 50, 50),
        ("50±3", 47, 53),
        ("40-60 Shore A", 40, 60),
        ("60～40", 40, 60),
        ("40 至 60", 40, 60),
        ("≥7 MPa", 7, None),
        ("<0.5%", None, "0.5"),
        ("不低于 92", 92, None),
        ("15,000 mPa·s", 15000, 15000),
        ("-40 to -20", -40, -20),
    ],
)
def test_a_range_is_read_as_it_is_written(text: str, low: Any, high: Any) -> None:
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    assert range_of(text) == Range(*ends)


@pytest.mark.parametrize("text", ["", "膏状，不流挂", "表干 10 min，消粘 25 min", "9" * 17, "双组份 1:1"])
def test_what_is_no_single_range_is_none(text: str) -> None:
    assert range_of(text) is None


@pytest.mark.parametrize(
    ("typed", "says"),
    [("soft", "give a number or a range"), ("90-120", "not above 100 Shore A"), ("-5", "not below 0 Shore A")],
)
def test_a_number_outside_what_the_item_takes_is_refused_in_the_move(org: Any, typed: str, says: str) -> None:
    record = make_opportunity(org, stage="solution", **answered(org, product_line=org.liquid, process="注射"))
    answers = dict.fromkeys(SOLUTION["LSR"], "1") | {"hardness": typed}
    with pytest.raises(DomainError, match=says) as error:
        advance(opportunity=record, target=stage("evaluation"), actor=org.people.sales_rep, answers=answers)
    assert error.value.field == "hardness"
    record.refresh_from_db()
    assert (record.stage.code, record.specification.get("hardness")) == ("solution", None)


def test_hardness_40_to_60_finds_what_allows_it_in_whatever_way_it_was_entered(org: Any, client_of: Any) -> None:
    rep = org.people.sales_rep

    def deal(name: str, text: str) -> Any:
        made = make_customer(org)
        return create_opportunity(actor=rep, name=name, customer=made, specification={"hardness": text})

    inside, crossing, open_end = deal("inside", "50±3"), deal("crossing", "55-70"), deal("open", "≥30")
    below, words = deal("below", "30±5"), deal("words", "软")
    moved = make_opportunity(org, stage="solution", **answered(org, product_line=org.liquid, process="注射"))
    answers = dict.fromkeys(SOLUTION["LSR"], "1") | {"hardness": "45"}
    advance(opportunity=moved, target=stage("evaluation"), actor=rep, answers=answers)
    url, asked = reverse("opportunities:opportunity_list"), {"spec": "hardness", "spec_from": "40", "spec_to": "60"}
    page = client_of(rep).get(url, asked).content.decode()
    for record in (inside, crossing, open_end, moved):
        assert reverse("opportunities:opportunity_record", args=[record.pk]) in page, record
    for record in (below, words):
        assert reverse("opportunities:opportunity_record", args=[record.pk]) not in page, record
    update_opportunity(instance=inside, expected_version=None, actor=rep, specification={"hardness": "80"})
    assert SpecificationValue.objects.get(opportunity=inside).low == 80
    page = client_of(rep).get(url, asked).content.decode()
    assert reverse("opportunities:opportunity_record", args=[inside.pk]) not in page
