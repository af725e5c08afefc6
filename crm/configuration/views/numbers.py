"""The pages of number formats: all kinds of record, and one with its preview."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.generic import View

from crm.configurable import NumberKind
from crm.configuration.forms import NumberFormatForm
from crm.configuration.names import SPACE
from crm.errors import DomainError, StaleVersion
from crm.extension_points import number_kinds
from crm.generic.merging import merge_page, number_in, settled, unanswered
from crm.generic.views.edit import MERGE, add_error
from crm.models import BusinessUnit, NumberFormat
from crm.records.domain.numbers import Format, check_format, format_of, preview, set_format
from crm.records.models import Reset

EXAMPLES = 3


class Numbers(View):
    """Base: what the pages share."""

    permission = "crm.view_numberformat"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Check the right."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def units(self) -> list[str]:
        """The codes of the business units."""
        rows = BusinessUnit.objects.visible_to(self.request.user).order_by("code")
        return list(rows.values_list("code", flat=True))

    def examples(self, kind: NumberKind, format_: Format) -> list[str]:
        """The next numbers: of one count, or the next of some business units."""
        if not format_.by_unit:
            return preview(kind, format_, unit="", count=EXAMPLES)
        return [preview(kind, format_, unit=unit, count=1)[0] for unit in self.units()[:EXAMPLES]]


class NumberList(Numbers):
    """All kinds of record with their pattern and their next number."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        rows = []
        for kind in number_kinds.all():
            format_ = format_of(kind)
            rows.append(
                {
                    "kind": kind,
                    "pattern": format_.pattern,
                    "reset": Reset(format_.reset).label,
                    "next": (self.examples(kind, format_) or [""])[0],
                    "url": reverse(f"{SPACE}:number_edit", args=[kind.key]),
                }
            )
        may_change = request.user.has_perm("crm.change_numberformat")
        title = gettext("Number formats")
        crumbs = [(gettext("Settings"), reverse("settings")), (title, None)]
        context = {"rows": rows, "may_change": may_change, "crumbs": crumbs, "nav": "settings"}
        return render(request, "configuration/numbers.html", context)


class NumberEdit(Numbers):
    """Changes a kind's pattern; with ?preview the next numbers that a pattern would give, for the page to show as one types."""

    permission = "crm.change_numberformat"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form, or the preview."""
        kind = self.kind(key)
        if "preview" in request.GET:
            return self.preview(kind, self.form(kind, request.GET))
        return self.show(kind, self.form(kind))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Save."""
        kind = self.kind(key)
        stored = NumberFormat.objects.visible_to(request.user).filter(kind=kind.key).first()
        if stored is not None and unanswered(request.POST):
            return self.merge(kind, stored, request.POST, number_in(request.POST, "base_version"), status=422)
        data = settled(self.make, stored, request.POST) if stored is not None else request.POST
        form = self.form(kind, data)
        if not form.is_valid():
            return self.show(kind, form, status=422)
        version = form.cleaned_data.get("version_read") or 0
        try:
            set_format(kind=kind, expected_version=version, actor=request.user, units=self.units(), **form.values())
        except StaleVersion as error:
            return self.merge(kind, error.current, data, version)
        except DomainError as error:
            add_error(form, error)
            return self.show(kind, form, status=422)
        messages.success(request, gettext("New records of this kind get numbers of the new pattern."))
        return HttpResponseRedirect(reverse(f"{SPACE}:number_list"))

    def kind(self, key: str) -> NumberKind:
        """The kind of record of the URL."""
        try:
            return number_kinds.get(key)
        except KeyError as error:
            raise Http404 from error

    def form(self, kind: NumberKind, data: Any = None) -> NumberFormatForm:
        """The form with what holds now."""
        stored = NumberFormat.objects.visible_to(self.request.user).filter(kind=kind.key).first()
        now = format_of(kind)
        initial = {"pattern": now.pattern, "reset": now.reset, "start": now.start}
        return self.make(data=data, instance=stored, initial=None if stored else initial)

    def make(self, **given: Any) -> NumberFormatForm:
        """The form for this reader."""
        return NumberFormatForm(user=self.request.user, **given)

    def merge(
        self, kind: NumberKind, stored: Any, data: QueryDict, base_version: int, status: int = 409
    ) -> HttpResponse:
        """The page on which the reader chooses field by field."""
        page = merge_page(self.make, stored, data, base_version=base_version)
        return self.show(kind, None, status=status, template=MERGE, merge=page)

    def preview(self, kind: NumberKind, form: NumberFormatForm) -> HttpResponse:
        """The next numbers, or what is wrong with the pattern."""
        problem, numbers = "", []
        if form.is_valid():
            values = form.cleaned_data
            wanted = Format(values["pattern"], values["reset"], values["start"])
            try:
                check_format(kind, wanted, units=self.units())
                numbers = self.examples(kind, wanted)
            except DomainError as error:
                problem = str(error.message)
        else:
            problem = gettext("Fill in the pattern and the first number.")
        return render(self.request, "configuration/_preview.html", {"problem": problem, "numbers": numbers})

    def show(self, kind: NumberKind, form: NumberFormatForm | None, status: int = 200, **more: Any) -> HttpResponse:
        """The page."""
        url = reverse(f"{SPACE}:number_list")
        title = gettext("Numbers: %(kind)s") % {"kind": kind.label}
        crumbs = [(gettext("Settings"), reverse("settings")), (gettext("Number formats"), url), (title, None)]
        context = {
            "form": form,
            "title": title,
            "cancel_url": url,
            "crumbs": crumbs,
            "nav": "settings",
            "preview_url": f"{self.request.path}?preview=1",
            "numbers": self.examples(kind, format_of(kind)),
            **more,
        }
        template = context.pop("template", "configuration/number.html")
        return render(self.request, template, context, status=status)
