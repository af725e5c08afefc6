"""People, competitors and gate items of opportunities for tests."""

import itertools
from typing import Any

from crm.models import Competitor
from opportunities.domain.gates import add_item
from opportunities.domain.processes import save_process
from opportunities.models import (
    GateItem,
    Opportunity,
    OpportunityContact,
    OpportunityMember,
    OpportunityProduct,
    OpportunityRival,
    ProcessLine,
    SalesProcess,
    Stage,
)
from opportunities.paths import Terms
from tests.factories import catalogue
from tests.factories.organisation import Organisation
from tests.factories.records import make_contact, make_opportunity

_numbers = itertools.count(1)


def make_deal_contact(org: Organisation, owner: Any = None, **values: Any) -> OpportunityContact:
    """Somebody who has a say in an opportunity of that owner."""
    opportunity = values.pop("opportunity", None) or make_opportunity(org, owner=owner)
    contact = values.pop("contact", None) or make_contact(org, customer=opportunity.customer)
    return OpportunityContact.objects.create(opportunity=opportunity, contact=contact, **values)


def make_rival(org: Organisation, owner: Any = None, **values: Any) -> OpportunityRival:
    """A competitor in an opportunity of that owner."""
    opportunity = values.pop("opportunity", None) or make_opportunity(org, owner=owner)
    competitor = values.pop("competitor", None) or catalogue.make_competitor(org)
    return OpportunityRival.objects.create(opportunity=opportunity, competitor=competitor, **values)


def make_competitor_named(short_name: str) -> Competitor:
    """A competitor with that short name."""
    return Competitor.objects.create(code=f"R{next(_numbers)}", name=f"{short_name}公司", short_name=short_name)


def make_deal_product(org: Organisation, owner: Any = None, **values: Any) -> OpportunityProduct:
    """A further product line of an opportunity of that owner."""
    opportunity = values.pop("opportunity", None) or make_opportunity(org, owner=owner)
    values.setdefault("product_line", org.liquid)
    return OpportunityProduct.objects.create(opportunity=opportunity, **values)


def make_member(org: Organisation, owner: Any = None, **values: Any) -> OpportunityMember:
    """A researcher in the team of an opportunity of that owner."""
    opportunity = values.pop("opportunity", None) or make_opportunity(org, owner=owner)
    values.setdefault("user", org.people.service_agent)
    return OpportunityMember.objects.create(opportunity=opportunity, **{"share": 20, **values})


def make_process(org: Organisation, owner: Any = None, **values: Any) -> SalesProcess:
    """A sales process for sealants without the stage of evaluation, unless said otherwise."""
    stages = dict(Stage.objects.filter(category="open").values_list("code", "pk"))
    taken = ProcessLine.objects.filter(product_line=org.sealant).exclude(process=values.get("instance")).exists()
    terms = values.pop("terms", {"requirement": (15, 10), "solution": (40, 20), "negotiation": (80, 15)})
    return save_process(
        instance=values.pop("instance", None),
        actor=org.people.administrator,
        name=values.pop("name", "快速流程"),
        name_en=values.pop("name_en", "Fast process"),
        lines=values.pop("lines", None) or [catalogue.make_line(org) if taken else org.sealant],
        stages={stages[code]: Terms(*pair) for code, pair in terms.items()},
    )


def ask(org: Organisation, code: str, source: str, **values: Any) -> GateItem:
    """One more thing that the gate of a stage asks for."""
    stage = Stage.objects.get(code=code)
    return add_item(
        stage=stage,
        expected_version=stage.version,
        actor=org.people.administrator,
        level="required",
        source=source,
        **values,
    )


def make_asked_opportunity(org: Organisation, owner: Any = None) -> Opportunity:
    """An opportunity of that owner whose gate asks for a tick."""
    item = GateItem.objects.filter(key="visited").first()
    if item is None:
        ask(org, "requirement", "check", name="已走访", name_en="Visited")
    return make_opportunity(org, owner=owner)


def asked_item(opportunity: Opportunity) -> GateItem:
    """The tick that its gate asks for."""
    return GateItem.objects.get(stage=opportunity.stage, key="visited")
