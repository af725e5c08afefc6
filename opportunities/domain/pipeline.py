"""The funnel in figures: open opportunities by stage, by stage and one more dimension, and their way through the stages.

All of it starts from a query set that the caller has narrowed to the reader's scope and filters.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Count, QuerySet, Sum

from crm.records.choices import listed
from opportunities.enums import StageCategory
from opportunities.models import Opportunity, OpportunityStageChange, Stage
from opportunities.querysets import WEIGHTED

MEMBERS = 30  # that a breakdown shows
# By the name of the list's filter: the column, and the model of the members ("": a list of choices).
BREAKDOWNS: dict[str, tuple[str, str]] = {
    "owner": ("owner_id", "crm.User"),
    "team": ("team_id", "crm.Team"),
    "product_line": ("product_line_id", "crm.ProductLine"),
    "product": ("product_id", "crm.Product"),
    "region": ("region_id", "crm.Region"),
    "source": ("source", ""),
}


@dataclass(frozen=True)
class Load:
    """Some open opportunities: how many, their amount in base currency, that times the win probability, our volume in kg."""

    count: int = 0
    amount: Decimal = Decimal(0)
    weighted: Decimal = Decimal(0)
    kg: Decimal = Decimal(0)

    def __add__(self, other: "Load") -> "Load":
        return Load(
            self.count + other.count, self.amount + other.amount, self.weighted + other.weighted, self.kg + other.kg
        )


@dataclass
class MemberLoad:
    """What one member of a breakdown has in each stage. `key` is None for those not assigned."""

    key: Any
    label: str
    by_stage: dict[int, Load] = field(default_factory=dict)

    @property
    def whole(self) -> Load:
        """All stages together."""
        return sum(self.by_stage.values(), Load())


@dataclass(frozen=True)
class StageFlow:
    """What a stage did with opportunities: all that came in are still there or left it in one of these ways."""

    stage: Stage
    entered: int = 0
    onward: int = 0
    back: int = 0
    won: int = 0
    lost: int = 0
    held: int = 0
    there: int = 0

    @property
    def left(self) -> int:
        """How many times one left it."""
        return self.onward + self.back + self.won + self.lost + self.held


def by_stage(rows: QuerySet[Opportunity], stages: Sequence[Stage]) -> dict[int, Load]:
    """The open ones of each of these stages; one query."""
    return {key: load for (key, _member), load in _loads(rows, stages, "").items()}


def by_member(rows: QuerySet[Opportunity], stages: Sequence[Stage], name: str) -> list[MemberLoad]:
    """The same for each member of a breakdown, the largest amount first; two queries."""
    column, model = BREAKDOWNS[name]
    found: dict[Any, MemberLoad] = {}
    for (stage, key), load in _loads(rows, stages, column).items():
        member = found.setdefault(key or None, MemberLoad(key or None, ""))
        member.by_stage[stage] = member.by_stage.get(stage, Load()) + load
    ordered = sorted(found.values(), key=lambda member: (-member.whole.amount, str(member.key)))
    labels = _labels(model, [member.key for member in ordered[:MEMBERS] if member.key is not None])
    for member in ordered[:MEMBERS]:
        member.label = labels.get(member.key, str(member.key or ""))
    return ordered


def _loads(rows: QuerySet[Opportunity], stages: Sequence[Stage], column: str) -> dict[tuple[int, Any], Load]:
    known = [stage.pk for stage in stages]
    keys = ["stage_id", column] if column else ["stage_id"]
    found = rows.filter(stage__in=known).order_by().values_list(*keys)
    summed = found.annotate(
        count=Count("pk"), total=Sum("amount_base"), weighted=Sum(WEIGHTED), kg=Sum("our_volume_kg")
    )
    loads = {}
    for row in summed:
        stage, member = row[0], row[1] if column else None
        count, amount, weighted, kg = row[-4], *(value or Decimal(0) for value in row[-3:])
        loads[stage, member] = Load(count, amount, weighted, kg)
    return loads


def _labels(model: str, keys: list[Any]) -> dict[Any, str]:
    if not model:
        return {key: listed("opportunity_source").label(key) for key in keys}
    members = apps.get_model(model)._base_manager.filter(pk__in=keys)
    return {member.pk: str(getattr(member, "label", member)) for member in members}


def flows(rows: QuerySet[Opportunity], stages: Sequence[Stage]) -> list[StageFlow]:
    """The whole history of these opportunities by open stage; two queries."""
    counts: dict[int, dict[str, int]] = {stage.pk: {} for stage in stages}

    def add(stage: int | None, name: str, count: int) -> None:
        if stage in counts:
            counts[stage][name] = counts[stage].get(name, 0) + count

    history = OpportunityStageChange.objects.filter(record__in=rows.order_by().values("pk")).order_by()
    moves = history.values_list("source", "target", "target__category", "source__position", "target__position")
    for source, target, category, before, after, count in moves.annotate(n=Count("pk")):
        add(target, "entered", count)
        add(source, _way(category, before, after), count)
    for stage, count in rows.filter(stage__in=counts).order_by().values_list("stage").annotate(n=Count("pk")):
        add(stage, "there", count)
    return [StageFlow(stage, **counts[stage.pk]) for stage in stages]


def _way(category: str, before: int | None, after: int) -> str:
    """How one left a stage, by where one went."""
    ways: dict[str, str] = {StageCategory.WON: "won", StageCategory.LOST: "lost", StageCategory.ON_HOLD: "held"}
    return ways.get(category) or ("onward" if before is None or after > before else "back")
