"""Background jobs: how far one is, and the page of all."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from crm import extension_points
from crm.errors import DomainError
from crm.workflow.domain.jobs import ask_to_stop, retry_job
from crm.workflow.models import Job
from crm.workflow.models.job import ALL_JOBS, ENDED, JobEntry, JobEvent, JobState

PAGE_SIZE = 30
LAST_PAGE = 1000
TONES = {
    JobState.WAITING: "line",
    JobState.RUNNING: "pri",
    JobState.DONE: "ok",
    JobState.FAILED: "bad",
    JobState.CANCELLED: "",
}
TONES_OF_EVENTS: dict[str, str] = {
    JobEvent.DONE: "ok",
    JobEvent.FAILED: "bad",
    JobEvent.BEGUN: "pri",
    JobEvent.STOP_ASKED: "warn",
}
MOST_ENTRIES = 200
SHOWN = {"running": (JobState.WAITING, JobState.RUNNING), "failed": (JobState.FAILED, JobState.CANCELLED)}


@require_safe
@never_cache
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment that polls itself; when the job has ended it has the page around it load anew."""
    job = Job.objects.visible_to(request.user).filter(pk=pk).first()
    if job is None:
        raise Http404
    response = render(request, "workflow/_progress.html", {"job": job})
    if job.has_ended:
        response["HX-Refresh"] = "true"
    return response


class JobList(View):
    """The reader's jobs, everybody's for those with the right; asks for itself every two seconds while one runs."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; for htmx its list."""
        rows = Job.objects.visible_to(request.user).select_related("created_by")
        which, kind = request.GET.get("which", ""), request.GET.get("kind", "")
        if which in SHOWN:
            rows = rows.filter(state__in=SHOWN[which])
        if kind:
            rows = rows.filter(kind=kind)
        number = request.GET.get("page", "")
        page = min(max(int(number), 1), LAST_PAGE) if number.isdecimal() and len(number) < 6 else 1
        found = list(rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE + 1])
        everybody = request.user.has_perm(ALL_JOBS)
        kinds = [(entry.key, entry.label) for entry in extension_points.job_kinds.all()]
        context = {
            "lines": lines(request.user, found[:PAGE_SIZE]),
            "running": any(not job.has_ended for job in found),
            "everybody": everybody,
            "which": which,
            "tabs": [("", _("All")), ("running", _("Running")), ("failed", _("Failed"))],
            "kind": kind,
            "kinds": kinds,
            "kind_label": dict(kinds).get(kind, ""),
            "page": {
                "number": page,
                "has_previous": page > 1,
                "previous_page_number": page - 1,
                "has_next": len(found) > PAGE_SIZE,
                "next_page_number": page + 1,
            },
            "nav": "settings" if everybody else "jobs",
            "crumbs": [(_("Background jobs"), None)],
        }
        template = "workflow/jobs.html#list" if request.htmx else "workflow/jobs.html"  # type: ignore[attr-defined]
        return render(request, template, context)


def lines(user: Any, jobs: list[Job]) -> list[dict[str, Any]]:
    """The jobs with what can be done about them; one query per kind that links to what came of it."""
    links: dict[int, str] = {}
    for declared in {job.kind: job.declared for job in jobs}.values():
        if declared is not None and declared.links is not None:
            links |= declared.links(user, [job for job in jobs if job.kind == declared.key])
    return [
        {
            "job": job,
            "tone": TONES[JobState(job.state)],
            "icon": job.declared.icon if job.declared else "server",
            "took": took(job),
            "url": links.get(job.pk, ""),
            "can_stop": bool(job.declared and job.declared.can_stop) and not job.has_ended and not job.stop_asked,
            "can_retry": bool(job.declared and job.declared.retry)
            and job.state in (JobState.FAILED, JobState.CANCELLED),
        }
        for job in jobs
    ]


def took(job: Job) -> str:
    """How long it has run, in words; empty before it began."""
    if job.started_at is None:
        return ""
    end = job.finished_at or (timezone.now() if job.state not in ENDED else job.started_at)
    seconds = max(0, int((end - job.started_at).total_seconds()))
    if seconds < 60:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    minutes = round(seconds / 60)
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


class JobPage(View):
    """One job with its log; asks for itself every two seconds while it runs."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page; for htmx its changing part."""
        job = Job.objects.visible_to(request.user).select_related("created_by").filter(pk=pk).first()
        if job is None:
            raise Http404
        log = (
            JobEntry.objects.visible_to(request.user, of=job)
            .select_related("actor")
            .order_by("-pk")[: MOST_ENTRIES + 1]
        )
        context = {
            "line": lines(request.user, [job])[0],
            "entries": [(entry, TONES_OF_EVENTS.get(entry.event, "line")) for entry in log[:MOST_ENTRIES]],
            "cut": len(log) > MOST_ENTRIES,
            "nav": "settings" if request.user.has_perm(ALL_JOBS) else "jobs",
            "crumbs": [(_("Background jobs"), reverse("workflow:job_list")), (job.label, None)],
        }
        template = "workflow/job.html#job" if request.htmx else "workflow/job.html"  # type: ignore[attr-defined]
        return render(request, template, context)


class _Act(View):
    """Something done about one job; goes back to the list with what came of it."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it."""
        job = Job.objects.visible_to(request.user).filter(pk=pk).first()
        if job is None:
            raise Http404
        try:
            messages.success(request, self.act(job, request.user))
        except DomainError as error:
            messages.error(request, str(error.message))
        return HttpResponseRedirect(reverse("workflow:job_list"))

    def act(self, job: Job, user: Any) -> str:
        """Do it and say so."""
        raise NotImplementedError


class Stop(_Act):
    """Ask a job to stop."""

    def act(self, job: Job, user: Any) -> str:
        """It stops at its next step."""
        ask_to_stop(job=job, actor=user)
        return _("The job stops at its next step.")


class Retry(_Act):
    """Start a job anew."""

    def act(self, job: Job, user: Any) -> str:
        """As its kind does."""
        retry_job(job=job, actor=user)
        return _("The job was started anew.")
