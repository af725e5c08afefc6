"""The pages on which stages and sales processes are configured."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from crm.errors import DomainError, StaleVersion
from crm.generic.views.edit import add_error
from opportunities.domain.processes import (
    add_stage,
    remove_process,
    remove_stage,
    save_process,
    update_stage,
)
from opportunities.enums import StageCategory
from opportunities.forms.process import ProcessForm, StageForm
from opportunities.models import SalesProcess, Stage
from opportunities.paths import Terms, open_stages

M = TypeVar("M", Stage, SalesProcess)


class ProcessBase(View):
    """What the pages share."""

    permission = "opportunities.change_salesprocess"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Check the right."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def page(self, template: str, title: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """A page below the list of processes."""
        url = reverse("opportunities:process_list")
        crumbs = [(_("Settings"), reverse("settings")), (_("Sales processes"), url), (title, None)]
        values = {"title": title, "cancel_url": url, "crumbs": crumbs, "nav": "settings", **context}
        return render(self.request, template, values, status=status)

    def found(self, model: type[M], pk: int) -> M:
        """The row of the URL, or 404."""
        row: M | None = model.objects.visible_to(self.request.user).filter(pk=pk).first()  # type: ignore[attr-defined]
        if row is None:
            raise Http404
        return row

    def saved(self, form: Any, save: Callable[[], Any], message: str) -> HttpResponse | None:
        """Write; None when it could not be, which the form says then."""
        try:
            save()
        except StaleVersion as error:
            form.data = form.data.copy()
            form.data["version_read"] = str(error.current.version)
            form.add_error(None, _("Somebody else changed this meanwhile. Look at what you typed and save again."))
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(self.request, message)
            return HttpResponseRedirect(reverse("opportunities:process_list"))
        return None


class ProcessList(ProcessBase):
    """The stages of the funnel, and the product lines that go another way."""

    permission = "opportunities.view_salesprocess"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        stages = list(Stage.objects.visible_to(request.user).order_by("position", "pk"))
        rows = SalesProcess.objects.visible_to(request.user).prefetch_related("lines__product_line", "stages__stage")
        processes = [
            {
                "process": process,
                "lines": [line.product_line.label for line in process.lines.all()],
                "stages": sorted(
                    (row for row in process.stages.all() if row.held_at(None)), key=lambda row: row.stage.position
                ),
            }
            for process in rows
        ]
        title = _("Sales processes")
        context = {
            "open": open_stages(stages),
            "closed": [stage for stage in stages if stage.category != StageCategory.OPEN],
            "processes": processes,
            "title": title,
            "may_change": request.user.has_perm(ProcessBase.permission),
            "crumbs": [(_("Settings"), reverse("settings")), (title, None)],
            "nav": "settings",
        }
        return render(request, "opportunities/processes.html", context)


class StageEdit(ProcessBase):
    """A new stage, or one that there is."""

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The form."""
        stage = self.stage(pk)
        return self.show(StageForm(user=request.user, stage=stage), stage)

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Save, or take it away."""
        stage, actor = self.stage(pk), request.user
        form = StageForm(request.POST, user=actor, stage=stage)
        if stage is not None and "remove" in request.POST:
            form.is_valid()
            answer = self.saved(form, lambda: remove_stage(instance=stage, actor=actor), _("The stage was taken away."))  # type: ignore[arg-type]
            return answer or self.show(form, stage, 422)
        if not form.is_valid():
            return self.show(form, stage, 422)
        answer = self.saved(form, lambda: self.write(form, stage), _("The stage was saved."))
        return answer or self.show(form, stage, 409)

    def write(self, form: StageForm, stage: Stage | None) -> None:
        """Add or change."""
        values, actor = form.values(), self.request.user
        if stage is not None:
            version = form.cleaned_data["version_read"]
            update_stage(instance=stage, expected_version=version, actor=actor, **values)  # type: ignore[arg-type]
            return
        terms = Terms(values.pop("probability"), values.pop("standard_days"))
        add_stage(actor=actor, terms=terms, after=form.cleaned_data["after"], **values)  # type: ignore[arg-type]

    def stage(self, pk: int | None) -> Stage | None:
        """The stage of the URL."""
        return self.found(Stage, pk) if pk else None

    def show(self, form: StageForm, stage: Stage | None, status: int = 200) -> HttpResponse:
        """The page."""
        title = _("Stage “%(stage)s”") % {"stage": stage.label} if stage else _("New stage")
        text = _("New figures hold for opportunities that come into the stage afterwards.")
        removable = stage is not None and stage.category == StageCategory.OPEN
        return self.page(
            "opportunities/stage_form.html", title, status=status, form=form, text=text, removable=removable
        )


class ProcessEdit(ProcessBase):
    """A new sales process, or one that there is."""

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The form."""
        process = self.process(pk)
        return self.show(ProcessForm(user=request.user, process=process), process)

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Save, or take it away."""
        process = self.process(pk)
        form = ProcessForm(request.POST, user=request.user, process=process)
        valid = form.is_valid()
        if process is not None and "remove" in request.POST:
            version = form.cleaned_data.get("version_read") or 0
            answer = self.saved(
                form,
                lambda: remove_process(instance=process, expected_version=version, actor=request.user),  # type: ignore[arg-type]
                _("The process was taken away: its product lines go through all stages again."),
            )
            return answer or self.show(form, process, 409)
        if not valid:
            return self.show(form, process, 422)
        data = form.cleaned_data
        answer = self.saved(
            form,
            lambda: save_process(
                instance=process,
                expected_version=data["version_read"],
                actor=request.user,  # type: ignore[arg-type]
                name=data["name"],
                name_en=data["name_en"],
                lines=list(data["lines"]),
                stages=form.terms(),
            ),
            _("The process was saved. An opportunity follows it from its next move on."),
        )
        return answer or self.show(form, process, 422)

    def process(self, pk: int | None) -> SalesProcess | None:
        """The process of the URL."""
        return self.found(SalesProcess, pk) if pk else None

    def show(self, form: ProcessForm, process: SalesProcess | None, status: int = 200) -> HttpResponse:
        """The page."""
        title = process.label if process else _("New sales process")
        return self.page("opportunities/process_form.html", title, status=status, form=form, removable=bool(process))
