"""From dispatch to the customer's verdict."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.locks import lock_row
from crm.models import Attachment, User
from crm.transitions import transition
from opportunities.domain.samples.feedback import close_tasks
from opportunities.domain.samples.requests import announce, search_text
from opportunities.enums import SampleState, SampleVerdict
from opportunities.models import SampleCriterion, SampleLine, SampleRequest
from opportunities.sample_rules import AWAITS_FEEDBACK

SENT_WITH = ("batch", "coa_number", "coa")
MOST_CRITERIA = 200


def usual_due(dispatched_on: dt.date) -> dt.date:
    """By when the customer shall answer, unless something else is agreed."""
    return dispatched_on + dt.timedelta(days=settings.SAMPLE_FEEDBACK_DAYS)


def dispatch_sample(
    *,
    sample: SampleRequest,
    actor: User,
    dispatched_on: dt.date,
    carrier: str,
    tracking_number: str = "",
    feedback_due_on: dt.date | None = None,
    no_coa_reason: str = "",
    lines: Mapping[int, Mapping[str, Any]] | None = None,
) -> Any:
    """It is on its way; `lines` says by the line's key with which batch and COA (number, or a file of the request).

    Raises TransitionError while a batch lacks, or a COA without a reason; DomainError for a day to come and for a file of another
    record.
    """
    _refuse_future(dispatched_on, "dispatched_on")
    due = feedback_due_on or usual_due(dispatched_on)
    if due < dispatched_on:
        raise DomainError(_("The answer cannot be due before the dispatch."), field="feedback_due_on")
    with transaction.atomic():
        lock_row(SampleRequest._base_manager.all(), sample.pk)
        for line in sample.lines.all():
            _pack(sample, line, (lines or {}).get(line.pk, {}))
        changes = {
            "carrier": carrier.strip(),
            "tracking_number": tracking_number.strip(),
            "dispatched_on": dispatched_on,
            "feedback_due_on": due,
            "no_coa_reason": no_coa_reason.strip(),
        }
        row = transition(sample, SampleState.DISPATCHED, actor=actor, changes=changes)
        found_by = search_text(sample, sample.lines.select_related("product"))
        SampleRequest._base_manager.filter(pk=sample.pk).update(search_text=found_by)
        announce(sample)
    return row


def _pack(sample: SampleRequest, line: SampleLine, given: Mapping[str, Any]) -> None:
    file: Attachment | None = given.get("coa")
    if file is not None and not _is_of(file, sample):
        raise DomainError(_("The COA must be a file of this request: attach it here first."))
    values = {name: given[name] for name in SENT_WITH if name in given}
    if values:
        for name, value in values.items():
            setattr(line, name, value)
        save_record(line, expected_version=None, fields=list(values))


def _is_of(file: Attachment, sample: SampleRequest) -> bool:
    return file.object_id == sample.pk and file.content_type.model_class() is SampleRequest


def receive_sample(*, sample: SampleRequest, actor: User, received_on: dt.date) -> Any:
    """The customer has it. Raises DomainError for a day to come or before the dispatch."""
    _refuse_future(received_on, "received_on")
    if sample.dispatched_on is not None and received_on < sample.dispatched_on:
        message = _("The customer cannot have received it before it was dispatched.")
        raise DomainError(message, field="received_on")
    return transition(sample, SampleState.RECEIVED, actor=actor, changes={"received_on": received_on})


def change_due(*, sample: SampleRequest, actor: User, feedback_due_on: dt.date, reason: str = "") -> SampleRequest:
    """Agree on another day for the customer's answer; who was told that it is overdue is told anew when that passes.

    Raises DomainError while nothing was sent, after the answer, and for a day that has passed."""
    if sample.state not in AWAITS_FEEDBACK:
        raise DomainError(_("Nobody waits for the customer's answer here."))
    if feedback_due_on < timezone.localdate():
        raise DomainError(_("Choose a day to come."), field="feedback_due_on")
    sample.feedback_due_on, sample.owner_told_on, sample.manager_told_on = feedback_due_on, None, None
    with transaction.atomic():
        fields = ["feedback_due_on", "owner_told_on", "manager_told_on"]
        save_record(sample, expected_version=sample.version, fields=fields)
        close_tasks(sample, actor)
    return sample


def evaluate_sample(
    *,
    sample: SampleRequest,
    actor: User,
    evaluated_on: dt.date,
    verdict: str,
    verdict_comment: str = "",
    failure: str = "",
    criteria: Sequence[Mapping[str, Any]] = (),
) -> Any:
    """The customer has tried it: what was measured (`criteria`, each with its `line`), and the verdict.

    Raises TransitionError for a failure without its reason and for a verdict with conditions that says none; DomainError for a
    day to come or before the receipt."""
    _refuse_future(evaluated_on, "evaluated_on")
    if sample.received_on is not None and evaluated_on < sample.received_on:
        raise DomainError(_("The customer cannot have evaluated it before receiving it."), field="evaluated_on")
    if len(criteria) > MOST_CRITERIA:
        raise DomainError(_("Too many criteria: attach the test report instead."))
    changes = {
        "evaluated_on": evaluated_on,
        "cycle_days": max(0, (evaluated_on - sample.requested_on).days),
        "verdict": verdict,
        "verdict_comment": verdict_comment.strip(),
        "failure": failure if verdict == SampleVerdict.FAILED else "",
    }
    with transaction.atomic():
        row = transition(sample, SampleState.EVALUATED, actor=actor, changes=changes)
        own = {line.pk for line in sample.lines.all()}
        for position, given in enumerate(criteria, start=1):
            if given["line"].pk not in own:
                raise DomainError(_("A criterion names a sample of another request."))
            create_record(SampleCriterion(request=sample, position=position, **given))
        close_tasks(sample, actor)
        announce(sample)
    return row


def _refuse_future(day: dt.date, field: str) -> None:
    if day > timezone.localdate():
        raise DomainError(_("This day has not come yet."), field=field)
