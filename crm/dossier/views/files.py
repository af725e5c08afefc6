"""Attach files to a record, fetch and remove them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from crm.dossier.panels import files_of
from crm.dossier.views.base import PartView, gone
from crm.errors import DomainError
from crm.records.domain.attachments import attach, note_download, remove
from crm.records.models import Attachment
from crm.records.sniffing import INLINE

# Even a file that were a page could run and load nothing, and would have no part in the site.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
PDF_POLICY = POLICY.removesuffix(
    "; sandbox"
)  # browsers do not show a PDF in a sandbox; their viewers are one themselves


class Files(PartView):
    """The files of a record."""

    right = "crm.add_attachment"
    changes_record = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """To the tab that shows them."""
        return self.back()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Attach what was sent, each file by itself: a bad one is named with what to do, the others are kept."""
        uploads = request.FILES.getlist("files")
        problems = [] if uploads else [(_("No file"), _("Choose a file first."))]
        done = 0
        for upload in uploads:
            try:
                attach(actor=request.user, record=self.record, upload=upload, kind=request.POST.get("kind", ""))  # type: ignore[arg-type]
            except DomainError as error:
                problems.append((upload.name or "", str(error.message)))
            else:
                done += 1
        if not request.htmx:  # type: ignore[attr-defined]
            for name, problem in problems:
                messages.error(request, f"{name}: {problem}")
            return self.back()
        return self.show(problems, status=200 if done or not problems else 422)

    def show(self, problems: list[tuple[str, str]], status: int = 200) -> HttpResponse:
        """The card of files."""
        context = {**files_of(self.request, self.record), "problems": problems}
        return render(self.request, "dossier/_files.html", context, status=status)


def file_answer(request: HttpRequest, row: Attachment) -> FileResponse:
    """A file, to be saved; with ?show=1 a picture or a PDF is shown. Whoever gets it stands in the trail. 404 when it is gone."""
    try:
        file = row.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(gone()) from error
    shown = request.GET.get("show") == "1" and row.mime in INLINE
    response = FileResponse(file, content_type=row.mime)
    response["Content-Disposition"] = content_disposition_header(not shown, row.name) or ""
    response["Content-Length"] = str(row.size)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_POLICY if row.mime == "application/pdf" else POLICY
    if request.method == "GET":
        note_download(attachment=row)
    return response


class OneFile(PartView):
    """A file of the record, for those who see the record."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The file."""
        return file_answer(request, self.attachment)

    @cached_property
    def attachment(self) -> Attachment:
        """The file of the address."""
        rows = Attachment.objects.visible_to(self.request.user, of=self.record).present()
        row: Attachment | None = rows.filter(pk=self.kwargs["file"]).first()
        if row is None:
            raise Http404(gone())
        return row


class RemoveFile(Files):
    """Take a file off the record: for who attached it, and for those who may change the record."""

    right = ""
    changes_record = False
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The card without it; the same when somebody else was quicker."""
        rows = Attachment.objects.visible_to(request.user, of=self.record).present()
        row = rows.filter(pk=self.kwargs["file"]).first()
        if row is not None:
            try:
                remove(attachment=row, record=self.record, actor=request.user)  # type: ignore[arg-type]
            except DomainError as error:
                raise PermissionDenied from error
        return self.show([]) if request.htmx else self.back()  # type: ignore[attr-defined]
