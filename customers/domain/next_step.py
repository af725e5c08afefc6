"""What is to be done next with a customer, whichever app knows of it."""

import datetime as dt
from typing import Any

from django.utils import timezone

from crm.workflow.links import address_of
from crm.workflow.models import Task
from customers.extension_points import NextStep, next_steps
from customers.models import Customer


def next_step_of(user: Any, customer: Customer) -> NextStep | None:
    """The earliest of what the customer's record, its to-dos and the other apps name, as far as the reader sees it; with a day
    before without, and the record's own before others of the same day."""
    found = [_own(customer)]
    found += [
        source.first(user, customer)
        for source in next_steps.all()
        if not source.permission or user.has_perm(source.permission)
    ]
    steps = [step for step in found if step is not None]
    return min(steps, key=lambda step: (step.due is None, step.due or dt.date.max), default=None)


def _own(customer: Customer) -> NextStep | None:
    """What the owner wrote down; it stands on this very page."""
    if not (customer.next_step or customer.next_step_on):
        return None
    return NextStep(customer.next_step, customer.next_step_on, "")


def first_task(user: Any, customer: Customer) -> NextStep | None:
    """The first open to-do about the customer."""
    task = Task.objects.visible_to(user, of=customer).open().order_by("due_at", "pk").first()
    return NextStep(task.title, timezone.localdate(task.due_at), address_of(task)) if task is not None else None
