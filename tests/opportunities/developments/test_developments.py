"""New products: what stands in the way of each step, who is asked, and what the release brings about."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from crm.errors import DomainError, NotAllowed, TransitionError
from crm.models import Notification, Task
from crm.workflow.domain.approval_decisions import reject
from customers.extension_points import handover_items, merge_movers
from opportunities.domain.developments import course, parts
from opportunities.domain.developments.release import release
from opportunities.domain.developments.requests import create_development, transfer_developments, update_development
from opportunities.domain.developments.waiting import waiting_for
from opportunities.domain.developments.watch import chase_answers, chase_milestones
from opportunities.models import DevelopmentRequest
from opportunities.panels.development import wanted_text
from tests.factories import developments as make
from tests.factories.approvals import make_policy, named
from tests.factories.records import day, make_customer, make_opportunity
from tests.factories.samples import make_sample
from tests.opportunities.support import reached

pytestmark = pytest.mark.django_db


def state(development: DevelopmentRequest) -> str:
    return DevelopmentRequest.objects.get(pk=development.pk).state


def waits(development: DevelopmentRequest) -> Any:
    row = DevelopmentRequest.objects.select_related("owner", "researcher").get(pk=development.pk)
    return waiting_for([row]).get(row.pk)


def test_a_new_one_has_number_place_and_the_wanted_performance_of_the_opportunity(org):
    opportunity = make_opportunity(
        org,
        specification={
            "hardness": "40-60",
            "viscosity": "≥7",
            "curing": "室温 24 h 表干",
            "empty": " ",
            "sales_process": "直销",
        },
    )
    made = create_development(
        actor=org.people.sales_rep,
        title="低温密封胶",
        customer=opportunity.customer,
        opportunity=opportunity,
        product_line=org.sealant,
    )
    assert made.code.startswith(f"NPD-{timezone.localdate():%y%m}-")
    assert (made.owner, made.team, made.business_unit) == (org.people.sales_rep, org.sub_team, org.silicones)
    limits = {(row.minimum, row.maximum, row.target) for row in made.requirements.all()}
    assert limits == {(Decimal(40), Decimal(60), ""), (Decimal(7), None, ""), (None, None, "室温 24 h 表干")}
    with pytest.raises(DomainError, match="another customer"):
        make.make_development(org, customer=make_customer(org), opportunity=opportunity)


def test_limits_are_told_in_words(org):
    for values, text in (
        ({"minimum": 7, "maximum": None}, "≥ 7 MPa"),
        ({"minimum": None, "maximum": 3}, "≤ 3 MPa"),
        ({"minimum": 40, "maximum": 60}, "40 – 60 MPa"),
        ({"minimum": 5, "maximum": 5, "target": "25 ℃"}, "5 MPa · 25 ℃"),
    ):
        assert wanted_text(make.make_requirement(org, **values)) == text


def test_everybody_of_research_is_asked_and_the_first_to_take_it_up_has_it(org):
    from tests.factories.organisation import make_user

    second = make_user("research2", "乙", org.silicones, org.sub_team, "research")
    make_user("research3", "丙", org.agro, org.other_team, "research")
    development = make.make_development(org)
    for row in development.requirements.all():
        row.delete()
    with pytest.raises(DomainError, match="wanted property"):
        course.submit(development=development, actor=development.owner, answer_due=day(7))
    make.make_requirement(org, development=development)
    with pytest.raises(DomainError, match="day to come"):
        course.submit(development=development, actor=development.owner, answer_due=day(-1))
    course.submit(development=development, actor=development.owner, answer_due=day(7))
    tasks = Task.objects.open().filter(kind="development_answer")
    assert {task.assignee for task in tasks} == {org.people.research, second}
    assert {timezone.localtime(task.due_at).date() for task in tasks} == {day(7)}
    found = waits(development)
    assert set(found.who.split(", ")) == {org.people.research.label, second.label}
    assert (found.since, found.until, found.late) == (day(), day(7), False)
    course.take_up(development=development, actor=second)
    assert [task.assignee for task in tasks.all()] == [second]
    assert waits(development).who == second.label


def test_where_nobody_answers_for_research_somebody_is_chosen(org):
    org.people.research.roles.clear()
    development = make.make_development(org)
    with pytest.raises(DomainError, match="Nobody") as error:
        course.submit(development=development, actor=development.owner, answer_due=day(7))
    assert error.value.field == "researcher"
    make.submitted(org, development)
    assert state(development) == "submitted"


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"feasibility": " "}, "feasible"),
        ({"promised_on": None}, "by when"),
        ({"verdict": "doubtful"}, "doubts"),
        ({"promised_on": -1}, "day to come"),
    ],
)
def test_an_answer_says_what_it_rests_on_and_by_when(org, values, what):
    development = make.submitted(org)
    given = {"verdict": "feasible", "feasibility": "可行", "promised_on": 30, **values}
    given["promised_on"] = day(given["promised_on"]) if given["promised_on"] is not None else None
    with pytest.raises((DomainError, TransitionError), match=what):
        course.answer(development=development, actor=org.people.research, **given)
    assert state(development) == "submitted"


def test_the_answer_ends_the_to_do_and_what_is_not_feasible_is_declined_with_its_reason(org):
    answered = make.assessed(org)
    assert not Task.objects.open().filter(object_id=answered.pk).exists()
    answered.refresh_from_db()
    assert (answered.verdict, answered.researcher, answered.answered_on) == ("feasible", org.people.research, day())
    refused = make.submitted(org)
    with pytest.raises(TransitionError):
        course.refuse(development=refused, actor=org.people.research, end_reason="", feasibility="温度范围不可达")
    course.refuse(development=refused, actor=org.people.research, end_reason="technology", feasibility="温度范围不可达")
    refused.refresh_from_db()
    assert (refused.state, refused.end_reason, refused.feasibility) == ("declined", "technology", "温度范围不可达")
    assert "not feasible technically" in refused.state_changes.latest("at").reason
    assert not Task.objects.open().filter(object_id=refused.pk).exists()


def test_the_set_up_is_approved_and_plans_the_milestones_that_administrators_list(org):
    development = make.assessed(org)
    make_policy(org, named(org.people.product_manager), document=course.DOCUMENT)
    request = course.ask_set_up(development=development, actor=development.owner, due_on=day(60))
    assert waits(development).who == org.people.product_manager.label
    reject(request=request, actor=org.people.product_manager, reason="用量太小")
    development.refresh_from_db()
    assert (development.state, development.due_on) == ("assessed", None)
    made = make.project(org)
    assert (made.state, made.set_up_on, made.due_on) == ("accepted", day(), day(60))
    rows = list(made.milestones.order_by("position"))
    assert [row.name for row in rows] == [
        *("requirement", "lab_sample", "customer_trial", "pilot_batch", "cost_calculation", "release"),
    ]
    assert [row.due_on for row in rows] == [day(10 * number) for number in range(1, 7)]
    assert [row.responsible for row in rows][1:3] == [org.people.research, made.owner]


def test_milestones_are_to_dos_once_the_work_begins_and_follow_what_is_changed(org):
    development = make.project(org)
    first = development.milestones.order_by("position")[0]
    parts.change_milestone(instance=first, expected_version=first.version, actor=org.people.research, responsible=None)
    with pytest.raises(DomainError, match="requirement frozen"):
        course.begin(development=development, actor=org.people.research)
    parts.change_milestone(
        instance=first, expected_version=first.version, actor=org.people.research, responsible=org.people.colleague
    )
    assert not Task.objects.filter(kind="development_milestone").exists()
    course.begin(development=development, actor=org.people.research)
    assert Task.objects.open().filter(kind="development_milestone").count() == 6
    first.refresh_from_db()
    assert (first.task.assignee, waits(development).who) == (org.people.colleague, org.people.colleague.label)
    first.development.refresh_from_db()
    parts.change_milestone(instance=first, expected_version=first.version, actor=org.people.research, due_on=day(12))
    first.task.refresh_from_db()
    assert timezone.localtime(first.task.due_at).date() == day(12)
    with pytest.raises(DomainError, match="not come yet"):
        parts.change_milestone(
            instance=first, expected_version=first.version, actor=org.people.research, done_on=day(1)
        )
    first.refresh_from_db()
    parts.change_milestone(instance=first, expected_version=first.version, actor=org.people.research, done_on=day())
    first.task.refresh_from_db()
    assert first.task.state == "done"
    last = development.milestones.get(name="release")
    with pytest.raises(DomainError, match="when the product is released"):
        parts.change_milestone(instance=last, expected_version=last.version, actor=org.people.research, done_on=day())
    last.refresh_from_db()
    parts.remove_milestone(instance=last, actor=org.people.research)
    assert Task.objects.get(pk=last.task_id).state == "cancelled"


def test_once_set_up_the_requirement_stays_and_what_was_reached_is_entered(org):
    development = make.project(org)
    row = development.requirements.get()
    with pytest.raises(DomainError, match="agreed on"):
        parts.change_requirement(
            instance=row, expected_version=row.version, actor=development.owner, minimum=Decimal(3)
        )
    with pytest.raises(DomainError, match="agreed on"):
        parts.remove_requirement(instance=row, actor=development.owner)
    with pytest.raises(DomainError, match="set up"):
        update_development(
            instance=development, expected_version=development.version, actor=development.owner, title="x"
        )
    row.refresh_from_db()
    parts.change_requirement(
        instance=row, expected_version=row.version, actor=org.people.research, reached="7.6 MPa", met=True
    )
    row.refresh_from_db()
    assert (row.reached, row.met, row.minimum) == ("7.6 MPa", True, Decimal(7))


def test_a_trial_needs_samples_of_this_customer_and_goes_back_with_a_reason(org):
    development = make.begun(org)
    with pytest.raises(DomainError, match="trial samples"):
        course.begin_trial(development=development, actor=org.people.research)
    with pytest.raises(DomainError, match="another customer"):
        course.link_sample(development=development, actor=development.owner, sample=make_sample(org))
    with pytest.raises(DomainError, match="another customer"):
        make_sample(org, development=development)
    own = make_sample(org, customer=development.customer)
    course.link_sample(development=development, actor=development.owner, sample=own)
    course.begin_trial(development=development, actor=org.people.research)
    with pytest.raises(TransitionError):
        course.back_to_development(development=development, actor=org.people.research)
    course.back_to_development(development=development, actor=org.people.research, reason="固化过慢")
    assert state(development) == "development"


def test_the_release_makes_the_product_ends_the_project_and_gives_it_to_the_opportunity(org):
    opportunity = make_opportunity(org, product=None, product_line=None)
    development = make.begun(org, customer=opportunity.customer, opportunity=opportunity)
    make_sample(org, customer=opportunity.customer, development=development)
    course.begin_trial(development=development, actor=org.people.research)
    manager, values = org.people.product_manager, make.new_product(org)
    with pytest.raises(NotAllowed):
        release(development=development, actor=org.people.sales_rep, **values)
    with pytest.raises(DomainError, match="pilot batch"):
        release(development=development, actor=manager, **values)
    development.milestones.exclude(name="release").update(done_on=day())
    with pytest.raises(DomainError, match="code"):
        release(development=development, actor=manager, **{**values, "code": org.product.code})
    assert not reached("new_product_released", opportunity)
    made = release(development=development, actor=manager, **values)
    for row in (development, opportunity):
        row.refresh_from_db()
    assert (development.state, development.product, development.released_on) == ("released", made, day())
    assert (opportunity.product, opportunity.product_line) == (made, org.sealant)
    assert development.milestones.get(name="release").done_on == day()
    assert not Task.objects.open().filter(object_id=development.pk).exists()
    assert reached("new_product_released", opportunity)
    assert waits(development) is None


def test_a_product_that_the_opportunity_has_stays(org):
    opportunity = make_opportunity(org, product=org.product)
    make.released(org, customer=opportunity.customer, opportunity=opportunity)
    opportunity.refresh_from_db()
    assert opportunity.product == org.product


def test_costs_are_for_those_who_may_see_them(org):
    development = make.make_development(org, target_price=Decimal(40))
    with pytest.raises(NotAllowed):
        parts.add_cost(actor=org.people.sales_rep, development=development, amount=Decimal(20))
    parts.add_cost(actor=org.people.research, development=development, amount=Decimal(20))
    parts.add_cost(actor=org.people.product_manager, development=development, kind="packaging", amount=Decimal(10))
    assert parts.margin_of(Decimal(40), Decimal(30)) == Decimal("0.25")
    assert parts.margin_of(None, Decimal(30)) is None


def test_a_cancelled_one_says_why_and_leaves_nothing_to_do(org):
    development = make.begun(org)
    with pytest.raises(TransitionError):
        course.cancel(development=development, actor=development.owner, end_reason="")
    course.cancel(development=development, actor=development.owner, end_reason="customer", reason="推迟到明年")
    development.refresh_from_db()
    assert (development.state, development.end_reason, development.end_comment) == (
        "cancelled",
        "customer",
        "推迟到明年",
    )
    assert not Task.objects.open().filter(object_id=development.pk).exists()
    with pytest.raises(DomainError, match="under way"):
        parts.add_milestone(actor=development.owner, development=development, name="other")


def test_owners_hear_once_of_an_answer_and_of_milestones_that_are_overdue(org):
    development = make.submitted(org)
    assert [chase_answers(day(number)) for number in (7, 8, 9)] == [0, 1, 0]
    assert Task.objects.open().get(kind="development_chase").assignee == development.owner
    assert DevelopmentRequest.objects.late(day(8)).count() == 1
    project = make.begun(org)
    assert [chase_milestones(day(number)) for number in (10, 11, 11, 21)] == [0, 1, 0, 1]
    first = project.milestones.order_by("position")[0]
    parts.change_milestone(instance=first, expected_version=first.version, actor=org.people.research, due_on=day(15))
    assert chase_milestones(day(22)) == 1
    told = Notification.objects.filter(kind="development.milestone_late")
    assert {row.recipient for row in told} == {project.owner}
    assert DevelopmentRequest.objects.late(day(22)).count() == 2


def test_they_go_along_with_customers_and_with_whoever_takes_over(org):
    people, customer = org.people, make_customer(org)
    running, ended = make.begun(org, customer=customer), make.make_development(org, customer=customer)
    course.cancel(development=ended, actor=people.sales_rep, end_reason="other")
    item = handover_items.get("developments")
    assert item.count([customer.pk], people.sales_rep) == {customer.pk: 1}
    assert len(item.lines(customer, people.sales_rep)) == 1
    moved = item.move(keys=[customer.pk], source=people.sales_rep, target=people.colleague, actor=people.sales_manager)
    assert moved == {customer.pk: 1}
    for row in (running, ended):
        row.refresh_from_db()
    assert (running.owner, ended.owner) == (people.colleague, people.sales_rep)
    trial = running.milestones.get(name="customer_trial")
    assert (trial.responsible, trial.task.assignee) == (people.colleague, people.colleague)
    with pytest.raises(DomainError, match="not active"):
        people.sales_rep.is_active = False
        transfer_developments(DevelopmentRequest.objects.all(), owner=people.sales_rep, actor=people.sales_manager)
    winner = make_customer(org)
    merge_movers.get("developments").move(customer.pk, winner.pk)
    running.refresh_from_db()
    assert running.customer == winner


def test_a_researcher_is_followed_by_a_colleague_with_milestones_and_to_dos(org):
    from crm.extension_points import handover_movers
    from opportunities.domain.developments.research import give_to_researcher
    from tests.factories.organisation import make_user

    second = make_user("research2", "乙", org.silicones, org.sub_team, "research")
    asked, running, ended = make.submitted(org), make.begun(org), make.make_development(org)
    course.cancel(development=ended, actor=ended.owner, end_reason="other")
    mover = handover_movers.get("developments_research")
    assert mover.count(org.people.research) == 2
    assert mover.move(source=org.people.research, target=second, actor=org.people.administrator) == 2
    for row in (asked, running):
        row.refresh_from_db()
        assert row.researcher == second
    assert {task.assignee for task in Task.objects.open().filter(kind="development_answer")} == {second}
    people = {row.responsible for row in running.milestones.all()}
    assert people == {second, running.owner}
    assert Task.objects.open().filter(kind="development_milestone", assignee=second).count() == 5
    with pytest.raises(DomainError, match="ended"):
        give_to_researcher(development=ended, actor=second, researcher=second)
