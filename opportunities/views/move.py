"""Moving an opportunity to another stage: a dialog that asks for what is missing, then moves; a page without scripts."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import DomainError, StaleVersion, TransitionError
from opportunities.domain.board import board_sums, with_card
from opportunities.domain.funnel import Funnel, Plan, advance, moved_meanwhile
from opportunities.domain.move_approval import request_move
from opportunities.forms.move import MoveForm
from opportunities.models import Opportunity
from opportunities.panels.opportunity import outcome_url
from opportunities.rules import APPROVAL, Move
from opportunities.views.board import BoardBase

ICONS = {
    Move.FORWARD: "arrow-right",
    Move.SKIP: "arrow-right",
    Move.BACK: "arrow-back-up",
    Move.WIN: "trophy",
    Move.LOSE: "circle-x",
    Move.HOLD: "zzz",
    Move.REOPEN: "refresh",
}


class MoveView(BoardBase):
    """`target` is the stage to move to, `source` the stage the reader saw the opportunity in."""

    action = "change"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The stages one can move to, or for a target what the move asks for."""
        record, funnel = self.record(), Funnel()
        if not request.GET.get("target"):
            return self.show(record, plans=funnel.plans(record))
        plan = self.plan(record, funnel, request.GET)
        if plan is None:
            return self.show(record, plans=funnel.plans(record), refusal=no_such_move())
        return self.show(record, plan=plan, form=self.form(record, plan))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move, or say what is missing (422)."""
        record, funnel = self.record(), Funnel()
        seen = request.POST.get("source")
        if seen and seen != str(record.stage_id):
            return self.show(record, refusal=moved_meanwhile(record), status=422)
        plan = self.plan(record, funnel, request.POST)
        if plan is None:
            return self.show(record, plans=funnel.plans(record), refusal=no_such_move(), status=422)
        if not plan.is_ready and "asked" not in request.POST:
            return self.show(record, plan=plan, form=self.form(record, plan), status=422)
        if request.POST.get("approval") and not plan.approval:
            plan = replace(plan, approval=request.POST["approval"])
        form = self.filled(record, plan)
        if not form.is_valid() or plan.blocked:
            return self.show(record, plan=plan, form=form, status=422)
        return self.move(record, plan, form)

    def plan(self, record: Opportunity, funnel: Funnel, params: QueryDict) -> Plan | None:
        """The move that is asked for, None when there is none."""
        target = next((stage for stage in funnel.stages if str(stage.pk) == params.get("target")), None)
        return funnel.plan(record, target) if target is not None else None

    def form(self, record: Opportunity, plan: Plan) -> MoveForm:
        """The form of the move, empty."""
        return MoveForm(plan=plan, opportunity=record, user=self.request.user, prefix="move")

    def filled(self, record: Opportunity, plan: Plan) -> MoveForm:
        """The form with what was typed."""
        given: Any = self.request
        return MoveForm(given.POST, given.FILES, plan=plan, opportunity=record, user=given.user, prefix="move")

    def move(self, record: Opportunity, plan: Plan, form: MoveForm) -> HttpResponse:
        """Do it, or send it for approval; what speaks against it is shown above the form."""
        user: Any = self.request.user
        try:
            if plan.approval:
                request_move(
                    opportunity=record, target=plan.target, actor=user, reason=form.reason(), answers=form.answers()
                )
                return self.sent(record)
            advance(opportunity=record, target=plan.target, actor=user, reason=form.reason(), answers=form.answers())
        except StaleVersion as error:
            return self.show(error.current, refusal=str(error.message), status=422)
        except TransitionError as error:
            return self.refused(record, plan, form, error)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
            return self.show(record, plan=plan, form=form, status=422)
        return self.moved(record, plan)

    def refused(self, record: Opportunity, plan: Plan, form: MoveForm, error: TransitionError) -> HttpResponse:
        """Beside the fields that are missing, or on top. Answers may lead to an approval that the move did not need before."""
        if asked := dict(error.missing).get(APPROVAL):
            plan = replace(plan, approval=str(asked))
            form = self.filled(record, plan)
        for name, _label in error.missing:
            if name in form.fields:
                form.add_error(name, _("Needed for this step."))
        if not form.errors:
            form.add_error(None, str(error.message))
        return self.show(record, plan=plan, form=form, status=422)

    def sent(self, record: Opportunity) -> HttpResponse:
        """To the record, whose page shows the request."""
        messages.success(self.request, _("The step was sent for approval. It is made as soon as it is approved."))
        url = self.entity.record_url(record)
        if self.request.htmx:  # type: ignore[attr-defined]
            return HttpResponse(headers={"HX-Redirect": url})
        return HttpResponseRedirect(url)

    def moved(self, record: Opportunity, plan: Plan) -> HttpResponse:
        """On the board the changed parts of it; elsewhere the record's page."""
        text = _("“%(name)s” is now in “%(stage)s”.") % {"name": record.name, "stage": plan.target.label}
        url = self.entity.record_url(record)
        htmx = self.request.htmx  # type: ignore[attr-defined]
        if not htmx:
            messages.success(self.request, text)
            return HttpResponseRedirect(url)
        current = urlsplit(htmx.current_url_abs_path or "")
        if current.path != reverse("opportunities:opportunity_board"):
            messages.success(self.request, text)
            return HttpResponse(headers={"HX-Redirect": url})
        return self.board_parts(record, plan, text, QueryDict(current.query))

    def board_parts(self, record: Opportunity, plan: Plan, text: str, params: QueryDict) -> HttpResponse:
        """The heads, the figures and the card, to be swapped in where they stand (out of band)."""
        filterset, funnel = self.filterset(params), Funnel()
        context = self.figures(board_sums(filterset.qs, funnel.stages, timezone.localdate()))
        row = with_card(filterset.qs.filter(pk=record.pk)).first()
        shown = row is not None and row.stage.is_open
        context["card"] = self.cards([row], funnel) if shown and row is not None else ""
        response = render(self.request, "opportunities/_moved.html", context)
        moved = {"id": record.pk, "stage": plan.target.pk, "shown": shown}
        events = {"opportunity:moved": moved, "crm:toast": {"text": text, "tone": "success"}}
        response["HX-Trigger-After-Settle"] = json.dumps(events)
        return response

    def show(self, record: Opportunity, status: int = 200, **more: Any) -> HttpResponse:
        """The dialog's content, or the page."""
        plans = [
            {"plan": plan, "icon": ICONS[plan.move], "lacking": len(plan.missing), "back": plan.move is Move.BACK}
            for plan in more.pop("plans", [])
        ]
        if more.get("plan") is not None:
            more["blocked"] = [(item.label, outcome_url(item.key, record)) for item in more["plan"].blocked]
        context = self.context(
            record=record,
            plans=plans,
            move_url=self.request.path,
            record_url=self.entity.record_url(record),
            crumbs=[
                self.context()["list_crumb"],
                (str(record), self.entity.record_url(record)),
                (_("Change stage"), None),
            ],
            **more,
        )
        dialog = self.request.htmx  # type: ignore[attr-defined]
        response = render(
            self.request,
            "opportunities/move.html#dialog" if dialog else "opportunities/move.html",
            context,
            status=status,
        )
        response["Vary"] = "HX-Request"
        return response


def no_such_move() -> str:
    """What is said to a move that the funnel doesn't have."""
    return _("This step is not possible from the present stage: an opportunity is won from the last one.")
