"""Sales processes: another way through the funnel for certain product lines, from the next move on."""

from decimal import Decimal

import pytest

from crm.errors import DomainError, TransitionError
from opportunities.domain.board import board_sums
from opportunities.domain.funnel import Funnel, advance
from opportunities.domain.opportunity import create_opportunity, update_opportunity
from opportunities.domain.processes import add_stage, remove_stage, update_stage
from opportunities.enums import GateLevel
from opportunities.models import GateItem, Opportunity, ProcessStage, Stage
from opportunities.paths import Terms
from tests.factories.deals import make_process
from tests.factories.records import day, make_customer
from tests.opportunities.support import stage

pytestmark = pytest.mark.django_db
URL = "/opportunities/processes/"


@pytest.fixture
def no_gates(org):
    """The gates ask for nothing: here it is about the way."""
    GateItem.objects.update(level=GateLevel.OFF, levels={})


def new(org, line=None, **values):
    return create_opportunity(
        actor=org.people.sales_rep,
        customer=make_customer(org),
        name="新机会",
        product_line=line or org.sealant,
        **values,
    )


def moves(opportunity):
    return {plan.target.code: plan.move.value for plan in Funnel().plans(opportunity)}


def test_a_product_line_goes_its_own_way_and_the_others_through_all_stages(org, no_gates):
    make_process(org)
    sealant, liquid = new(org), new(org, org.liquid)
    for opportunity in (sealant, liquid):
        advance(opportunity=opportunity, target=stage("solution"), actor=org.people.sales_rep)
    assert "evaluation" not in moves(sealant)
    assert moves(sealant)["negotiation"] == "forward"
    assert (moves(liquid)["evaluation"], moves(liquid)["negotiation"]) == ("forward", "skip")
    with pytest.raises(TransitionError):
        advance(opportunity=sealant, target=stage("evaluation"), actor=org.people.sales_rep)
    advance(opportunity=sealant, target=stage("negotiation"), actor=org.people.sales_rep)
    assert (sealant.probability, sealant.standard_days) == (80, 15)
    assert moves(sealant)["won"] == "win"


def test_it_is_won_from_the_last_stage_of_its_own_way(org, no_gates):
    make_process(org, terms={"requirement": (15, 10), "solution": (70, 20)})
    opportunity = new(org)
    with pytest.raises(TransitionError):
        advance(opportunity=opportunity, target=stage("won"), actor=org.people.sales_rep)
    advance(opportunity=opportunity, target=stage("solution"), actor=org.people.sales_rep)
    advance(opportunity=opportunity, target=stage("won"), actor=org.people.sales_rep)
    assert opportunity.stage.code == "won"


def test_a_running_opportunity_keeps_the_way_that_held_when_it_came_into_its_stage(org, no_gates):
    process = make_process(org)
    opportunity = new(org)
    before = ProcessStage.objects.count()
    make_process(org, instance=process, terms={"requirement": (20, 5), "evaluation": (50, 9), "negotiation": (80, 15)})
    assert ProcessStage.objects.count() == before + 2  # what did not change goes on
    opportunity.refresh_from_db()
    assert (opportunity.probability, opportunity.standard_days) == (15, 10)
    assert moves(opportunity)["solution"] == "forward"
    advance(opportunity=opportunity, target=stage("solution"), actor=org.people.sales_rep)
    assert moves(opportunity)["evaluation"] == "forward"  # from here on as it is now
    assert (new(org).probability, new(org).standard_days) == (20, 5)


def test_another_product_line_means_another_way(org, no_gates):
    make_process(org)
    opportunity = new(org, org.liquid)
    assert (opportunity.probability, opportunity.standard_days) == (10, 30)
    update_opportunity(instance=opportunity, expected_version=1, actor=org.people.sales_rep, product_line=org.sealant)
    opportunity.refresh_from_db()
    assert (opportunity.probability, opportunity.standard_days) == (15, 10)


