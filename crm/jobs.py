"""Queue background work by name, after the transaction has committed; so lower layers need not import tasks."""

from typing import Any

from celery import current_app
from django.db import transaction

from crm.acting import carried_facts


def enqueue(task_name: str, *, queue: str | None = None, countdown: int | None = None, **ids: Any) -> None:
    """Queue the task `task_name` ("app.task") with keyword arguments once the current transaction commits.

    Only ids and other plain values may be passed. What the task writes stands in the trail under whoever is acting now.
    Raises NotRegistered for an unknown name.
    """
    if task_name not in current_app.tasks:
        current_app.loader.import_default_modules()  # the apps' tasks.py: a worker does it on its own, site and commands don't
    task = current_app.tasks[task_name]
    options: dict[str, Any] = {
        key: value for key, value in {"queue": queue, "countdown": countdown}.items() if value is not None
    }
    headers = {"trail": carried_facts()}
    transaction.on_commit(lambda: task.apply_async(kwargs=ids, headers=headers, **options))
