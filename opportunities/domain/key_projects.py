"""Key projects: the opportunities that managers marked, and the largest of each business unit; what holds each of them up."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record
from crm.errors import DomainError
from crm.models import ApprovalRequest, User
from crm.records.references import kind_of
from crm.workflow.domain.approval_reading import waiting_names
from opportunities.enums import QuoteState, SampleState
from opportunities.models import KeyProject, Opportunity, Quote, SampleRequest, Tender
from opportunities.sample_rules import AWAITS_FEEDBACK

LARGEST = 5  # of each business unit, by amount


@dataclass(frozen=True)
class Blocker:
    """Work of others that an opportunity waits for: what, for whom, since when; `record` is where it stands."""

    what: str
    record: Any
    who: str
    since: dt.datetime
    late: bool = False


def mark(*, opportunity: Opportunity, actor: User) -> KeyProject:
    """Put it among the key projects. Raises DomainError for one that is not worked on; one that is marked stays as it is."""
    if not opportunity.stage.is_open:
        raise DomainError(_("Only an open opportunity can be a key project."))
    with transaction.atomic():
        known = KeyProject.objects.filter(opportunity=opportunity).first()
        return known or create_record(KeyProject(opportunity=opportunity, marked_by=actor))


def unmark(*, opportunity: Opportunity, actor: User) -> None:
    """Take the mark off."""
    KeyProject.objects.filter(opportunity=opportunity).delete()


def key_rows(rows: QuerySet[Opportunity]) -> list[Opportunity]:
    """The key projects among these, the largest first. `place` is the place by amount in its business unit where that is what
    makes it one, else None."""
    by_amount = Window(RowNumber(), partition_by="business_unit", order_by=[F("amount_base").desc(), F("pk").asc()])
    ranked = rows.open().filter(amount_base__gt=0).order_by().annotate(place=by_amount)  # type: ignore[attr-defined]
    places = dict(ranked.filter(place__lte=LARGEST).values_list("pk", "place"))
    found = (
        rows.open()  # type: ignore[attr-defined]
        .filter(Q(pk__in=places) | Q(key_project__isnull=False))
        .select_related("stage", "customer", "owner", "business_unit", "product_line", "key_project__marked_by")
        .order_by("-amount_base", "pk")
    )
    keys = list(found)
    for row in keys:
        row.place = places.get(row.pk)
    return keys


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
    requests = _requests(keys, [entry[2] for entry in waiting])
    names = waiting_names([request.pk for request in requests.values()])
    found: dict[int, list[Blocker]] = defaultdict(list)
    for key, what, record, since, who, late in waiting:
        request = requests.get((kind_of(type(record)).pk, record.pk))
        asked = ", ".join(names.get(request.pk, [])) if request else ""
        found[key].append(Blocker(what, record, asked or who, since, late))
    own = kind_of(Opportunity).pk
    for key in keys:
        if request := requests.get((own, key)):
            who = ", ".join(names.get(request.pk, [])) or "—"
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


def _requests(keys: Sequence[int], records: Sequence[Any]) -> dict[tuple[int, int], ApprovalRequest]:
    """The requests that wait for a decision about these opportunities and records."""
    wanted = Q(content_type=kind_of(Opportunity), object_id__in=keys)
    for record in records:
        wanted |= Q(content_type=kind_of(type(record)), object_id=record.pk)
    rows = ApprovalRequest._base_manager.filter(wanted, state="pending").order_by("pk")
    return {request.reference: request for request in rows}
