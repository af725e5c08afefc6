"""The course of a new product: asked, answered by research, set up, developed, tried; or declined and cancelled with a reason."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.formats import enumerated
from crm.locks import lock_row
from crm.models import ApprovalRequest, User
from crm.records.choices import listed
from crm.transitions import transition
from crm.workflow.domain.approvals import request_approval
from opportunities.development_rules import AT_WORK
from opportunities.domain.developments import todos
from opportunities.domain.developments.requests import announce
from opportunities.enums import DevelopmentState as S
from opportunities.enums import SampleState
from opportunities.models import DevelopmentMilestone, DevelopmentRequest, DevelopmentRequirement, SampleRequest

DOCUMENT = "development_project"
RELEASE = "release"  # the milestone that the release itself is


def usual_answer_due() -> dt.date:
    """By when research is asked to answer, unless another day is chosen."""
    return timezone.localdate() + dt.timedelta(days=settings.DEVELOPMENT_ANSWER_DAYS)


def submit(*, development: DevelopmentRequest, actor: User, answer_due: dt.date, researcher: User | None = None) -> Any:
    """Ask research whether it is feasible: the person chosen, or everybody who answers for it in the business unit.

    Raises DomainError without a wanted property, for a day that has passed, and where nobody could be asked; TransitionError."""
    if answer_due < timezone.localdate():
        raise DomainError(_("Choose a day to come."), field="answer_due")
    if not DevelopmentRequirement._base_manager.filter(development=development).exists():
        raise DomainError(_("Add at least one wanted property first: R&D must know what to aim for."))
    people = [researcher] if researcher is not None else list(todos.researchers(development.business_unit))
    if not people:
        message = _("Nobody in this business unit answers for R&D: choose whom to ask.")
        raise DomainError(message, field="researcher")
    with transaction.atomic():
        changes = {"answer_due": answer_due, "researcher": researcher, "answer_chased_on": None}
        row = transition(development, S.SUBMITTED, actor=actor, changes=changes)
        todos.ask_research(development, people, actor, answer_due)
    return row


def take_up(*, development: DevelopmentRequest, actor: User) -> Any:
    """The actor checks the feasibility; the to-dos of colleagues end. Raises TransitionError, StaleVersion."""
    with transaction.atomic():
        row = transition(development, S.FEASIBILITY, actor=actor, changes={"researcher": actor})
        todos.answered(development, actor, keep=actor)
    return row


def answer(
    *,
    development: DevelopmentRequest,
    actor: User,
    verdict: str,
    feasibility: str,
    doubts: str = "",
    researcher: User | None = None,
    promised_on: dt.date | None = None,
) -> Any:
    """Research says that it is feasible, and by when. Raises TransitionError while something of the answer lacks, and DomainError
    for a day that has passed."""
    if promised_on is not None and promised_on < timezone.localdate():
        raise DomainError(_("Choose a day to come."), field="promised_on")
    changes = {
        "verdict": verdict,
        "feasibility": feasibility.strip(),
        "doubts": doubts.strip(),
        "researcher": researcher or development.researcher or actor,
        "promised_on": promised_on,
        "answered_on": timezone.localdate(),
    }
    with transaction.atomic():
        row = transition(development, S.ASSESSED, actor=actor, changes=changes)
        todos.answered(development, actor)
    return row


def decline(*, development: DevelopmentRequest, actor: User, end_reason: str, reason: str = "") -> Any:
    """It is not developed although it could be, by a reason of the list. Raises TransitionError, StaleVersion."""
    changes = {"end_reason": end_reason, "end_comment": reason.strip()}
    return _end(development, S.DECLINED, actor, changes, reason)


def refuse(*, development: DevelopmentRequest, actor: User, end_reason: str, feasibility: str) -> Any:
    """Research says that it is not feasible, and why. Raises TransitionError, StaleVersion."""
    changes = {
        "end_reason": end_reason,
        "feasibility": feasibility.strip(),
        "researcher": development.researcher or actor,
        "answered_on": timezone.localdate(),
    }
    return _end(development, S.DECLINED, actor, changes, "")


def cancel(*, development: DevelopmentRequest, actor: User, end_reason: str, reason: str = "") -> Any:
    """It is given up, by a reason of the list. Raises TransitionError, StaleVersion."""
    changes = {"end_reason": end_reason, "end_comment": reason.strip()}
    return _end(development, S.CANCELLED, actor, changes, reason)


def _end(development: DevelopmentRequest, target: str, actor: User, changes: dict[str, Any], reason: str) -> Any:
    label = listed("development_end").label(str(changes["end_reason"]))
    said = " · ".join(filter(None, (label, reason.strip())))
    with transaction.atomic():
        row = transition(development, target, actor=actor, reason=said, changes=changes)
        todos.drop_all(development, actor, said)
        announce(development)
    return row


def take_back(*, development: DevelopmentRequest, actor: User, reason: str = "") -> Any:
    """A draft again, so that it is completed. Raises TransitionError without a reason, StaleVersion."""
    with transaction.atomic():
        row = transition(development, S.DRAFT, actor=actor, reason=reason)
        todos.drop_all(development, actor, reason)
    return row


def ask_set_up(*, development: DevelopmentRequest, actor: User, due_on: dt.date, reason: str = "") -> ApprovalRequest:
    """Send the project for approval, to be released by that day. Raises DomainError for a day that has passed, and as
    request_approval() does."""
    if due_on < timezone.localdate():
        raise DomainError(_("Choose a day to come."), field="due_on")
    with transaction.atomic():
        transition(development, S.PENDING, actor=actor, reason=reason, changes={"due_on": due_on})
        return request_approval(document=DOCUMENT, record=development, actor=actor, reason=reason)


def ready(development: DevelopmentRequest, changes: Mapping[str, Any]) -> None:
    """Raise DomainError unless it was sent by the button on its page, which moves it too."""
    if development.state != S.PENDING:
        raise DomainError(_("Ask for the set-up on the page of the new-product request."))


def on_approved(*, record: DevelopmentRequest, request: ApprovalRequest, actor: User) -> None:
    """The project is set up today, with the milestones that administrators listed."""
    transition(record, S.ACCEPTED, actor=actor, reason=request.code, changes={"set_up_on": timezone.localdate()})
    _first_milestones(record)
    announce(record)


def on_given_back(*, record: DevelopmentRequest, request: ApprovalRequest, actor: User) -> None:
    """Rejected, returned or taken back: it waits to be sent again or declined."""
    said = request.log.exclude(reason="").order_by("-at", "-pk").values_list("reason", flat=True).first()
    reason = " · ".join(filter(None, (request.code, said)))
    transition(record, S.ASSESSED, actor=actor, reason=reason, changes={"due_on": None})


def _first_milestones(development: DevelopmentRequest) -> None:
    """Spread evenly until the day of release; the customer's trial falls to the owner, all else to the researcher."""
    items = [item for item in listed("development_milestone").items if item.is_active]
    items.sort(key=lambda item: item.code == RELEASE)  # the last, wherever the list has it
    start, end = development.set_up_on, development.due_on
    if start is None or end is None:
        return
    for number, item in enumerate(items, start=1):
        milestone = DevelopmentMilestone(
            development=development,
            position=number,
            name=item.code,
            responsible=development.owner if item.code == "customer_trial" else development.researcher,
            due_on=start + (end - start) * number / len(items),
        )
        create_record(milestone)


