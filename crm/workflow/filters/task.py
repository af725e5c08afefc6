"""Filters of to-dos."""

import datetime as dt

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.generic.criteria import Day, Text
from crm.generic.filters import ChoicesFilter, DaysFilter, ListFilter, OwnerFilter
from crm.organisation.models import Team
from crm.workflow.models import Priority, Task, TaskState

WHEN = (
    ("overdue", _("Overdue")),
    ("today", _("Due today or overdue")),
    ("week", _("Due by the end of the week")),
)


def midnight(day: dt.date) -> dt.datetime:
    """When that day begins in the company's zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def end_of_day(*, days: int = 0) -> dt.datetime:
    """The midnight that ends today, or the day that many days later, in the company's zone."""
    return midnight(timezone.localdate() + dt.timedelta(days=days + 1))


class TaskFilter(ListFilter):
    """What one narrows to-dos by."""

    when = django_filters.ChoiceFilter(label=pgettext_lazy("to-do", "Due"), choices=WHEN, method="by_time")
    state = ChoicesFilter(label=_("Status"), choices=TaskState.choices)
    assignee = OwnerFilter(label=_("Assigned to"))
    creator = OwnerFilter(label=_("Given by"))
    priority = ChoicesFilter(label=_("Priority"), choices=Priority.choices)
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=Team.objects.none())
    due = DaysFilter(label=_("Due date"), field_name="due_at")
    also = (Text("title"), Day("created_at"))

    class Meta:
        model = Task
        fields = ()

    def by_time(self, rows: QuerySet[Task], name: str, value: str) -> QuerySet[Task]:
        """Open ones that are due by then."""
        if value == "overdue":
            return rows.overdue()  # type: ignore[attr-defined, no-any-return]
        left = 6 - timezone.localdate().weekday() if value == "week" else 0
        return rows.open().filter(due_at__lt=end_of_day(days=left))  # type: ignore[attr-defined, no-any-return]
