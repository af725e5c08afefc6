"""How far a job is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from crm.workflow.models import Job
from crm.workflow.models.job import JobState


@require_safe
@never_cache
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment that polls itself; when the job has ended it has the page around it load anew."""
    job = Job.objects.visible_to(request.user).filter(pk=pk).first()
    if job is None:
        raise Http404
    response = render(request, "workflow/_progress.html", {"job": job})
    if job.state in (JobState.DONE, JobState.FAILED):
        response["HX-Refresh"] = "true"
    return response
