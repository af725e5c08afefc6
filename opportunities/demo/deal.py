"""The deals of the demo company: people, competitors and prices, how firm they are, and their specification in numbers."""

from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import F, Value
from django.db.models.functions import Mod

from crm.demo.world import World
from crm.workflow.demo import policy_in_force, step
from customers.enums import Stance
from opportunities.enums import ForecastCategory, RivalStrength

CONCERNS = ("交期要稳", "价格不能高于现供应商", "先看老化数据", "账期", "")
NOTES = ("现供应商", "正在小试", "报价含税到厂", "")
PEOPLE = 2  # of each deal
TASKS = ("技术支持", "试样跟进", "商务谈判")
SHARES = (20, 30, 40)
BATCH = 2000


def generate(world: World) -> None:
    """Nothing: what is added here hangs on rows that are there once they are written."""


def load(world: World) -> None:
    """What is known of the deals that are worked on, and of those lost; the same for the same company."""
    _forecast()
    deals = list(
        apps.get_model("opportunities.Opportunity")
        ._base_manager.filter(stage__category__in=("open", "lost"))
        .order_by("pk")
    )
    _people(deals)
    _rivals(deals)
    _products(deals)
    _team(deals)
    policy_in_force(world, "opportunity_move", "商机跳阶段与大额推进审批", 10, [step(1, "manager")])
    from opportunities.domain.specification import store_many  # noqa: PLC0415 -- the ERP simulator generates without Django

    for start in range(0, len(deals), BATCH):
        store_many(deals[start : start + BATCH])


def _forecast() -> None:
    """Later stages are firmer; some were put off; the winner's price of a loss is a little below ours."""
    rows = apps.get_model("opportunities.Opportunity")._base_manager
    rows.filter(stage__category="open").update(slip_count=Mod(F("pk") * 7, 4))
    for stage, firm in (("negotiation", ForecastCategory.COMMIT), ("evaluation", ForecastCategory.BEST_CASE)):
        rows.filter(stage__code=stage).update(forecast_category=firm)
    rows.filter(stage__category="lost", loss_reason="price", market_price__isnull=False).update(
        lost_price=F("market_price") * Value(Decimal("0.92"))
    )


def _people(deals: list[Any]) -> None:
    """The first people of each customer, with how they stand."""
    contacts: dict[int, list[int]] = {}
    model = apps.get_model("customers.Contact")
    wanted = {deal.customer_id for deal in deals}
    for pk, customer in model._base_manager.filter(customer__in=wanted).order_by("pk").values_list("pk", "customer_id"):
        contacts.setdefault(customer, []).append(pk)
    stances = list(Stance.values)
    entry = apps.get_model("opportunities.OpportunityContact")
    entry._base_manager.bulk_create(
        [
            entry(
                opportunity=deal,
                contact_id=contact,
                stance=stances[(deal.pk + place) % len(stances)],
                concern=CONCERNS[(deal.pk + place) % len(CONCERNS)],
            )
            for deal in deals
            for place, contact in enumerate(contacts.get(deal.customer_id, [])[:PEOPLE])
        ],
        batch_size=BATCH,
    )


def _products(deals: list[Any]) -> None:
    """Every ninth open deal is about a second product line of the same business unit."""
    lines: dict[int | None, list[int]] = {}
    for pk, unit in apps.get_model("crm.ProductLine")._base_manager.order_by("pk").values_list("pk", "business_unit"):
        lines.setdefault(unit, []).append(pk)
    entry = apps.get_model("opportunities.OpportunityProduct")
    made = []
    for deal in deals[::9]:
        others = [line for line in lines.get(deal.business_unit_id, []) if line != deal.product_line_id]
        if others and deal.our_volume_kg and deal.market_price:
            volume = (deal.our_volume_kg / 4).quantize(Decimal(1))
            made.append(
                entry(
                    opportunity=deal,
                    product_line_id=others[deal.pk % len(others)],
                    demand_kg=volume * 2,
                    our_volume_kg=volume,
                    market_price=deal.market_price,
                )
            )
    entry._base_manager.bulk_create(made, batch_size=BATCH)
    from opportunities.domain.opportunity import amounts  # noqa: PLC0415 -- the ERP simulator generates without Django

    for part in made:
        values = amounts(part.opportunity)
        part.opportunity.amount, part.opportunity.amount_base = values["amount"], values["amount_base"]
    rows = apps.get_model("opportunities.Opportunity")._base_manager
    rows.bulk_update([part.opportunity for part in made], ["amount", "amount_base"], batch_size=BATCH)


def _team(deals: list[Any]) -> None:
    """Every fifth deal has a colleague of the owner's team in it."""
    teams: dict[int | None, list[int]] = {}
    members = apps.get_model("crm.TeamMembership")._base_manager.filter(ends_on__isnull=True, user__is_active=True)
    for team, user in members.order_by("pk").values_list("team", "user"):
        teams.setdefault(team, []).append(user)
    entry = apps.get_model("opportunities.OpportunityMember")
    made = []
    for deal in deals[::5]:
        others = [user for user in teams.get(deal.team_id, []) if user != deal.owner_id]
        if others:
            place = deal.pk % len(others)
            made.append(
                entry(
                    opportunity=deal, user_id=others[place], task=TASKS[deal.pk % len(TASKS)], share=SHARES[deal.pk % 3]
                )
            )
    entry._base_manager.bulk_create(made, batch_size=BATCH)


def _rivals(deals: list[Any]) -> None:
    """The competitors that the deal names, with a price around the market's."""
    known = {
        company.short_name or company.name: company.pk
        for company in apps.get_model("crm.Competitor")._base_manager.all()
    }
    strengths = list(RivalStrength.values)
    entry = apps.get_model("opportunities.OpportunityRival")
    rivals = []
    for deal in deals:
        named = [known[name] for name in deal.competitors.split("、") if name in known]
        for place, company in enumerate(dict.fromkeys(named)):
            factor = Decimal(92 + (deal.pk * 5 + place * 3) % 14) / 100
            price = (deal.market_price * factor).quantize(Decimal("0.01")) if deal.market_price else None
            strength = strengths[(deal.pk + place) % len(strengths)]
            note = NOTES[(deal.pk + place) % len(NOTES)]
            rivals.append(entry(opportunity=deal, competitor_id=company, price=price, strength=strength, notes=note))
    entry._base_manager.bulk_create(rivals, batch_size=BATCH)
