"""What grading shows on the pages of models, reviews, proposals and customers: rules, moves, and the reason of each point."""

from decimal import Decimal
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.formats import day, money, num, plain_number
from customers.domain.grading.policies import policies_for
from customers.domain.grading.scoring import RANK, card_of, total
from customers.enums import Grade, GradeRule, GradingState, Move, RunState
from customers.models import (
    Customer,
    CustomerGrade,
    GradeException,
    GradePolicy,
    GradeProposal,
    GradeRun,
    GradingModel,
    PolicyFinding,
)
from customers.models.grading import hidden_from, measure_of
from customers.tables.grading import hidden, policy_text, proposal_url, run_title, run_url, shown_figure, whose

HISTORY = 12
MOVERS = 10
LETTERS = list(Grade.values)


def bands_of(criterion: Any) -> list[tuple[str, Decimal]]:
    """The bands of a criterion in words, with their points, the lowest first."""
    measure = criterion.declared
    starts = [shown_figure(measure, start) for start in criterion.starts]
    words = [_("below %(bound)s") % {"bound": starts[0]}]
    words += [f"{one} – {other}" for one, other in pairwise(starts)]
    words.append(_("from %(bound)s") % {"bound": starts[-1]})
    return list(zip(words, criterion.points, strict=True))


def model_rules(request: HttpRequest, record: GradingModel) -> dict[str, Any]:
    """What a model says."""
    limits = list(record.limits.items())
    grades = [(grade, _("from %(points)s points") % {"points": plain_number(points)}) for grade, points in limits]
    grades.append(("D", _("below %(points)s points") % {"points": plain_number(limits[-1][1])}))
    vetoes = [
        {
            "veto": veto,
            "words": veto_words(veto, request.user),
            "label": veto.declared.label if veto.declared else veto.measure,
        }
        for veto in record.vetoes.all()
    ]
    rows = list(record.criteria.all())
    criteria = [{"row": row, "bands": bands_for(row, request.user)} for row in rows]
    weights = sum((row.weight for row in rows), Decimal(0))
    return {"model": record, "criteria": criteria, "grades": grades, "vetoes": vetoes, "weights": weights}


def bands_for(criterion: Any, reader: Any) -> list[tuple[str, Decimal]]:
    """The bands as this reader may see them: of what is worked out from costs only the most points it gives."""
    if not hidden_from(criterion.measure, reader):
        return bands_of(criterion)
    return [(hidden(), max(criterion.points))]


def veto_words(veto: Any, reader: Any) -> str:
    """When a veto strikes and what it does."""
    if hidden_from(veto.measure, reader):
        return _("at most %(cap)s") % {"cap": veto.cap}
    values = {"side": veto.get_side_display(), "bound": shown_figure(veto.declared, veto.bound), "cap": veto.cap}
    return _("%(side)s %(bound)s: at most %(cap)s") % values


def matrix(runs: Any, query: dict[str, Any]) -> dict[str, Any]:
    """Old grade by new grade over these reviews, with the way to the proposals of each cell."""
    cells: dict[tuple[str, str], list[Any]] = {}
    for run in runs:
        for old, row in run.matrix.items():
            for new, (count, sales) in row.items():
                cell = cells.setdefault((old, new), [0, Decimal(0)])
                cell[0] += count
                cell[1] += Decimal(sales)
    base = reverse("customers:gradeproposal_list")
    rows = []
    for old in ["", *LETTERS]:
        line = [_cell(cells.get((old, new)), old, new, base, query) for new in LETTERS]
        if any(cell["count"] for cell in line):
            rows.append({"old": old, "cells": line, "count": sum(cell["count"] for cell in line)})
    counts = {kind: sum(getattr(run, kind) for run in runs) for kind in ("customers", "ups", "downs", "firsts")}
    return {"letters": LETTERS, "rows": rows, **counts, "movers_url": f"{base}?{urlencode({**query, 'moved': '1'})}"}


def _cell(found: Any, old: str, new: str, base: str, query: dict[str, Any]) -> dict[str, Any]:
    if found is None:
        return {"count": 0}
    asked = {**query, "grade": new, **({"old_grade": old} if old else {"move": Move.NEW})}
    tone = "mute" if old == new else "" if not old else "ok" if RANK[new] < RANK[old] else "bad"
    return {"count": found[0], "sales": money(found[1]), "tone": tone, "url": f"{base}?{urlencode(asked)}"}


def model_preview(request: HttpRequest, record: GradingModel) -> dict[str, Any] | None:
    """What a draft would do, for the customers in reach; the button that computes it."""
    if record.state != GradingState.DRAFT:
        return None
    user: Any = request.user
    runs = list(GradeRun.objects.visible_to(user).filter(model=record, state=RunState.PREVIEW))
    context = {
        "may": user.has_perm("customers.change_gradingmodel"),
        "do_url": reverse("customers:gradingmodel_do", args=[record.pk, "preview"]),
        "ready": record.criteria.exists(),
        "runs": runs,
    }
    if runs:
        context |= matrix(runs, {"model": record.pk, "state": RunState.PREVIEW})
        rows = GradeProposal.objects.visible_to(user).filter(run__in=runs).exclude(move=Move.SAME)
        context["movers"] = _movers(rows, user)
        context["as_of"] = runs[0].computed_at
    return context


def run_moves(request: HttpRequest, record: GradeRun) -> dict[str, Any]:
    """The matrix of a review, and the largest of those who move."""
    rows = GradeProposal.objects.visible_to(request.user).filter(run=record).exclude(move=Move.SAME)
    return {"runs": [record], **matrix([record], {"run": record.pk}), "movers": _movers(rows, request.user)}


