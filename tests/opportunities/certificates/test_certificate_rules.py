"""Which version counts, until when, and what that is called: against dates worked out by hand."""

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunities.certificate_rules import (
    counting,
    covered_until,
    holds,
    serves,
    state_of,
    state_of_version,
    warning_of,
    wishes,
)

TODAY = dt.date(2026, 6, 1)


def at(days):
    return None if days is None else TODAY + dt.timedelta(days=days)


def version(start, end, edition=1, withdrawn=None):
    return SimpleNamespace(valid_from=at(start), valid_until=at(end), edition=edition, withdrawn_on=at(withdrawn))


@pytest.mark.parametrize(
    ("start", "end", "state"),
    [
        (None, None, "draft"),
        (1, 400, "draft"),
        (0, 91, "valid"),
        (-9, None, "valid"),
        (-9, 90, "soon"),
        (-9, 0, "soon"),
        (-9, -1, "expired"),
    ],
)
def test_a_state_follows_from_the_days(start, end, state):
    assert state_of(at(start), at(end), TODAY) == state


@pytest.mark.parametrize(
    ("versions", "counts", "until", "states"),
    [
        ([(-300, 300)], 0, 300, ["valid"]),
        ([(-700, -300), (-300, 60)], 1, 60, ["replaced", "soon"]),
        ([(-300, 60), (61, 400)], 0, 400, ["soon", "draft"]),  # the next one follows without a gap
        ([(-300, 60), (62, 400)], 0, 60, ["soon", "draft"]),  # a day without any
        ([(-300, 200), (-10, 100)], 1, 100, ["replaced", "valid"]),  # the newest counts, though it ends before
        ([(-900, -500), (-400, -10)], 1, -10, ["replaced", "expired"]),
        ([(-300, -10), (5, 100)], 0, -10, ["expired", "draft"]),
        ([(5, 100), (200, 300)], 0, 100, ["draft", "draft"]),
        ([(-300, 300), (-10, None, 0)], 0, 300, ["valid", "withdrawn"]),
        ([(-300, 300), (-10, None)], 1, None, ["replaced", "valid"]),
    ],
)
def test_the_newest_version_in_force_counts(versions, counts, until, states):
    rows = [
        version(start, end, edition, *withdrawn) for edition, (start, end, *withdrawn) in enumerate(versions, start=1)
    ]
    found = counting(rows, TODAY)
    assert rows.index(found) == counts
    assert covered_until(rows, found) == at(until)
    assert [state_of_version(row, rows, TODAY) for row in rows] == states


def test_withdrawn_versions_alone_are_none():
    assert counting([version(-10, 10, withdrawn=-1)], TODAY) is None


days = st.integers(-40, 40)


@given(st.lists(st.tuples(days, st.none() | st.integers(0, 40), st.none() | days), min_size=1, max_size=5))
def test_what_counts_is_in_force_whenever_any_is(drawn):
    rows = [
        version(start, None if length is None else start + length, edition, withdrawn)
        for edition, (start, length, withdrawn) in enumerate(drawn)
    ]
    found = counting(rows, TODAY)
    alive = [row for row in rows if holds(row, TODAY)]
    assert (found in alive) == bool(alive)
    if alive:
        assert (found.valid_from, found.edition) == max((row.valid_from, row.edition) for row in alive)
        until = covered_until(rows, found)
        assert until is None or (found.valid_until is not None and until >= found.valid_until)


def test_languages_and_warnings():
    assert [wishes(wish) for wish in ("", "zh", "both")] == [("",), ("zh",), ("zh", "en")]
    assert [serves("zh_en", wish) for wish in ("", "zh", "en")] == [True, True, True]
    assert [serves("zh", wish) for wish in ("", "zh", "en")] == [True, True, False]
    assert [warning_of(left) for left in (91, 90, 31, 30, 8, 7, 0)] == [None, 90, 90, 30, 30, 7, 7]
