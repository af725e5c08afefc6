"""Who blocks what since when: the work of others that opportunities wait for."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.formats import enumerated
from crm.models import ApprovalRequest, Task, User
from crm.records.references import kind_of
from crm.workflow.domain.approval_reading import waiting_names
from opportunities.domain.developments.waiting import waiting_for
from opportunities.enums import QuoteState, SampleState
from opportunities.models import DevelopmentRequest, Opportunity, Quote, SampleRequest, Tender
from opportunities.sample_rules import AWAITS_FEEDBACK


@dataclass(frozen=True)
class Blocker:
    """Work of others that an opportunity waits for: what, for whom, since when; `record` is where it stands."""

    what: str
    record: Any
    who: str
    since: dt.datetime
    late: bool = False


def blockers(rows: Iterable[Opportunity], user: User) -> dict[int, list[Blocker]]:
    """By opportunity what it waits for, of what the reader sees; the longest first. A fixed number of queries."""
    keys = [row.pk for row in rows]
    waiting: list[tuple[int, str, Any, dt.datetime, str, bool]] = []
    if user.has_perm("opportunities.view_samplerequest"):
        waiting += _samples(keys, user)
    if user.has_perm("opportunities.view_quote"):
        waiting += _quotes(keys, user)
    if user.has_perm("opportunities.view_tender"):
        waiting += _tenders(keys, user)
    if user.has_perm("opportunities.view_developmentrequest"):
        waiting += _developments(keys, user)
    waiting += _tasks(keys, user)
    requests = _requests(keys, [entry[2] for entry in waiting])
    names = waiting_names([request.pk for request in requests.values()])
    found: dict[int, list[Blocker]] = defaultdict(list)
    for key, what, record, since, who, late in waiting:
        request = requests.get((kind_of(type(record)).pk, record.pk))
        asked = enumerated(names.get(request.pk, [])) if request else ""
        found[key].append(Blocker(what, record, asked or who, since, late))
    own = kind_of(Opportunity).pk
    for key in keys:
        if request := requests.get((own, key)):
            who = enumerated(names.get(request.pk, [])) or "—"
            found[key].append(Blocker(_("Step waits for approval"), request, who, request.created_at))
    for some in found.values():
        some.sort(key=lambda blocker: blocker.since)
    return found


def _samples(keys: Sequence[int], user: User) -> list[Any]:
    words = {
        SampleState.PENDING: _("Sample waits for approval"),
        SampleState.APPROVED: _("Sample waits for dispatch"),
        **dict.fromkeys(AWAITS_FEEDBACK, _("Sample waits for the customer's answer")),
    }
    today = timezone.localdate()
    rows: Any = SampleRequest.objects.visible_to(user).filter(opportunity__in=keys, state__in=words)
    return [
        (
            row.opportunity_id,
            words[row.state],
            row,
            row.state_since,
            str(row.customer) if row.state in AWAITS_FEEDBACK else row.owner.label if row.owner else "—",
            row.feedback_due_on is not None and row.feedback_due_on < today,
        )
        for row in rows.select_related("owner", "customer").order_by("pk")
    ]


def _quotes(keys: Sequence[int], user: User) -> list[Any]:
    rows: Any = Quote.objects.visible_to(user).filter(opportunity__in=keys, state=QuoteState.PENDING)
    what = _("Quote waits for approval")
    return [
        (row.opportunity_id, what, row, row.state_since, row.owner.label if row.owner else "—", False)
        for row in rows.select_related("owner").order_by("pk")
    ]


def _tenders(keys: Sequence[int], user: User) -> list[Any]:
    rows: Any = Tender.objects.visible_to(user).running().filter(opportunity__in=keys)
    now = timezone.now()
    return [
        (
            row.opportunity_id,
            _("Tender: %(state)s") % {"state": row.get_state_display()},
            row,
            row.state_since,
            row.owner.label if row.owner else "—",
            row.submitted_at is None and row.submission_due < now,
        )
        for row in rows.select_related("owner").order_by("pk")
    ]


def _developments(keys: Sequence[int], user: User) -> list[Any]:
    rows: Any = DevelopmentRequest.objects.visible_to(user).unfinished().filter(opportunity__in=keys)
    found = list(rows.select_related("owner", "researcher").order_by("pk"))
    waiting = waiting_for(found)
    return [
        (
            row.opportunity_id,
            _("New product: %(what)s") % {"what": waiting[row.pk].what},
            row,
            row.state_since,
            waiting[row.pk].who,
            waiting[row.pk].late,
        )
        for row in found
        if row.pk in waiting
    ]


def _tasks(keys: Sequence[int], user: User) -> list[Any]:
    """To-dos about the opportunity that somebody else than its owner has: support that was asked for."""
    now = timezone.now()
    owners = dict(Opportunity._base_manager.filter(pk__in=keys).values_list("pk", "owner_id"))
    rows: Any = Task.objects.visible_to(user).open().filter(content_type=kind_of(Opportunity), object_id__in=keys)
    return [
        (row.object_id, row.title, row, row.created_at, row.assignee.label, row.due_at < now)
        for row in rows.select_related("assignee").order_by("pk")
        if row.assignee_id != owners.get(row.object_id or 0)
    ]


def _requests(keys: Sequence[int], records: Sequence[Any]) -> dict[tuple[int, int], ApprovalRequest]:
    """The requests that wait for a decision about these opportunities and records."""
    wanted = Q(content_type=kind_of(Opportunity), object_id__in=keys)
    for record in records:
        wanted |= Q(content_type=kind_of(type(record)), object_id=record.pk)
    rows = ApprovalRequest._base_manager.filter(wanted, state="pending").order_by("pk")
    return {request.reference: request for request in rows}
