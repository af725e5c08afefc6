"""A person's data: found, exported, erased."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.accounts.confirmation import ConfirmFirst
from crm.errors import DomainError
from crm.extension_points import PersonalData
from crm.personal.domain.erasure import erase_person, plan_erasure
from crm.personal.domain.exporting import KEPT, export_person
from crm.personal.domain.finding import chosen_records, find_person
from crm.personal.forms import EraseForm
from crm.personal.models import PersonalDataEntry
from crm.personal.models.entry import Deed
from crm.personal.register import label_of, values_of
from crm.personal.views.base import ManageView


class Find(ManageView):
    """The records that name a person, with what they hold; ticked ones are exported or erased."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        text = request.GET.get("q", "")[:100].strip()
        found = [
            {
                "key": part.kind.key,
                "label": label_of(part.kind),
                "rows": [(record.pk, str(record), self.held(part.kind, record)) for record in part.records],
            }
            for part in find_person(actor=request.user, text=text)
        ]
        context = self.context(_("Find a person"), found=found, text=text)
        return render(request, "personal/find.html", context)

    def held(self, kind: PersonalData, record: Any) -> str:
        """What the record holds besides what it is called."""
        values = [str(value) for value in values_of(kind, record).values() if value]
        return " · ".join(value for value in values if value != str(record))


class StartExport(ManageView, ConfirmFirst):
    """Starts the export of the ticked records."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Start, then show how far it is."""
        found = chosen_records(actor=request.user, pairs=request.POST.getlist("record"))
        try:
            entry = export_person(
                found=found, requested_by=request.POST.get("requested_by", "")[:200], actor=request.user
            )
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("personal:register")
        return redirect("personal:export", pk=entry.pk)


class Export(ManageView):
    """How far an export is, and its file when it is there; for the person who asked for it only."""

    def entry(self) -> PersonalDataEntry:
        """The reader's own export."""
        rows = PersonalDataEntry.objects.visible_to(self.request.user).select_related("job")
        entry = rows.filter(pk=self.kwargs["pk"], deed=Deed.EXPORTED, actor=self.request.user.pk).first()
        if entry is None:
            raise Http404
        return entry

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The page."""
        entry = self.entry()
        context = self.context(_("Export of personal data"), entry=entry, job=entry.job, until=entry.at + KEPT)
        return render(request, "personal/export.html", context)


class Download(Export):
    """The archive."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The file; 404 while it is not there, and when it has been deleted."""
        entry = self.entry()
        if not entry.file:
            raise Http404
        return FileResponse(
            entry.file.open("rb"),
            as_attachment=True,
            filename=f"personal-data-{entry.pk}.zip",
            content_type="application/zip",
        )


class Erase(ManageView, ConfirmFirst):
    """Counts what goes and asks who wanted it and why; then erases."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """What would be erased, without doing it; `confirmed` erases."""
        pairs = request.POST.getlist("record")
        if "confirmed" not in request.POST:
            return self.show(EraseForm(initial={"requested_by": request.POST.get("requested_by", "")}), pairs)
        form = EraseForm(request.POST)
        if not form.is_valid():
            return self.show(form, pairs, 422)
        found = chosen_records(actor=request.user, pairs=pairs)
        try:
            entry = erase_person(found=found, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
            return self.show(form, pairs, 422)
        messages.success(request, _("The data was erased: %(n)s records.") % {"n": entry.rows})
        return redirect("personal:register")

    def show(self, form: EraseForm, pairs: list[str], status: int = 200) -> HttpResponse:
        """The page; back to the register when nothing is chosen."""
        request: Any = self.request
        planned = plan_erasure(chosen_records(actor=request.user, pairs=pairs))
        if not planned:
            messages.error(request, _("Nothing is chosen."))
            return HttpResponseRedirect(reverse("personal:register"))
        context = self.context(
            _("Erase personal data"),
            form=form,
            pairs=pairs,
            planned=planned,
            kept=[reason for part in planned for reason in part.kept],
            cancel_url=reverse("personal:register"),
        )
        return render(request, "personal/erase.html", context, status=status)
