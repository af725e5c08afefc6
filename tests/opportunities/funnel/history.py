"""Opportunities with random histories, written as the app would have written them, and kept as plain Python beside."""

import datetime as dt
import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from opportunities.models import Opportunity, OpportunityStageChange, Stage
from opportunities.rules import move_between
from tests.factories.records import make_customer


@dataclass
class Told:
    """What was done with an opportunity: (source, target, when), the first with no source."""

    pk: int
    created: dt.datetime
    amount: Decimal
    moves: list[tuple[Stage | None, Stage, dt.datetime]] = field(default_factory=list)

    @property
    def stage(self) -> Stage:
        """Where it is now."""
        return self.moves[-1][1]


def write_history(org: Any, seed: int, count: int, *, days: int = 500, until: dt.datetime | None = None) -> list[Told]:
    """So many opportunities begun within so many days, each moved up to nine times by moves that the funnel allows."""
    dice, stages = random.Random(seed), list(Stage.objects.order_by("position"))
    first = next(stage for stage in stages if stage.is_open)
    end = until or timezone.now() - dt.timedelta(minutes=1)
    customer = make_customer(org, owner=org.people.sales_rep)
    told, records = [], []
    for number in range(count):
        created = end - dt.timedelta(minutes=dice.randrange(days * 1440))
        moves: list[Any] = [(None, first, created)]
        for _step in range(dice.randrange(10)):
            source, at = moves[-1][1], moves[-1][2] + dt.timedelta(minutes=dice.randrange(1, 60_000))
            ways = [target for target in stages if move_between(source, target, stages)]
            if at >= end or not ways:
                break
            moves.append((source, dice.choice(ways), at))
        told.append(Told(0, created, Decimal(dice.randrange(1, 10**6)) / 100, moves))
        records.append(_record(org, customer, told[-1], f"{seed}-{number}", dice))
    for one, record in zip(told, Opportunity.objects.bulk_create(records), strict=True):
        one.pk = record.pk
        Opportunity.objects.filter(pk=record.pk).update(created_at=one.created)
    OpportunityStageChange.objects.bulk_create(
        OpportunityStageChange(
            record_id=one.pk,
            source=source,
            target=target,
            at=at,
            seconds_in_source=int((at - one.moves[place - 1][2]).total_seconds()) if place else 0,
        )
        for one in told
        for place, (source, target, at) in enumerate(one.moves)
    )
    return told


def _record(org: Any, customer: Any, told: Told, code: str, dice: random.Random) -> Opportunity:
    ended = told.stage.category in ("won", "lost")
    last = told.moves[-1][2]
    return Opportunity(
        code=code,
        name=code,
        customer=customer,
        owner=customer.owner,
        team=customer.team,
        business_unit=customer.business_unit,
        product_line=dice.choice((org.sealant, org.liquid, None)),
        stage=told.stage,
        stage_since=last,
        probability=told.stage.probability,
        standard_days=told.stage.standard_days,
        closed_on=timezone.localtime(last).date() if ended else None,
        amount=told.amount,
        amount_base=told.amount,
        our_volume_kg=dice.choice((Decimal(500), Decimal(1250), None)),
    )
