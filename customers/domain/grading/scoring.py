"""From figures to a grade: pure functions over a model's card, which neither ask the database nor know the day."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from customers.enums import Grade, GradeRule
from customers.models import GradingModel

ORDER: tuple[str, ...] = tuple(Grade.values)  # best first
RANK = {grade: place for place, grade in enumerate(ORDER)}
WORST = ORDER[-1]
_CENT = Decimal("0.01")
Value = Decimal | None


@dataclass(frozen=True)
class CardCriterion:
    """A criterion as it is computed with."""

    measure: str
    weight: Decimal
    starts: tuple[Decimal, ...]
    points: tuple[Decimal, ...]
    missing: Decimal
    is_potential: bool

    def score(self, value: Value) -> Decimal:
        """The points of a value; a bound belongs to the band that begins with it."""
        return self.missing if value is None else self.points[bisect_right(self.starts, value)]


@dataclass(frozen=True)
class CardVeto:
    """A veto as it is computed with."""

    pk: int
    measure: str
    above: bool
    bound: Decimal
    cap: str

    def strikes(self, value: Value) -> bool:
        """Whether the value is beyond the bound; without a value it never strikes."""
        return value is not None and (value > self.bound if self.above else value < self.bound)


@dataclass(frozen=True)
class Card:
    """A model, read once and computed with for all customers."""

    limits: tuple[tuple[str, Decimal], ...]  # grade and from how many points on, best first
    hysteresis: Decimal
    new_months: int
    criteria: tuple[CardCriterion, ...]
    vetoes: tuple[CardVeto, ...]

    @property
    def measures(self) -> list[str]:
        """The figures it needs, those of the criteria first and in their order."""
        return list(dict.fromkeys([*(c.measure for c in self.criteria), *(v.measure for v in self.vetoes)]))


@dataclass(frozen=True)
class Verdict:
    """What comes of it for one customer."""

    points: Decimal
    scores: tuple[Decimal, ...]
    bare: str
    grade: str
    rule: GradeRule
    veto: int | None = None


def card_of(model: GradingModel) -> Card:
    """The model as it is computed with."""
    return Card(
        limits=tuple(model.limits.items()),
        hysteresis=model.hysteresis,
        new_months=model.new_months,
        criteria=tuple(
            CardCriterion(c.measure, c.weight, tuple(c.starts), tuple(c.points), c.missing_points, c.is_potential)
            for c in model.criteria.all()
        ),
        vetoes=tuple(CardVeto(v.pk, v.measure, v.side == v.Side.ABOVE, v.bound, v.cap) for v in model.vetoes.all()),
    )


def total(card: Card, scores: Sequence[Decimal], *, potential_only: bool = False) -> Decimal:
    """The weighted points, 0 to 100. For a new customer only the criteria of potential count, by their weights among each other;
    all of them when the model has none of potential."""
    pairs = [
        (criterion.weight, score)
        for criterion, score in zip(card.criteria, scores, strict=True)
        if criterion.is_potential or not potential_only
    ]
    if not pairs:
        return total(card, scores) if card.criteria else Decimal(0)
    weights = sum(weight for weight, _score in pairs)
    return (sum((weight * score for weight, score in pairs), Decimal(0)) / weights).quantize(_CENT, ROUND_HALF_UP)


def bare_grade(card: Card, points: Decimal) -> str:
    """The grade by the points alone; a limit belongs to the better grade."""
    return next((grade for grade, limit in card.limits if points >= limit), WORST)


def held_grade(card: Card, points: Decimal, old: str) -> str:
    """The grade by the points when the customer has one already: it rises only to a grade whose limit is passed by the
    hysteresis, and falls only when the points are by more than that below its own limit."""
    bare = bare_grade(card, points)
    if not old or old == bare:
        return bare
    if RANK[bare] < RANK[old]:
        reached = next((grade for grade, limit in card.limits if points >= limit + card.hysteresis), WORST)
        return reached if RANK[reached] < RANK[old] else old
    limit = dict(card.limits).get(old)
    if limit is None:  # a grade that this model does not give
        return bare
    return old if points >= limit - card.hysteresis else bare


def judge(card: Card, values: Sequence[Value], *, old: str = "", is_new: bool = False, exception: str = "") -> Verdict:
    """The verdict about a customer. `values` are in the order of `card.measures`; `old` is the present grade, `exception` a grade
    that a person gave and that still runs."""
    scores = tuple(criterion.score(value) for criterion, value in zip(card.criteria, values, strict=False))
    points = total(card, scores, potential_only=is_new)
    bare = bare_grade(card, points)
    grade = held_grade(card, points, old)
    rule = GradeRule.HYSTERESIS if grade != bare else GradeRule.POTENTIAL if is_new else GradeRule.POINTS
    struck = struck_veto(card, values)
    if struck is not None and RANK[struck.cap] > RANK[grade]:
        grade, rule = struck.cap, GradeRule.VETO
    else:
        struck = None
    if exception:
        return Verdict(points, scores, bare, exception, GradeRule.EXCEPTION)
    return Verdict(points, scores, bare, grade, rule, struck.pk if struck is not None else None)


def struck_veto(card: Card, values: Sequence[Value]) -> CardVeto | None:
    """Of the vetoes that strike, the one that caps lowest."""
    if not card.vetoes:
        return None
    by_measure = dict(zip(card.measures, values, strict=True))
    struck = [veto for veto in card.vetoes if veto.strikes(by_measure[veto.measure])]
    return max(struck, key=lambda veto: (RANK[veto.cap], -veto.pk), default=None)