def test_a_new_probability_counts_for_those_that_come_afterwards(org, no_gates):
    first = stage("requirement")
    old = new(org, org.liquid, our_volume_kg=Decimal(1000), market_price=Decimal(10))
    update_stage(instance=first, expected_version=first.version, actor=org.people.administrator, probability=50)
    new(org, org.liquid, our_volume_kg=Decimal(1000), market_price=Decimal(10))
    update_opportunity(
        instance=old, expected_version=None, actor=org.people.sales_rep, name="anders", product_line=org.liquid
    )  # an edit that leaves the line is no reason to count anew
    sums = board_sums(Opportunity.objects.all(), list(Stage.objects.all()), day(0))
    assert sums.weighted == old.amount_base * Decimal("0.6")


def test_a_stage_is_added_between_two_and_goes_only_while_nobody_was_there(org, no_gates):
    actor = org.people.administrator
    audit = add_stage(actor=actor, name="审厂", name_en="Audit", terms=Terms(70, 12), after=stage("evaluation"))
    codes = list(Stage.objects.filter(category="open").order_by("position").values_list("code", flat=True))
    assert codes == ["requirement", "solution", "evaluation", "audit", "negotiation"]
    with pytest.raises(DomainError):
        opportunity = new(org)
        remove_stage(instance=opportunity.stage, actor=actor)
    remove_stage(instance=audit, actor=actor)
    assert not Stage.objects.filter(code="audit").exists()


def test_a_product_line_has_one_process(org, no_gates):
    make_process(org)
    with pytest.raises(DomainError) as refused:
        make_process(org, name="另一", name_en="Other", lines=[org.sealant, org.liquid])
    assert refused.value.field == "lines"
    assert "Fast process" in str(refused.value.message)


def test_the_pages(org, client_of):
    process = make_process(org)
    admin = client_of(org.people.administrator)
    page = admin.get(URL).content.decode()
    assert "Fast process" in page
    form = {"name": "快速", "name_en": "Quick", "lines": [org.sealant.pk], "version_read": process.version}
    for one in Stage.objects.filter(category="open"):
        form |= {f"probability-{one.pk}": 40, f"days-{one.pk}": 7}
    answer = admin.post(f"{URL}{process.pk}/", form)
    assert answer.status_code == 422
    assert "Choose the stages" in answer.content.decode()
    ticked = {f"on-{stage('negotiation').pk}": "on", f"days-{stage('negotiation').pk}": ""}
    answer = admin.post(f"{URL}{process.pk}/", form | ticked)
    assert answer.status_code == 422
    assert "Say how likely the win is in “Negotiation”" in answer.content.decode()
    form |= {f"on-{stage('negotiation').pk}": "on"}
    assert admin.post(f"{URL}{process.pk}/", form).status_code == 302
    assert [row.stage.code for row in process.stages.filter(valid_until=None)] == ["negotiation"]
    stale = admin.post(f"{URL}{process.pk}/", form)
    assert stale.status_code == 422
    assert "Somebody else changed this meanwhile" in stale.content.decode()
    assert admin.post(f"{URL}stages/add/", {"name": "审厂", "probability": 101, "standard_days": 3}).status_code == 422
    answer = admin.post(
        f"{URL}stages/add/", {"name": "审厂", "probability": 70, "standard_days": 3, "after": stage("solution").pk}
    )
    assert answer.status_code == 302
    audit = Stage.objects.get(name="审厂")
    assert admin.post(f"{URL}stages/{audit.pk}/", {"remove": "1"}).status_code == 302
    process.refresh_from_db()
    gone = admin.post(f"{URL}{process.pk}/", {"remove": "1", "version_read": process.version})
    assert gone.status_code == 302
    assert not ProcessStage.objects.exists()


@pytest.mark.browser
def test_processes_in_the_browser(desk, browser_org):
    make_process(browser_org)
    for width in (1440, 390):
        page = desk.page(browser_org.people.administrator, width=width, language="en")
        page.goto(f"{desk.url}{URL}")
        page.get_by_role("link", name="Edit Fast process").click()
        page.get_by_label("Win probability (%), Negotiation").fill("85")
        page.get_by_role("button", name="Save").click()
        page.get_by_text("The process was saved.").wait_for()
