"""Bulk edits: choose fields and values, confirm with the numbers, see what came of it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from crm.bulk.domain.edits import AT_ONCE, KIND, MOST, Selection, may_edit, start_edit
from crm.bulk.forms import BulkEditForm
from crm.errors import DomainError
from crm.generic.lists import list_view
from crm.workflow.models import Job

SALT = "bulk-edit"


@require_POST
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The form; with `step` "confirm" the numbers, with "run" the deed. `ids` without `everything` are the rows ticked."""
    post = request.POST
    try:
        view = list_view(key, request.user, post.get("query", ""))
    except KeyError as error:
        raise Http404 from error
    if not may_edit(view.entity, request.user):
        raise PermissionDenied
    back = f"{view.entity.url('list')}?{view.request.GET.urlencode() or 'view=all'}"
    ids = None if post.get("everything") else [int(x) for x in post.getlist("ids") if _is_key(x)]
    selection = Selection(view, ids)
    chosen, changeable = (rows[: MOST + 1].count() for rows in (selection.found(), selection.changeable()))
    if not chosen:
        messages.error(request, _("Nothing is selected. Tick the rows first."))
        return HttpResponseRedirect(back)
    context = _context(view, post, back, chosen=chosen, changeable=changeable)
    step = post.get("step")
    form = BulkEditForm(view.entity, request.user, post if step else None)
    if not step or not form.is_valid():
        return render(request, "bulk/edit.html", {**context, "form": form}, status=422 if step else 200)
    if step == "run" and (asked_at := _asked_at(post.get("asked", ""))):
        return _run(request, selection, form, asked_at, back)
    asked = TimestampSigner(salt=SALT).sign(timezone.now().isoformat())
    carried = [(name, value) for name, values in QueryDict(form.kept()).lists() for value in values]
    context |= {"form": form, "carried": carried, "asked": asked, "later": changeable > AT_ONCE}
    return render(request, "bulk/confirm.html", context)


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _asked_at(text: str) -> dt.datetime | None:
    """When the person was asked to confirm; None for a page that nobody was shown, or long ago."""
    try:
        return dt.datetime.fromisoformat(TimestampSigner(salt=SALT).unsign(text, max_age=dt.timedelta(hours=12)))
    except BadSignature:
        return None


def _context(view: Any, post: QueryDict, back: str, *, chosen: int, changeable: int) -> dict[str, Any]:
    return view.context(  # type: ignore[no-any-return]
        key=view.entity.key,
        ids=post.getlist("ids"),
        everything=post.get("everything", ""),
        query=post.get("query", ""),
        back=back,
        chosen=chosen,
        changeable=changeable,
        skipped=chosen - changeable,
        too_many=changeable > MOST,
        most=MOST,
        crumbs=[(view.entity.heading, back), (_("Bulk edit"), None)],
    )


def _run(
    request: HttpRequest, selection: Selection, form: BulkEditForm, asked_at: dt.datetime, back: str
) -> HttpResponse:
    try:
        job = start_edit(actor=request.user, selection=selection, kept=form.kept(), asked_at=asked_at)
    except DomainError as error:
        messages.error(request, str(error.message))
        return HttpResponseRedirect(back)
    if job.state != "done" or job.result["failed"]:
        return redirect("bulk:show", pk=job.pk)
    count = job.result["changed"]
    messages.success(
        request, ngettext("%(n)d record was changed.", "%(n)d records were changed.", count) % {"n": count}
    )
    return HttpResponseRedirect(back)


@require_safe
@never_cache
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a bulk edit is, and what came of it: for the person who started it."""
    jobs = Job.objects.visible_to(request.user)
    job = jobs.filter(pk=pk, kind=KIND, created_by=request.user.pk).first()
    if job is None:
        raise Http404
    try:
        view = list_view(job.params["list"], request.user, job.params["query"])
    except KeyError as error:
        raise Http404 from error
    entity = view.entity
    if not request.user.has_perm(entity.permission("view")):
        raise PermissionDenied
    back = f"{entity.url('list')}?{job.params['query'] or 'view=all'}"
    form = BulkEditForm(entity, request.user, QueryDict(job.params["values"]))
    context = {
        "job": job,
        "entity": entity,
        "nav": entity.nav,
        "back": back,
        "changes": form.words() if form.is_valid() else [],
        "failures": _still_seen(view, job.result.get("failures", [])),
        "crumbs": [(entity.heading, back), (_("Bulk edit"), None)],
    }
    return render(request, "bulk/show.html", context)


def _still_seen(view: Any, failures: Sequence[Any]) -> list[tuple[str, str, str]]:
    """Address, name and reason of the records that could not be changed, of those still in reach."""
    seen = set(view.rows().filter(pk__in=[pk for pk, _name, _why in failures]).values_list("pk", flat=True))
    address = view.entity.record_url
    model = view.entity.model
    return [(address(model(pk=pk)), name, reason) for pk, name, reason in failures if pk in seen]


def edit_links(user: Any, jobs: Sequence[Any]) -> dict[int, str]:
    """The pages of the person's own bulk edits, for the page of jobs."""
    return {job.pk: reverse("bulk:show", args=[job.pk]) for job in jobs if job.created_by_id == user.pk}
