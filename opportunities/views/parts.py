"""Adding, changing and removing the parts of a record (lots, papers, items) on pages of their own, within the record's scope."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from crm.errors import DomainError, StaleVersion
from crm.generic.entity import Entity
from crm.generic.views.base import EntityView
from crm.generic.views.edit import add_error, told
from crm.records.domain.attachments import attach, same_file
from opportunities.forms.parts import PartForm


@dataclass(frozen=True)
class Part:
    """A kind of part. `parent` is the way from it to the record ("tender", "lot__tender").

    `create(actor=, **values)`, `update(instance=, expected_version=, actor=, **values)` and `remove(instance=, actor=)` are
    domain functions; without one of them there is no such page or button. `permission`: the right it takes beside changing the
    record.
    """

    key: str
    label: Any
    model: type[Model]
    form: type[PartForm]
    parent: str
    create: Callable[..., Any] | None = None
    update: Callable[..., Any] | None = None
    remove: Callable[..., Any] | None = None
    permission: str = ""


class PartView(EntityView):
    """The page of one part, or of a new one."""

    action = "change"
    part: Part = None  # type: ignore[assignment]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; a new part may have values from the query string (?lot=5)."""
        record = self.record()
        row = self.row(record)
        return self.show(record, row, self.form(record, row, initial=None if row else request.GET.dict()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save it, or take it away."""
        record = self.record()
        row = self.row(record)
        if "remove" in request.POST and row is not None and self.part.remove is not None:
            return self.removed(record, row)
        form = self.form(record, row, data=request.POST, files=request.FILES)
        if not form.is_valid():
            return self.show(record, row, form, status=422)
        try:
            self.save(record, form)
        except StaleVersion:
            text = _(
                "Somebody else changed this meanwhile. Open it again to see what it is now; what you typed is below."
            )
            add_error(form, DomainError(text))
            return self.show(record, row, form, status=409)
        except DomainError as error:
            add_error(form, error)
            return self.show(record, row, form, status=422)
        messages.success(request, _("%(name)s was saved.") % {"name": self.part.label})
        return HttpResponseRedirect(self.entity.record_url(record))

    def save(self, record: Any, form: PartForm) -> None:
        """By the domain function; a file is kept with the record first, for files are written outside of transactions."""
        part, actor, values = self.part, self.request.user, form.values()
        if "upload" in values:
            upload = values.pop("upload")
            if upload:
                values["file"] = same_file(record, upload) or attach(actor=actor, record=record, upload=upload)  # type: ignore[arg-type]
        row = self.row(record)
        if row is not None:
            version = form.cleaned_data.get("version_read")
            part.update(instance=row, expected_version=version or 0, actor=actor, **values)  # type: ignore[misc]
            return
        of = {} if "__" in part.parent else {part.parent: record}
        part.create(actor=actor, **of, **values)  # type: ignore[misc]

    def removed(self, record: Any, row: Any) -> HttpResponse:
        """Take it away; a rule that speaks against it is told."""
        try:
            self.part.remove(instance=row, actor=self.request.user)  # type: ignore[misc]
        except DomainError as error:
            messages.error(self.request, told(error))
        else:
            messages.success(self.request, _("%(name)s was removed.") % {"name": row})
        return HttpResponseRedirect(self.entity.record_url(record))

    def row(self, record: Any) -> Any:
        """The part of the address; None for a new one."""
        if self.part.permission and not self.request.user.has_perm(self.part.permission):
            raise PermissionDenied
        if "row" not in self.kwargs:
            return None
        rows = self.part.model.objects.visible_to(self.request.user).filter(**{self.part.parent: record})  # type: ignore[attr-defined]
        row = rows.filter(pk=self.kwargs["row"]).first()
        if row is None:
            raise Http404
        return row

    def form(self, record: Any, row: Any, **kwargs: Any) -> PartForm:
        """The form for this reader."""
        return self.part.form(user=self.request.user, parent=record, instance=row, **kwargs)

    def show(self, record: Any, row: Any, form: PartForm, status: int = 200) -> HttpResponse:
        """The page."""
        url = self.entity.record_url(record)
        title = f"{self.part.label}: {row}" if row else _("New: %(kind)s") % {"kind": self.part.label}
        context = self.context(
            record=record,
            form=form,
            title=title,
            cancel_url=url,
            crumbs=[self.context()["list_crumb"], (str(record), url), (self.part.label, None)],
            may_remove=row is not None and self.part.remove is not None,
        )
        return render(self.request, "opportunities/part_form.html", context, status=status)


def part_urls(entity: Entity, parts: Sequence[Part], prefix: str) -> list[URLPattern]:
    """The addresses of the parts of an entity's records: "<name>_<key>_add" and "<name>_<key>"."""
    found = []
    for part in parts:
        view = PartView.as_view(entity=entity, part=part)
        below = f"{prefix}<int:pk>/{part.key}/"
        if part.create is not None:
            found.append(path(f"{below}add/", view, name=f"{entity.name}_{part.key}_add"))
        if part.update is not None:
            found.append(path(f"{below}<int:row>/", view, name=f"{entity.name}_{part.key}"))
    return found


def add_url(kind: str, key: str, record: Any, query: str = "") -> str:
    """Where a part is added."""
    return reverse(f"opportunities:{kind}_{key}_add", args=[record.pk]) + query
