"""The shared kernel: what every app of Hengpu builds on. Exposes the Celery application, nothing else."""

from crm.celery import app as celery_app

__all__ = ["celery_app"]
