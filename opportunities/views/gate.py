"""The pages on which the gates are configured."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from crm.errors import DomainError, StaleVersion
from crm.generic.views.edit import add_error
from crm.models import ProductLine
from opportunities.domain.gates import add_item, set_levels
from opportunities.enums import GateLevel, StageCategory
from opportunities.forms.gate import GateForm, GateItemForm
from opportunities.models import GateItem, Stage


class GateBase(View):
    """What the pages share."""

    permission = "opportunities.change_gateitem"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Check the right."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def stages(self) -> list[Stage]:
        """The stages that have a gate."""
        rows = Stage.objects.visible_to(self.request.user).filter(category=StageCategory.OPEN)
        return list(rows.order_by("position"))

    def stage(self) -> Stage:
        """The stage of the URL."""
        for stage in self.stages():
            if stage.pk == self.kwargs["pk"]:
                return stage
        raise Http404

    def page(self, template: str, title: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """A page below the list of gates."""
        url = reverse("opportunities:gate_list")
        crumbs = [(_("Settings"), reverse("settings")), (_("Stage gates"), url), (title, None)]
        values = {"title": title, "cancel_url": url, "crumbs": crumbs, "nav": "settings", **context}
        return render(self.request, template, values, status=status)


class GateList(GateBase):
    """Every stage with what its gate asks."""

    permission = "opportunities.view_gateitem"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        rows = GateItem.objects.visible_to(request.user).current().order_by("position", "pk")
        lines = {line.code: line.label for line in ProductLine.objects.visible_to(request.user)}
        by_stage: dict[int, list[dict[str, Any]]] = {}
        for item in rows:
            entry = {
                "item": item,
                "off": item.level == GateLevel.OFF,
                "lines": [lines.get(code, code) for code in sorted(item.levels)],
            }
            by_stage.setdefault(item.stage_id, []).append(entry)
        stages = [{"stage": stage, "items": by_stage.get(stage.pk, [])} for stage in self.stages()]
        title = _("Stage gates")
        context = {
            "stages": stages,
            "title": title,
            "may_change": request.user.has_perm(GateBase.permission),
            "crumbs": [(_("Settings"), reverse("settings")), (title, None)],
            "nav": "settings",
        }
        return render(request, "opportunities/gates.html", context)


class GateEdit(GateBase):
    """What the gate of a stage asks, by product line."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The table."""
        stage = self.stage()
        return self.show(stage, GateForm(stage=stage, user=request.user))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save."""
        stage = self.stage()
        form = GateForm(request.POST, stage=stage, user=request.user)
        if not form.is_valid():
            return self.show(stage, form, status=422)
        try:
            set_levels(
                stage=stage,
                expected_version=form.cleaned_data["version_read"],
                actor=request.user,  # type: ignore[arg-type]
                levels=form.levels(),
                order=form.order(),
            )
        except StaleVersion as error:
            return self.show(stage, GateForm(stage=stage, user=request.user), status=409, conflict=str(error.message))
        messages.success(
            request, _("The gate was saved. It holds for opportunities that come into the stage from now on.")
        )
        return HttpResponseRedirect(reverse("opportunities:gate_list"))

    def show(self, stage: Stage, form: GateForm, status: int = 200, **more: Any) -> HttpResponse:
        """The page."""
        add_url = reverse("opportunities:gate_add", args=[stage.pk])
        title = _("Gate of “%(stage)s”") % {"stage": stage.label}
        return self.page("opportunities/gate_form.html", title, status=status, form=form, add_url=add_url, **more)


class GateAdd(GateBase):
    """One more thing to ask for."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form."""
        return self.show(GateItemForm(stage=self.stage(), user=request.user))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Add it."""
        stage = self.stage()
        form = GateItemForm(request.POST, stage=stage, user=request.user)
        if not form.is_valid():
            return self.show(form, status=422)
        values = dict(form.cleaned_data)
        version = values.pop("version_read")
        try:
            add_item(stage=stage, expected_version=version, actor=request.user, **values)  # type: ignore[arg-type]
        except StaleVersion as error:
            data = form.data.copy()  # type: ignore[attr-defined]
            data["version_read"] = str(error.current.version)
            fresh = GateItemForm(data, stage=stage, user=request.user)
            fresh.add_error(None, str(error.message))
            return self.show(fresh, status=409)
        except DomainError as error:
            add_error(form, error)
            return self.show(form, status=422)
        return HttpResponseRedirect(reverse("opportunities:gate_edit", args=[stage.pk]))

    def show(self, form: GateItemForm, status: int = 200) -> HttpResponse:
        """The page."""
        stage = self.stage()
        title = _("Add to the gate of “%(stage)s”") % {"stage": stage.label}
        text = _("Opportunities that stand in the stage already are not asked for it.")
        url = reverse("opportunities:gate_edit", args=[stage.pk])
        return self.page(
            "organisation/ask.html", title, status=status, form=form, text=text, button=_("Add"), cancel_url=url
        )
