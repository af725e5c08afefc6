"""Of an answer only what was asked for becomes rows, in whatever form the answer has it."""

import json
from typing import Any

import orjson
import pytest

from integrations.sap.parsing import parser
from integrations.sync.page import row_hash

SELECT, EXPAND = "Number,to_Item/Item,to_Item/to_Part/Part,to_Partner/Name", "to_Item,to_Item/to_Part,to_Partner"
HEAD = {"__metadata": {"uri": "https://erp/Orders('1')", "type": "Order"}, "Number": "1", "Note": "not asked for"}
PART = {"__metadata": {"uri": "u"}, "Part": "x", "More": {"deep": [1, {"Part": 2}]}}


def parsed(body: Any, select: str = SELECT, expand: str = EXPAND) -> Any:
    return parser(select, expand)(json.dumps(body).encode())


@pytest.mark.parametrize("inner", [True, False])
def test_the_rest_is_left_out_below_too(inner: bool) -> None:
    """Collections come as lists, or as lists in an object."""

    def many(rows: list[Any], **more: Any) -> Any:
        return {"results": rows, **more} if inner else rows

    item = {"__metadata": {"uri": "u"}, "Item": "10", "Other": None, "to_Part": many([PART])}
    row = {**HEAD, "to_Item": many([item]), "to_Partner": {"__metadata": {}, "Name": "Chen", "City": "Y"}}
    assert parsed({"d": many([row])}) == {
        "d": many(
            [
                {
                    "Number": "1",
                    "to_Item": many([{"Item": "10", "to_Part": many([{"Part": "x"}])}]),
                    "to_Partner": {"Name": "Chen"},
                }
            ]
        )
    }


def test_what_reading_goes_on_by_stays() -> None:
    row = {**HEAD, "to_Item": {"results": [], "__next": "https://erp/more"}, "to_Partner": {"__deferred": {"uri": "u"}}}
    found = parsed({"d": {"results": [row], "__next": "https://erp/page?2", "__count": "7"}})
    assert found["d"]["__next"] == "https://erp/page?2"
    assert found["d"]["results"] == [
        {
            "Number": "1",
            "to_Item": {"results": [], "__next": "https://erp/more"},
            "to_Partner": {"__deferred": {"uri": "u"}},
        }
    ]


def test_nothing_and_values_of_any_kind_stay_as_they_are() -> None:
    rows = [{"Number": value, "to_Item": None} for value in (None, "", "1", 1, 1.5, True, {"a": [1]}, [1])]
    assert parsed({"d": {"results": rows}}) == {"d": {"results": rows}}


def test_what_is_expanded_as_a_whole_is_kept_as_a_whole() -> None:
    assert parsed({"d": [{"Number": "1", "to_Part": PART}]}, "Number", "to_Part") == {
        "d": [{"Number": "1", "to_Part": PART}]
    }
    assert parsed({"d": [HEAD]}, "", "") == {"d": [HEAD]}


@pytest.mark.parametrize("body", [[], {"d": {"results": "none"}}, {"d": 7}, {"d": {"results": [7]}}, {"d": [None]}])
def test_another_form_comes_whole_for_the_caller_to_name(body: Any) -> None:
    assert parsed(body) == body


@pytest.mark.parametrize("content", [b'{"d": [{"Number": "1"', b"<html>", b"", b'{"d": [{"Number": "\xff"}]}'])
def test_what_is_no_json_says_so(content: bytes) -> None:
    with pytest.raises(orjson.JSONDecodeError):
        parser(SELECT, EXPAND)(content)


def test_a_number_past_what_a_machine_counts_in_one_row_stops_no_page() -> None:
    (row,) = parsed({"d": [{"Number": 10**30}]})["d"]
    assert row == {"Number": 10**30}
    assert len(row_hash([[tuple(row.values())]])) == 32
