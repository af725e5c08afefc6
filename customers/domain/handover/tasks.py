"""To-dos about customers, as they go along with them."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from crm.models import Task, User
from crm.workflow.domain.tasks import reassign
from customers.extension_points import HandoverLineItem
from customers.models import Customer


def tasks_about(model: type[models.Model], keys: Sequence[int], person: User) -> QuerySet[Task]:
    """The open to-dos of somebody about these records."""
    kind = ContentType.objects.get_for_model(model)
    rows: QuerySet[Task] = Task.objects.open().filter(assignee=person, content_type=kind, object_id__in=list(keys))
    return rows.order_by("pk")


def reassign_tasks(rows: QuerySet[Task], *, target: User, actor: User) -> list[Task]:
    """Give these to-dos to somebody, who is told of each; returns them."""
    return [reassign(task=task, assignee=target, actor=actor) for task in rows.select_for_update(of=("self",))]


def count(keys: Sequence[int], owner: User) -> Mapping[int, int]:
    """How many open to-dos the owner has about each customer."""
    rows = tasks_about(Customer, keys, owner)
    return Counter(task.object_id for task in rows.only("object_id") if task.object_id is not None)


def lines(customer: Customer, owner: User) -> list[HandoverLineItem]:
    """The owner's open to-dos about a customer."""
    rows = tasks_about(Customer, [customer.pk], owner).order_by("due_at", "pk")
    return [HandoverLineItem(task.title, task.text, "", timezone.localtime(task.due_at).date()) for task in rows]


def move(*, keys: Sequence[int], source: User, target: User, actor: User) -> Mapping[int, int]:
    """Give the open to-dos about these customers to the new owner."""
    moved = reassign_tasks(tasks_about(Customer, keys, source), target=target, actor=actor)
    return Counter(task.object_id for task in moved if task.object_id is not None)
