"""The Celery application. Beat's schedule comes from the periodic jobs that the apps register."""

import os
from typing import Any

from celery import Celery, Task
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")


class ActingTask(Task):
    """A task whose writes the audit trail keeps under its name, and under the person who started it."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run it with these facts in force."""
        from crm.acting import acting  # noqa: PLC0415 -- app ready

        carried = (self.request.headers or {}).get("trail") or self.request.get("trail") or {}
        with acting(**carried, task=self.name, task_id=self.request.id):
            return super().__call__(*args, **kwargs)


app = Celery("hengpu", task_cls=ActingTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "crm.workflow",
        "crm.importing",
        "crm.exporting",
        "crm.bulk",
        "crm.administration",
        "crm.security",
        "crm.personal",
        "crm.configuration",
        "crm.dossier",
    ]
)
app.autodiscover_tasks()


@app.on_after_finalize.connect
def schedule(sender: Celery, **_kwargs: Any) -> None:
    """Give beat the registered jobs; Django's start-up has closed the registries by then."""
    from crm import extension_points  # noqa: PLC0415 -- app ready

    sender.conf.beat_schedule = {
        job.key: {"task": job.task, "schedule": job.schedule, "options": {"queue": job.queue}}
        for job in extension_points.periodic_jobs.all()
    }


@setup_logging.connect
def keep_our_logging(**_kwargs: Any) -> None:
    """The settings configured logging already; Celery must not."""
