"""Lines of a quote and of a sample request: none goes in silence."""

from typing import Any

import pytest

from tests.factories.organisation import Organisation
from tests.factories.quotes import make_deal
from tests.factories.samples import make_sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(org: Organisation, program: Any) -> Any:
    """A program, the address of a draft with two lines, and their keys."""
    rep = program(org.people.sales_rep)
    made = rep.post("quotes/", {"opportunity": make_deal(org).pk}).json()
    address = f"quotes/{made['id']}/"
    line = {"product": org.product.pk, "price": "30"}
    lines = [{**line, "quantity": "1"}, {**line, "quantity": "2"}]
    stored = rep.patch(address, {"lines": lines}, If_Match="*").json()["lines"]
    return rep, address, [line["id"] for line in stored]


def refused(draft: Any, lines: list[Any]) -> dict[str, Any]:
    """The errors; the lines are what they were."""
    rep, address, keys = draft
    answer = rep.patch(address, {"lines": lines}, If_Match="*")
    assert answer.status_code == 422, answer.content
    assert [line["id"] for line in rep.get(address).json()["lines"]] == keys
    found: dict[str, Any] = answer.json()["errors"]
    return found


def test_a_line_without_a_product_is_told(draft: Any) -> None:
    first, second = draft[2]
    for line in ({"quantity": "3"}, {}, {"price": "1"}, {"id": second, "product": None}):
        assert list(refused(draft, [{"id": first}, line])) == ["lines.1.product"], line


def test_an_id_that_is_none_of_the_lines_is_told(draft: Any) -> None:
    first, _second = draft[2]
    for key in (99999999, "x", True, 1.5, -1):
        assert list(refused(draft, [{"id": first}, {"id": key, "quantity": "3"}])) == ["lines.1.id"], key


def test_an_id_that_comes_twice_is_told(draft: Any) -> None:
    first, _second = draft[2]
    assert list(refused(draft, [{"id": first, "quantity": "12"}, {"id": first, "quantity": "13"}])) == ["lines.1.id"]


def test_the_forms_own_name_of_the_key_cannot_be_set(draft: Any) -> None:
    assert list(refused(draft, [{"pk": draft[2][0], "quantity": "3"}])) == ["lines.0.pk"]


def test_lines_that_are_left_out_go(draft: Any) -> None:
    rep, address, (first, _second) = draft
    answer = rep.patch(address, {"lines": [{"id": first, "quantity": "7"}]}, If_Match="*")
    assert [(line["id"], line["quantity"]) for line in answer.json()["lines"]] == [(first, "7.000")]


def test_lines_of_samples_hold_the_same(org: Organisation, program: Any) -> None:
    sample = make_sample(org)
    rep, address = program(org.people.sales_rep), f"samples/{sample.pk}/"
    (line,) = rep.get(address).json()["lines"]
    new = {"kind": "commercial", "source": "stock", "quantity": "2", "unit": line["unit"]}
    for lines, told in (
        ([{"id": 99999999, "quantity": "3"}], "lines.0.id"),
        ([{"id": line["id"]}, {"id": line["id"]}], "lines.1.id"),
        ([{"id": line["id"]}, new], "lines.1.product"),
    ):
        answer = rep.patch(address, {"lines": lines}, If_Match="*")
        assert (answer.status_code, list(answer.json()["errors"])) == (422, [told]), answer.content
