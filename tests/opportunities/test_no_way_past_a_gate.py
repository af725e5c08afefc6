"""Whatever the gates ask and by whatever door one tries: an opportunity goes where the rules say, and nowhere else."""

import random
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.errors import DomainError
from opportunities.domain.funnel import advance
from opportunities.domain.move_approval import request_move
from opportunities.domain.opportunity import update_opportunity
from opportunities.enums import GateItemKind, GateLevel
from opportunities.models import GateItem, Opportunity, Stage
from tests.factories.approvals import make_policy, named
from tests.factories.deals import ask, make_process
from tests.factories.records import make_opportunity
from tests.opportunities.support import REQUIREMENT

pytestmark = [pytest.mark.django_db, pytest.mark.gate]

ANSWERS: dict[str, Any] = {key: value for key, value in REQUIREMENT.items() if key != "specification"}
LOSS = {"loss_reason": "price", "lost_to": "D 牌"}
WRITTEN = {"next_step": "电话", "next_step_on": "2027-01-05"}


class Undo(Exception):
    """Takes the example's rows back."""


class Case:
    """Random gates, a random way, an opportunity with random answers somewhere on it."""

    def __init__(self, org: Any, rng: random.Random) -> None:
        self.org, self.rng = org, rng
        self.rep = org.people.sales_rep
        for code, name in (("requirement", "Visit"), ("negotiation", "Plan")):
            ask(org, code, "check", name=name, name_en=name)
        if rng.random() < 0.5:
            ask(org, "requirement", "approval", name="审批", name_en="Approval", minimum=rng.choice([None, 10, 10**9]))
        for item in GateItem.objects.current():
            level = rng.choice([GateLevel.REQUIRED, GateLevel.WANTED, GateLevel.OFF, GateLevel.OFF])
            lines = {"SEAL": rng.choice([GateLevel.REQUIRED, GateLevel.OFF])} if rng.random() < 0.2 else {}
            GateItem.objects.filter(pk=item.pk).update(level=level, levels=lines)
        stages = list(Stage.objects.filter(category="open").order_by("position"))
        if rng.random() < 0.4:
            way = sorted(rng.sample(range(len(stages)), rng.randint(1, 3)))
            make_process(org, terms={stages[n].code: (50, 9) for n in way})
            self.way = [stages[n] for n in way]
        else:
            self.way = stages
        given = {key: value for key, value in ANSWERS.items() if rng.random() < 0.7}
        given["specification"] = {
            item.key: "x" for item in GateItem.objects.filter(kind=GateItemKind.SPECIFICATION) if rng.random() < 0.7
        }
        ticked = {item.key: True for item in GateItem.objects.filter(kind="check") if rng.random() < 0.5}
        self.record = make_opportunity(
            org,
            owner=self.rep,
            stage=rng.choice(self.way).code,
            product_line=org.sealant,
            gate_answers=ticked,
            amount_base=rng.choice([0, 1000]),
            **WRITTEN,
            **given,
        )

    def missing(self, stage: Stage) -> list[str]:
        """What the gate of a stage lacks, read in plain Python."""
        found = []
        for item in GateItem.objects.current().filter(stage=stage):
            level = item.levels.get("SEAL", item.level)
            if level == GateLevel.REQUIRED and item.kind != GateItemKind.APPROVAL and not self.answer(item):
                found.append(item.key)
        return found

    def answer(self, item: GateItem) -> bool:
        """Whether the record says something to the item."""
        if item.kind == GateItemKind.SPECIFICATION:
            return bool(self.record.specification.get(item.key))
        if item.kind == GateItemKind.CHECK:
            return bool(self.record.gate_answers.get(item.key))
        assert item.kind == GateItemKind.FIELD
        return bool(getattr(self.record, item.key))

    def asks_approval(self) -> bool:
        """Whether the gate of its stage asks for an approval of what it is worth."""
        rows = GateItem.objects.current().filter(stage=self.record.stage, kind=GateItemKind.APPROVAL)
        return any(
            item.levels.get("SEAL", item.level) == GateLevel.REQUIRED
            and (item.minimum is None or self.record.amount_base >= item.minimum)
            for item in rows
        )

    def may_go(self, target: Stage) -> bool:
        """Whether it may be there right after a press, with a reason and a winner given."""
        if target.category in ("lost", "on_hold"):
            return True
        here = self.way.index(self.record.stage)
        if target.category == "won":
            onwards = here == len(self.way) - 1
        elif target not in self.way:
            return False
        elif self.way.index(target) < here:
            return True  # back needs a reason only
        else:
            onwards = self.way.index(target) == here + 1
        return onwards and not self.missing(self.record.stage) and not self.asks_approval()


