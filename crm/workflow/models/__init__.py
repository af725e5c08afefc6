"""Models of running work."""

from crm.workflow.models.job import Job

__all__ = ["Job"]