def _movers(rows: Any, reader: Any) -> list[dict[str, Any]]:
    """The largest by sales of those who move, with the reason."""
    found = rows.exclude(move=Move.NEW).select_related("customer__figures", "veto", "run__model", "run")
    largest = list(found.order_by("-customer__figures__sales_12m", "-pk")[:MOVERS])
    return [{"row": row, "url": proposal_url(row), "why": reason(row, reader)} for row in largest]


def reason(row: GradeProposal, reader: Any) -> str:
    """Why the grade is as it is proposed, in a sentence."""
    values = {"points": num(row.points, 2), "bare": row.bare, "grade": row.grade}
    if row.rule == GradeRule.VETO and row.veto is not None:
        values |= {"reason": row.veto.reason, "words": veto_words(row.veto, reader)}
        return _("%(points)s points would give %(bare)s; veto “%(reason)s” (%(words)s).") % values
    if row.rule == GradeRule.HYSTERESIS:
        values["limit"] = plain_number(row.run.model.hysteresis)
        return (
            _(
                "%(points)s points would give %(bare)s, less than %(limit)s points beyond the limit: it becomes %(grade)s."
            )
            % values
        )
    if row.rule == GradeRule.EXCEPTION:
        return _("An exception still runs: %(grade)s is kept (%(points)s points would give %(bare)s).") % values
    if row.rule == GradeRule.POTENTIAL:
        return _("A new customer, graded on potential only: %(points)s points give %(grade)s.") % values
    return _("%(points)s points give %(grade)s.") % values


def explain(row: GradeProposal, reader: Any) -> dict[str, Any]:
    """The table of a proposal: criterion, value, band, points, weight, contribution; and the rules in words. Of figures that the
    reader may not see only points and weight."""
    card = card_of(row.run.model)
    criteria = list(row.run.model.criteria.all())
    only = row.rule == GradeRule.POTENTIAL or _counts_potential_only(row, card)
    counted = [c for c in criteria if c.is_potential or not only] or criteria
    weights = sum((c.weight for c in counted), Decimal(0))
    lines = []
    for number, criterion in enumerate(criteria):
        value, points = row.values[number], row.scores[number]
        weight = criterion.weight * 100 / weights if criterion in counted else Decimal(0)
        kept_back = hidden_from(criterion.measure, reader)
        lines.append(
            {
                "label": str(criterion),
                "value": "—" if kept_back else shown_figure(criterion.declared, value),
                "band": hidden() if kept_back else _band(criterion, value),
                "points": plain_number(points),
                "weight": f"{num(weight, 1)} %" if weight else "—",
                "contribution": num(weight * points / 100, 2) if weight else "—",
            }
        )
    return {
        "row": row,
        "lines": lines,
        "why": reason(row, reader),
        "title": run_title(row.run),
        "run_url": run_url(row.run),
    }


def _counts_potential_only(row: GradeProposal, card: Any) -> bool:
    """Whether only the criteria of potential counted, when another rule decided in the end."""
    return total(card, row.scores) != row.points


def _band(criterion: Any, value: Any) -> str:
    if value is None:
        return _("without a value")
    place = sum(1 for start in criterion.starts if start <= value)
    return bands_of(criterion)[place][0]


def proposal_panel(request: HttpRequest, record: GradeProposal) -> dict[str, Any]:
    """The page of a proposal, with the exception that a person gave instead."""
    rows = GradeException.objects.visible_to(request.user, of=record.customer)
    exception = rows.filter(run=record.run_id).select_related("given_by").first()
    return {
        "entry": explain(record, request.user),
        "exception": exception,
        "may_see_run": request.user.has_perm("customers.view_graderun"),
    }


def customer_grade(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """The tab of a customer: the newest proposals with their reasons, policies of the grade, and the history."""
    user = request.user
    rows = GradeProposal.objects.visible_to(user, of=customer).exclude(run__state=RunState.PREVIEW)
    newest: dict[bool, GradeProposal] = {}
    for row in rows.select_related("run__model", "run__business_unit", "veto").order_by("-run__month", "-pk")[:4]:
        newest.setdefault(row.run.for_group, row)
    past = CustomerGrade.objects.visible_to(user, of=customer).select_related("actor", "model", "business_unit")
    entries = [
        {"row": row, "whose": whose(row), "kept": day(row.kept_until) if row.kept_until else ""}
        for row in past[:HISTORY]
    ]
    return {
        "customer": customer,
        "explained": [explain(row, user) for row in newest.values()],
        "policies": _kept(request, customer),
        "history": entries,
        "may_see_run": user.has_perm("customers.view_graderun"),
    }


def _kept(request: HttpRequest, customer: Customer) -> list[dict[str, Any]]:
    """The policies of the customer's grade and whether they are kept, as of the last check."""
    if not request.user.has_perm("customers.view_gradepolicy"):
        return []
    policies = policies_for(customer, timezone.localdate())
    rows = PolicyFinding.objects.visible_to(request.user, of=customer).filter(policy__in=policies)
    found = {row.policy_id: row for row in rows}
    return [_line(policy, found.get(policy.pk)) for policy in policies]


def _line(policy: GradePolicy, finding: PolicyFinding | None) -> dict[str, Any]:
    if policy.checked_at is None:
        state, tone = _("not checked yet"), ""
    elif finding is None:
        state, tone = _("kept"), "ok"
    elif finding.value is None:
        state, tone = _("no data"), ""
    else:
        state, tone = (
            _("not kept: %(value)s") % {"value": shown_figure(measure_of(policy.measure), finding.value)},
            "bad",
        )
    return {"text": policy_text(policy), "state": state, "tone": tone}
