"""Create and edit a record."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from crm.base.querysets import may_write
from crm.base.scopes import ViaParent
from crm.errors import DomainError, Frozen, StaleVersion
from crm.generic.merging import merge_page, number_in, settled, unanswered
from crm.generic.views.base import EntityView

MERGE = "generic/merge.html"


class CreateView(EntityView):
    """A new record; what was typed stays on the form when something is wrong."""

    action: ClassVar[str] = "add"
    template: ClassVar[str] = "generic/form.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The empty form; the query string may fill fields (?customer=5)."""
        return self.show(self.form(initial={**self.defaults(request), **request.GET.dict()}))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Create, then show the record."""
        form = self.form(data=request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        if not self.may_add_below(form):
            return self.show(form, status=422)
        try:
            record = self.entity.create(actor=request.user, **form.values())  # type: ignore[misc]
        except DomainError as error:
            add_error(form, error)
            return self.show(form, status=422)
        messages.success(request, _("%(name)s was created.") % {"name": record})
        return HttpResponseRedirect(self.landing(record))

    def landing(self, record: Any) -> str:
        """Where one comes to after creating it."""
        return self.entity.record_url(record)

    def may_add_below(self, form: Any) -> bool:
        """Whether a part of a record may be added: not to one that is shared for reading only."""
        scope = self.entity.model.scope  # type: ignore[attr-defined]
        parent = form.cleaned_data.get(scope.parent) if isinstance(scope, ViaParent) else None
        if parent is None or may_write(self.request.user, parent):
            return True
        form.add_error(scope.parent, _("This record is shared with you for reading only."))
        return False

    def defaults(self, request: HttpRequest) -> dict[str, Any]:
        """Values that a new record most likely has."""
        return {"owner": request.user.pk, "business_unit": getattr(request.user, "business_unit_id", None)}

    def form(self, **kwargs: Any) -> Any:
        """The entity's form for this reader."""
        return self.entity.form(user=self.request.user, **kwargs)  # type: ignore[misc]

    def show(self, form: Any, status: int = 200, **more: Any) -> HttpResponse:
        """The form page."""
        name = self.entity.model._meta.verbose_name
        title = _("New %(kind)s") % {"kind": name}
        context = self.context(
            form=form,
            title=title,
            cancel_url=self.entity.url("list"),
            crumbs=[self.context()["list_crumb"], (title, None)],
            **more,
        )
        return render(self.request, self.template, context, status=status)


class EditView(CreateView):
    """Edit a record: a stale save shows what was read, what is stored and what was typed, and lets the reader merge."""

    action: ClassVar[str] = "change"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form with what is stored."""
        self.instance = self.record()
        return self.show(self.form(instance=self.instance))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save if nobody else has since the form was read."""
        self.instance = self.record()
        before = self.record()
        if unanswered(request.POST):
            return self.merge(self.record(), request.POST, number_in(request.POST, "base_version"), status=422)
        data = settled(self.form, before, request.POST)
        form = self.form(instance=self.instance, data=data)
        if not form.is_valid():
            return self.show(form, status=422)
        version = form.cleaned_data.get("version_read")
        try:
            record = self.entity.update(  # type: ignore[misc]
                instance=before,
                expected_version=version if version is not None else 0,
                actor=request.user,
                **form.values(),
            )
        except StaleVersion as error:
            return self.merge(error.current, data, version or 0)
        except DomainError as error:
            add_error(form, error)
            return self.show(form, status=422)
        if not self.rows().filter(pk=record.pk).exists():
            messages.success(request, _("%(name)s was saved. It is now outside your data scope.") % {"name": record})
            return HttpResponseRedirect(self.entity.url("list"))
        self.tell_saved(record)
        return HttpResponseRedirect(self.entity.record_url(record))

    def tell_saved(self, record: Any) -> None:
        """Say that it was saved."""
        messages.success(self.request, _("%(name)s was saved.") % {"name": record})

    def merge(self, stored: Any, data: QueryDict, base_version: int, status: int = 409) -> HttpResponse:
        """The page that lets the reader choose, field by field; saving it is one more attempt, with the version it showed."""
        page = merge_page(self.form, stored, data, base_version=base_version)
        return self.show(None, status=status, template=MERGE, merge=page)

    def show(self, form: Any, status: int = 200, **more: Any) -> HttpResponse:
        """The form page of this record."""
        title = _("Edit %(name)s") % {"name": self.instance}
        url = self.entity.record_url(self.instance)
        crumbs = [self.context()["list_crumb"], (str(self.instance), url), (_("Edit"), None)]
        template = more.pop("template", self.template)
        context = self.context(form=form, title=title, cancel_url=url, crumbs=crumbs, record=self.instance, **more)
        return render(self.request, template, context, status=status)


def add_error(form: Any, error: DomainError) -> None:
    """A rule's message beside the field it names, or on top."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, told(error))


def told(error: DomainError) -> str:
    """The message, with the way to what holds the record back when that is the reason."""
    text = str(error.message)
    if isinstance(error, Frozen) and error.url:
        return format_html('{} <a href="{}">{}</a>', text, error.url, _("Open the request"))
    return text
