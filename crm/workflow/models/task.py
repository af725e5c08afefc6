"""To-dos."""

from functools import lru_cache
from typing import Any, ClassVar, Self

import pghistory
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import BaseModel, OwnedModel, RecordModel, StateChange, search_index
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import OwnedOrVia, OwnerScope, ViaParent
from crm.records.references import reference_of
from crm.transitions import Transitions, moves


class TaskState(models.TextChoices):
    """Where a to-do stands."""

    OPEN = "open", pgettext_lazy("to-do", "open")
    DONE = "done", pgettext_lazy("to-do", "done")
    CANCELLED = "cancelled", pgettext_lazy("to-do", "cancelled")


class Priority(models.IntegerChoices):
    """How much it matters."""

    HIGH = 1, pgettext_lazy("priority", "high")
    NORMAL = 2, pgettext_lazy("priority", "normal")
    LOW = 3, pgettext_lazy("priority", "low")


class TaskScope(OwnerScope):
    """Seen by the person who is to do it and everybody who sees that person's rows, by the person who gave it, and by the owner
    of what it is about or of what that belongs to."""

    def condition(self, user: Any, *more: Any, **how: Any) -> Q | None:
        found = self.of_people(user, *more, **how)
        return None if found is None else found | about_own(user)

    def of_people(self, user: Any, *more: Any, **how: Any) -> Q | None:
        """What is seen for who does it or gave it, whatever it is about."""
        reach = super().condition(user, *more, **how)
        return None if reach is None else reach | Q(creator_id=user.pk)


def owns(user: Any, record: Any) -> bool:
    """Whether the person, or somebody stood in for, owns a record or what it hangs on: about_own() of a record at hand."""
    scope = getattr(type(record), "scope", None)
    owners = {getattr(record, "owner_id", None)} if isinstance(record, OwnedModel) else set()
    if owners and isinstance(scope, OwnedOrVia):
        owners.add(getattr(getattr(record, scope.parent), "owner_id", None))
    return not owners.isdisjoint(sight.user_id for sight in user.access.sights)


def about_own(user: Any) -> Q:
    """To-dos about records that the person, or somebody stood in for, owns, and about what hangs on them."""
    people = [sight.user_id for sight in user.access.sights]
    found = Q()
    for model in owned_kinds():
        own = Q(owner_id__in=people)
        if isinstance(model.scope, OwnedOrVia):
            own |= Q(**{f"{model.scope.parent}__owner_id__in": people})
        rows = model._base_manager.filter(own).order_by().values("pk")
        found |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=rows)
    return found


@lru_cache(maxsize=1)
def owned_kinds() -> tuple[Any, ...]:
    """The kinds of records that have an owner."""
    return tuple(model for model in apps.get_models() if issubclass(model, OwnedModel))


class TaskQuerySet(ScopedQuerySet):
    """To-dos by what is left to do."""

    def visible_to(self, user: Any, *, of: models.Model | None = None, write: bool = False) -> Self:
        """Of a record that the reader has found by visible_to() those in reach, without asking what else the person owns."""
        if of is None or not getattr(user, "is_active", False):
            return super().visible_to(user, write=write)
        rows = self.filter(**reference_of(of))
        people = None if owns(user, of) else self.model.scope.of_people(user, self.model, write=write)  # type: ignore[attr-defined]
        return rows if people is None else rows.filter(people)

    def open(self) -> Self:
        """Neither done nor cancelled."""
        return self.filter(state=TaskState.OPEN)

    def overdue(self) -> Self:
        """Open and past their time."""
        return self.open().filter(due_at__lt=timezone.now())


@pghistory.track(exclude=["search_text", "reminded_at", "overdue_told_at"])
class Task(RecordModel):
    """Something one person is to do by a time, about a record or not. `kind` tells those that an app made from each other."""

    title = models.CharField(_("to-do"), max_length=200)
    text = models.TextField(_("details"), blank=True)
    due_at = models.DateTimeField(pgettext_lazy("to-do", "due"))
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.NORMAL)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("assigned to"), on_delete=models.PROTECT, related_name="+"
    )
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("given by"), on_delete=models.PROTECT, related_name="+", editable=False
    )
    team = models.ForeignKey(
        "crm.Team", verbose_name=_("team"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    business_unit = models.ForeignKey(
        "crm.BusinessUnit",
        verbose_name=_("business unit"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    content_type = models.ForeignKey(
        "contenttypes.ContentType", on_delete=models.CASCADE, null=True, editable=False, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(null=True, editable=False)
    kind = models.CharField(_("kind"), max_length=60, blank=True, editable=False)
    state = models.CharField(
        _("status"), max_length=10, choices=TaskState.choices, default=TaskState.OPEN, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False)
    remind_at = models.DateTimeField(_("remind at"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, editable=False)
    overdue_told_at = models.DateTimeField(null=True, editable=False)
    done_note = models.TextField(_("outcome"), blank=True, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[Any] = TaskQuerySet.as_manager()
    scope = TaskScope(owner="assignee")
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                TaskState.OPEN: [TaskState.DONE, TaskState.CANCELLED],
                TaskState.DONE: [TaskState.OPEN],
                TaskState.CANCELLED: [TaskState.OPEN],
            }
        ),
    )

    class Meta:
        verbose_name = _("to-do")
        verbose_name_plural = _("to-dos")
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(content_type__isnull=True, object_id__isnull=True)
                | Q(content_type__isnull=False, object_id__isnull=False),
                name="task_whole_reference",
            ),
        ]
        indexes = [
            search_index("task_search"),
            models.Index(fields=["due_at", "id"], name="task_due"),
            models.Index(fields=["created_at", "id"], name="task_created"),
            models.Index(fields=["assignee", "state", "due_at", "id"], name="task_assignee_due"),
            models.Index(fields=["creator", "state", "due_at"], name="task_creator_due"),
            models.Index(fields=["team", "state", "due_at"], name="task_team_due"),
            models.Index(fields=["business_unit", "state", "due_at"], name="task_unit_due"),
            models.Index(fields=["content_type", "object_id"], name="task_record"),
            models.Index(
                fields=["remind_at"], condition=Q(state="open", reminded_at__isnull=True), name="task_to_remind"
            ),
            models.Index(
                fields=["due_at"], condition=Q(state="open", overdue_told_at__isnull=True), name="task_to_tell"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_overdue(self) -> bool:
        """Open and past its time."""
        return self.state == TaskState.OPEN and self.due_at < timezone.now()

    @property
    def reference(self) -> tuple[int | None, int | None]:
        """The record it is about."""
        return self.content_type_id, self.object_id


class TaskStateChange(StateChange, BaseModel):
    """A move of a to-do."""

    record = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=10, choices=TaskState.choices)
    target = models.CharField(max_length=10, choices=TaskState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of a to-do")