def open_milestones(development: DevelopmentRequest, *, without_release: bool = False) -> list[DevelopmentMilestone]:
    """The milestones that are not done, in their order."""
    rows = DevelopmentMilestone._base_manager.filter(development=development, done_on__isnull=True)
    if without_release:
        rows = rows.exclude(name=RELEASE)
    return list(rows.select_related("responsible", "task", "development").order_by("position", "pk"))


def begin(*, development: DevelopmentRequest, actor: User) -> Any:
    """The work begins: everybody responsible gets a to-do for each milestone. Raises DomainError while a milestone has nobody
    or no day; TransitionError, StaleVersion."""
    with transaction.atomic():
        lock_row(DevelopmentRequest._base_manager.all(), development.pk)
        rows = open_milestones(development)
        if bare := [str(row) for row in rows if row.responsible is None or row.due_on is None]:
            message = _("These milestones need somebody responsible and a day: %(names)s.")
            raise DomainError(message % {"names": enumerated(bare)})
        row = transition(development, S.DEVELOPMENT, actor=actor)
        for milestone in rows:
            todos.keep_task(milestone, actor)
            save_record(milestone, expected_version=None, fields=["task"])
    return row


def begin_trial(*, development: DevelopmentRequest, actor: User) -> Any:
    """The customer tries it. Raises DomainError without a sample for it; TransitionError, StaleVersion."""
    samples = SampleRequest._base_manager.filter(development=development).exclude(state=SampleState.CANCELLED)
    if not samples.exists():
        raise DomainError(_("Ask for the trial samples first, or link those that were sent."))
    return transition(development, S.TRIAL, actor=actor)


def back_to_development(*, development: DevelopmentRequest, actor: User, reason: str = "") -> Any:
    """The trial showed that more is to be done. Raises TransitionError without a reason, StaleVersion."""
    return transition(development, S.DEVELOPMENT, actor=actor, reason=reason)


def link_sample(*, development: DevelopmentRequest, actor: User, sample: SampleRequest) -> SampleRequest:
    """Samples that were asked for otherwise belong to this development. Raises DomainError for another customer's."""
    if sample.customer_id != development.customer_id:
        raise DomainError(_("These samples are another customer's."), field="sample")
    if development.state not in AT_WORK and development.state != S.ACCEPTED:
        raise DomainError(_("Trial samples belong to a project that is under way."))
    sample.development = development
    return save_record(sample, expected_version=sample.version, fields=["development"])