def by_service(case: Case, target: Stage, client: Any) -> None:
    advance(
        opportunity=case.record,
        target=target,
        actor=case.rep,
        reason="x",
        answers=LOSS if target.code == "lost" else {},
    )


def by_form(case: Case, target: Stage, client: Any, **headers: str) -> None:
    data = {"target": target.pk, "source": case.record.stage_id, "asked": "1", "move-reason": "x"}
    data |= {f"move-{key}": value for key, value in LOSS.items()}
    client.post(reverse("opportunities:opportunity_move", args=[case.record.pk]), data, headers=headers)


def by_board(case: Case, target: Stage, client: Any) -> None:
    by_form(case, target, client, **{"HX-Request": "true", "HX-Current-URL": "http://testserver/opportunities/board/"})


def by_edit(case: Case, target: Stage, client: Any) -> None:
    data = {"name": case.record.name, "customer": case.record.customer_id, "currency": "CNY", "stage": target.pk}
    client.post(reverse("opportunities:opportunity_edit", args=[case.record.pk]), data | WRITTEN)


def by_bulk_edit(case: Case, target: Stage, client: Any) -> None:
    for step in ("confirm", "run"):
        data = {"ids": [case.record.pk], "step": step, "how_stage": "set", "stage": target.pk}
        client.post("/bulk/edit/opportunities.opportunity/", data)


def by_update(case: Case, target: Stage, client: Any) -> None:
    with pytest.raises(TypeError):
        update_opportunity(instance=case.record, expected_version=None, actor=case.rep, stage=target)


def by_request(case: Case, target: Stage, client: Any) -> None:
    """Asking for an approval moves nothing."""
    request_move(opportunity=case.record, target=target, actor=case.rep, reason="x")


def by_api(case: Case, target: Stage, client: Any) -> None:
    """The steps of the API ask for a reason and a winner as the form does, and take nothing that they did not ask for."""
    path = f"/api/v1/opportunities/{case.record.pk}/transitions/"
    steps = {step["to"]: step for step in client.get(path).json()["results"]}
    asked = [field["name"] for field in steps.get(target.code, {}).get("fields", ())]
    given = {"reason": "x", **LOSS}
    body = {"to": target.code} | {name: value for name, value in given.items() if name in asked}
    client.post(path, body, content_type="application/json")


def by_api_change(case: Case, target: Stage, client: Any) -> None:
    path = f"/api/v1/opportunities/{case.record.pk}/"
    for body in ({"stage": target.pk}, {"stage": target.code}):
        client.patch(path, body, content_type="application/json", headers={"If-Match": "*"})


DOORS = (by_service, by_form, by_board, by_api)
CLOSED_DOORS = (by_edit, by_bulk_edit, by_update, by_request, by_api_change)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(seed=st.integers(0, 2**32))
def test_an_opportunity_goes_where_the_rules_say_by_every_door(org: Any, client_of: Any, seed: int) -> None:
    client = client_of(org.people.sales_rep)
    try:
        with transaction.atomic():
            make_policy(org, named(org.people.sales_manager), document="opportunity_move")
            check(Case(org, random.Random(seed)), client)
            raise Undo
    except Undo:
        pass


def check(case: Case, client: Any) -> None:
    """Every door to every stage, each from where it stands."""
    start = case.record.stage
    for target in Stage.objects.exclude(pk=start.pk):
        for door in (*DOORS, *CLOSED_DOORS):
            wanted = target if door in DOORS and case.may_go(target) else start
            assert through(case, door, target, client) == wanted, (door.__name__, start.code, target.code)


def through(case: Case, door: Any, target: Stage, client: Any) -> Stage:
    """Where it stands afterwards; all is taken back."""
    try:
        with transaction.atomic():
            try:
                with transaction.atomic():
                    door(case, target, client)
            except DomainError:
                pass
            stands: Stage = Opportunity.objects.get(pk=case.record.pk).stage
            raise Undo
    except Undo:
        case.record.refresh_from_db()
        return stands
