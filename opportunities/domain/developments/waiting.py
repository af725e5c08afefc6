"""Who is waited for with a new product, since when and until when."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.formats import enumerated
from crm.models import ApprovalAssignment, Task
from opportunities.development_rules import AT_WORK, ENDED
from opportunities.domain.developments.todos import ANSWER
from opportunities.enums import DevelopmentState as S
from opportunities.models import DevelopmentMilestone, DevelopmentRequest


@dataclass(frozen=True)
class Waiting:
    """`what` is to be done by `who`, since that day; `until` is the day it is due."""

    what: str
    who: str
    since: dt.date
    until: dt.date | None = None

    @property
    def late(self) -> bool:
        """Whether it is overdue."""
        return self.until is not None and self.until < timezone.localdate()


def waiting_for(rows: Iterable[DevelopmentRequest]) -> dict[int, Waiting]:
    """By request what keeps it, for those that have not ended; three queries for all of them. Rows come with owner and
    researcher."""
    found = [row for row in rows if row.state not in ENDED]
    asked = _asked([row for row in found if row.state in (S.SUBMITTED, S.PENDING)])
    next_ones = _next_milestones([row.pk for row in found if row.state in AT_WORK])
    return {row.pk: _one(row, asked.get(row.pk, []), next_ones.get(row.pk)) for row in found}


def _asked(rows: Sequence[DevelopmentRequest]) -> dict[int, list[str]]:
    """Who has the question to research, or the approval, before them."""
    names: dict[int, list[str]] = defaultdict(list)
    if not rows:
        return names
    kind = ContentType.objects.get_for_model(DevelopmentRequest)
    keys = [row.pk for row in rows]
    tasks = Task.objects.open().filter(kind=ANSWER, content_type=kind, object_id__in=keys).select_related("assignee")
    for task in tasks.order_by("pk"):
        names[task.object_id].append(task.assignee.label)  # type: ignore[index]
    pending = [row.pk for row in rows if row.state == S.PENDING]
    if pending:
        open_ones = ApprovalAssignment.objects.filter(
            is_open=True, request__content_type=kind, request__object_id__in=pending
        )
        for one in open_ones.select_related("user", "request").order_by("pk"):
            names[one.request.object_id].append(one.user.label)
    return names


def _next_milestones(keys: Sequence[int]) -> dict[int, DevelopmentMilestone]:
    """The open milestone that is due first, by request."""
    if not keys:
        return {}
    rows = DevelopmentMilestone._base_manager.filter(development__in=keys, done_on__isnull=True)
    found: dict[int, DevelopmentMilestone] = {}
    for row in rows.select_related("responsible").order_by("development", "due_on", "position", "pk"):
        found.setdefault(row.development_id, row)
    return found


def _one(row: DevelopmentRequest, asked: list[str], milestone: DevelopmentMilestone | None) -> Waiting:
    since = timezone.localtime(row.state_since).date()
    owner, researcher = _name(row.owner), _name(row.researcher)
    people = enumerated(asked[:3])
    if row.state in AT_WORK and milestone is not None:
        return Waiting(str(milestone), _name(milestone.responsible), since, milestone.due_on)
    what: dict[str, tuple[Any, str, dt.date | None]] = {
        S.DRAFT: (_("complete and submit it"), owner, None),
        S.SUBMITTED: (_("answer of R&D"), people or _("R&D"), row.answer_due),
        S.FEASIBILITY: (_("answer of R&D"), researcher, row.answer_due),
        S.ASSESSED: (_("ask for the set-up, or decline"), owner, None),
        S.PENDING: (_("approval of the set-up"), people or "—", None),
        S.ACCEPTED: (_("begin the work"), researcher, None),
    }
    text, who, until = what.get(row.state, (_("release"), researcher, row.due_on))
    return Waiting(text, who, since, until)


def _name(person: Any) -> str:
    return person.label if person is not None else "—"
