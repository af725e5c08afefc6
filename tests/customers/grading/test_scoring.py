"""From figures to a grade: bands, weights, vetoes, hysteresis, new customers."""

from decimal import Decimal as D

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customers.domain.grading.scoring import RANK, Card, CardCriterion, CardVeto, held_grade, judge

LIMITS = (("S", D(92)), ("A", D(80)), ("B", D(60)), ("C", D(40)))


def part(weight=100, starts=(10, 20), points=(0, 50, 100), missing=0, potential=False, measure="m"):
    return CardCriterion(measure, D(weight), tuple(map(D, starts)), tuple(map(D, points)), D(missing), potential)


def card(*criteria, vetoes=(), hysteresis=3, limits=LIMITS):
    return Card(limits, D(hysteresis), 6, criteria or (part(),), tuple(vetoes))


@pytest.mark.parametrize(
    ("value", "points"), [("9.9999", 0), ("10", 50), ("19.9999", 50), ("20", 100), ("1e9", 100), ("-5", 0)]
)
def test_a_bound_belongs_to_the_band_that_begins_with_it(value, points):
    assert judge(card(), [D(value)]).points == points


def test_a_missing_value_gives_what_the_criterion_says():
    assert judge(card(part(missing=30)), [None]).points == 30
    assert judge(card(part(missing=30)), [D(0)]).points == 0


def test_weights_count_and_a_third_is_rounded():
    parts = (part(30), part(70, measure="n"))
    assert judge(card(*parts), [D(20), D(10)]).points == D("65.00")
    assert judge(card(part(33, points=(0, 50, 99)), part(67, measure="n")), [D(20), D(0)]).points == D("32.67")


@pytest.mark.parametrize(
    ("points", "grade"), [(92, "S"), (91, "A"), (80, "A"), (79, "B"), (60, "B"), (40, "C"), (39, "D")]
)
def test_a_limit_belongs_to_the_better_grade(points, grade):
    assert judge(card(part(points=(points,) * 3)), [D(1)]).grade == grade


@pytest.mark.parametrize(
    ("old", "points", "grade"),
    [
        ("B", "79.99", "B"),
        ("B", "80", "B"),
        ("B", "82.99", "B"),
        ("B", "83", "A"),
        ("A", "80", "A"),
        ("A", "77", "A"),
        ("A", "76.99", "B"),
        ("A", "10", "D"),
        ("D", "94.99", "A"),
        ("D", "95", "S"),
        ("D", "42", "D"),
        ("D", "43", "C"),
        ("", "80", "A"),
        ("C", "62", "C"),
    ],
)
def test_hysteresis_holds_in_both_directions(old, points, grade):
    assert held_grade(card(), D(points), old) == grade
    verdict = judge(card(part(points=(points,) * 3)), [D(1)], old=old)
    assert (verdict.grade, verdict.rule == "hysteresis") == (grade, grade != verdict.bare)


def test_a_grade_the_model_does_not_give_is_left_at_once():
    assert held_grade(card(limits=LIMITS[1:]), D(79), "S") == "B"


def strike(cap="C", bound=90, measure="late", above=True, pk=1):
    return CardVeto(pk, measure, above, D(bound), cap)


def test_a_veto_caps_the_grade_and_only_beyond_its_bound():
    judged = card(vetoes=[strike()])
    assert judge(judged, [D(20), D(90)]).grade == "S"
    verdict = judge(judged, [D(20), D("90.01")])
    assert (verdict.grade, verdict.bare, verdict.rule, verdict.veto) == ("C", "S", "veto", 1)
    assert judge(judged, [D(20), None]).grade == "S"
    low = judge(judged, [D(0), D(91)])
    assert (low.grade, low.rule, low.veto) == ("D", "points", None)


def test_of_several_vetoes_the_lowest_cap_counts_and_hysteresis_does_not_soften_it():
    judged = card(vetoes=[strike(), strike("D", 180, pk=2), strike("B", 0, "m", above=False, pk=3)])
    verdict = judge(judged, [D(20), D(200)], old="S")
    assert (verdict.grade, verdict.veto) == ("D", 2)


def test_a_new_customer_counts_by_potential_only():
    judged = card(part(75), part(25, measure="n", potential=True))
    verdict = judge(judged, [D(0), D(20)], is_new=True)
    assert (verdict.points, verdict.grade, verdict.rule) == (100, "S", "potential")
    assert judge(judged, [D(0), D(20)]).points == 25
    assert judge(card(part()), [D(10)], is_new=True).points == 50, "without criteria of potential all count"


def test_an_exception_that_runs_is_kept_whatever_the_figures():
    verdict = judge(card(vetoes=[strike()]), [D(0), D(999)], old="A", exception="A")
    assert (verdict.grade, verdict.bare, verdict.rule) == ("A", "D", "exception")


numbers = st.decimals(0, 100, places=2)
values = st.one_of(st.none(), st.decimals(-1000, 1000, places=4))


@st.composite
def rising(draw):
    starts = sorted(draw(st.sets(st.integers(-500, 500), min_size=1, max_size=5)))
    points = sorted(draw(st.lists(numbers, min_size=len(starts) + 1, max_size=len(starts) + 1)))
    weight = draw(st.decimals("0.01", 100, places=2))
    return part(weight, starts, points, draw(numbers), draw(st.booleans()))


@st.composite
def cards(draw):
    parts = draw(st.lists(rising(), min_size=1, max_size=5))
    named = [part_named(found, f"m{number}") for number, found in enumerate(parts)]
    return card(*named, hysteresis=draw(st.integers(0, 10)))


def part_named(found, name):
    return CardCriterion(name, found.weight, found.starts, found.points, found.missing, found.is_potential)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_points_stay_within_0_and_100_and_more_never_gives_less(data):
    judged = data.draw(cards())
    row = [data.draw(values) for _ in judged.criteria]
    old, is_new = data.draw(st.sampled_from(["", *RANK])), data.draw(st.booleans())
    before = judge(judged, row, old=old, is_new=is_new)
    assert 0 <= before.points <= 100
    place = data.draw(st.integers(0, len(row) - 1))
    if row[place] is not None:
        more = list(row)
        more[place] += data.draw(st.decimals(0, 1000, places=2))
        after = judge(judged, more, old=old, is_new=is_new)
        assert after.points >= before.points
        assert RANK[after.grade] <= RANK[before.grade]
