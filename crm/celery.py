"""The Celery application. Beat's schedule comes from the periodic jobs that the apps register."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")

app = Celery("hengpu")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["crm.workflow", "crm.importing", "crm.exporting", "crm.administration", "crm.security", "crm.personal"]
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
