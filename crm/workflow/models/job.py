"""Long jobs and their progress."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm import extension_points
from crm.base.models import BaseModel
from crm.base.scopes import OwnRows, ViaParent


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", pgettext_lazy("job", "cancelled")


ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
ALL_JOBS = "crm.view_all_jobs"


class JobScope(OwnRows):
    """Who started it sees it, and whoever has the right to see all."""

    def condition(self, user: Any, *more: Any, **how: Any) -> Q | None:
        return None if user.has_perm(ALL_JOBS) else super().condition(user, *more, **how)


class Job(BaseModel):
    """A background job that a page polls: how far it is, and what came of it. `params` is what starting it anew needs."""

    kind = models.CharField(_("kind"), max_length=60)
    state = models.CharField(_("state"), max_length=10, choices=JobState.choices, default=JobState.WAITING)
    done = models.PositiveBigIntegerField(_("done"), default=0)
    total = models.PositiveBigIntegerField(_("in all"), default=0)
    message = models.TextField(_("message"), blank=True)
    params = models.JSONField(_("started with"), default=dict, blank=True)
    stop_asked = models.BooleanField(_("is to stop"), default=False)
    result = models.JSONField(_("result"), default=dict, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("started by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    lost_at = models.DateTimeField(null=True, editable=False)  # when its worker was first found to be gone

    scope = JobScope("created_by")

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-pk"]
        permissions = [("view_all_jobs", _("Can see the background jobs of everybody"))]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="job_newest"),
            models.Index(fields=["id"], condition=Q(state="running"), name="job_running"),
            models.Index(fields=["created_by", "-created_at", "-id"], name="job_newest_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def declared(self) -> Any:
        """The kind as it was registered; None when it was not."""
        try:
            return extension_points.job_kinds.get(self.kind)
        except KeyError:
            return None

    @property
    def label(self) -> str:
        """The kind in words."""
        return str(self.declared.label if self.declared else self.kind)

    @property
    def has_ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in ENDED

    @property
    def percent(self) -> int:
        """How far, 0 to 100."""
        if self.state == JobState.DONE:
            return 100
        return min(99, int(self.done * 100 / self.total)) if self.total else 0


class JobEvent(models.TextChoices):
    """What a line of a job's log is about."""

    QUEUED = "queued", _("queued")
    BEGUN = "begun", _("a worker began")
    NOTE = "note", _("note")
    STOP_ASKED = "stop_asked", _("asked to stop")
    CANCELLED = "cancelled", _("stopped")
    FAILED = "failed", _("failed")
    DONE = "done", _("done")
    RETRIED = "retried", _("started anew")


class JobEntry(BaseModel):
    """A line of a job's log. `text` is in the language the worker spoke."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="log")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    event = models.CharField(_("what happened"), max_length=12, choices=JobEvent.choices)
    text = models.TextField(_("text"), blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    scope = ViaParent("job")

    class Meta:
        verbose_name = _("line of a job's log")
        verbose_name_plural = _("log of a job")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.job_id} {self.event}"
