"""Scoring models: a draft is checked, one in force is never changed, and two are never in force for the same unit and day."""

import datetime as dt
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction

from crm.errors import DomainError, NotAllowed
from customers.domain.grading.computing import compute_grades
from customers.domain.grading.models import new_edition, publish, retire, update_model
from customers.domain.grading.runs import preview, run_preview
from customers.models import GradeProposal, GradeRun, GradingModel
from tests.factories.grading import criterion, graded, make_grading, make_grading_draft, veto
from tests.factories.records import day


def change(model, org, **values):
    return update_model(
        instance=GradingModel.objects.get(pk=model.pk), expected_version=None, actor=org.people.administrator, **values
    )


@pytest.mark.parametrize(
    ("criteria", "message"),
    [([], "needs criteria"), ([criterion(weight=99)], "add up to 99"), ([criterion("gone")], "no longer")],
)
def test_an_incomplete_draft_is_not_put_into_force(org, criteria, message):
    draft = make_grading_draft(org, criteria=criteria)
    with pytest.raises(DomainError, match=message):
        publish(model=draft, actor=org.people.administrator)


def test_a_model_in_force_is_never_changed_but_by_a_new_edition(org):
    model = make_grading(org, vetoes=[veto()], valid_from=day(-100))
    with pytest.raises(DomainError, match="new edition"):
        change(model, org, name="x")
    draft = new_edition(model=model, actor=org.people.administrator)
    assert new_edition(model=model, actor=org.people.administrator).pk == draft.pk, "one draft at a time"
    assert (draft.edition, draft.replaces, draft.state) == (2, model, "draft")
    assert [(c.measure, c.weight, c.points) for c in draft.criteria.all()] == [("annual_demand", 100, [0, 50, 90])]
    assert draft.vetoes.get().bound == 90
    change(draft, org, valid_from=day(10))
    publish(model=GradingModel.objects.get(pk=draft.pk), actor=org.people.administrator)
    model.refresh_from_db()
    assert (model.state, model.valid_until) == ("in_force", day(9))
    assert GradingModel.objects.in_force(day(9)).get() == model
    assert GradingModel.objects.in_force(day(10)).get().pk == draft.pk


def test_an_edition_from_the_same_day_retires_the_one_before(org):
    model = make_grading(org, valid_from=day(-100))
    draft = new_edition(model=model, actor=org.people.administrator)
    change(draft, org, valid_from=day(-100))
    publish(model=GradingModel.objects.get(pk=draft.pk), actor=org.people.administrator)
    model.refresh_from_db()
    assert model.state == "retired"


def test_two_models_are_not_in_force_for_the_same_unit_on_the_same_day(org):
    first = make_grading(org, valid_from=day(-10), valid_until=day(10))
    same = make_grading_draft(org, valid_from=day(10))
    with pytest.raises(DomainError, match="in force for the same unit"):
        publish(model=same, actor=org.people.administrator)
    with pytest.raises(IntegrityError, match="grading_one_in_force"), transaction.atomic():
        GradingModel.objects.filter(pk=same.pk).update(state="in_force")
    make_grading(org, valid_from=day(11))
    make_grading(org, business_unit=org.silicones)
    with pytest.raises(DomainError, match="in force for the same unit"):
        make_grading(org, business_unit=org.silicones)
    retire(model=first, actor=org.people.administrator)
    with pytest.raises(DomainError):
        publish(model=GradingModel.objects.get(pk=same.pk), actor=org.people.administrator)


@pytest.mark.parametrize("limits", [{"a_from": 60}, {"s_from": 80}, {"c_from": 0}])
def test_better_grades_need_more_points(org, limits):
    with pytest.raises(DomainError, match="better grade needs more points"):
        make_grading_draft(org, **{key: D(value) for key, value in limits.items()})


def test_a_figure_counts_once(org):
    with pytest.raises(DomainError, match="only once"):
        make_grading_draft(org, criteria=[criterion(weight=50), criterion(weight=50)])


def test_a_preview_shows_the_moves_and_changes_nothing(org):
    customer = graded(org, 20_000, grade="C")
    theirs = graded(org, 10, owner=org.people.stranger, grade="D")
    draft = make_grading_draft(org)
    with pytest.raises(NotAllowed):
        preview(model=draft, actor=org.people.bu_head)
    job = preview(model=draft, actor=org.people.administrator)
    assert (job.state, job.result) == ("done", {"customers": 2})
    runs = {run.business_unit: run for run in GradeRun.objects.filter(state="preview")}
    assert runs[org.silicones].matrix == {"C": {"A": [1, "0"]}}
    assert runs[org.agro].matrix == {"D": {"D": [1, "0"]}}
    preview(model=draft, actor=org.people.administrator)
    assert GradeProposal.objects.count() == 2, "a second preview takes the first one's place"
    run_preview(job.pk)
    customer.refresh_from_db()
    theirs.refresh_from_db()
    assert (customer.grade, theirs.grade) == ("C", "D")
    change(draft, org, criteria=[criterion(points=[D(0), D(10), D(20)])])
    assert not GradeRun.objects.exists(), "a preview of what the draft was is gone"
    publish(model=GradingModel.objects.get(pk=draft.pk), actor=org.people.administrator)
    with pytest.raises(DomainError, match="Only a draft"):
        preview(model=GradingModel.objects.get(pk=draft.pk), actor=org.people.administrator)


def test_a_unit_s_model_grades_its_customers_only(org):
    ours = graded(org, 20_000)
    graded(org, 20_000, owner=org.people.stranger)
    model = make_grading(org, business_unit=org.silicones)
    found = list(compute_grades(model, dt.date.today()))
    assert [entry.subject.pk for entry in found] == [ours.pk]
