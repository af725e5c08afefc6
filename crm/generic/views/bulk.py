"""Do something to many records: a page that counts and asks, then the deed."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from crm.base.saving import change_many
from crm.errors import DomainError
from crm.formats import enumerated
from crm.generic.entity import BulkAction
from crm.generic.forms import narrow_choices, style
from crm.generic.views.base import EntityView
from crm.generic.views.edit import told

SHOWN = 5  # names of records that were left alone
MOST_STALE = 1000


class BulkView(EntityView):
    """`ids` are the rows ticked; `everything` with `query` means all rows the list showed. Rows out of scope are left alone."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask first; `confirmed` does it."""
        action = self.bulk_action(kwargs["action"])
        rows = self.chosen(request)
        count = rows.count()
        back = f"{self.entity.url('list')}?{request.POST.get('query', '')}"
        if not count:
            messages.error(request, _("Nothing is selected. Tick the rows first."))
            return HttpResponseRedirect(back)
        confirmed = "confirmed" in request.POST
        form = self.form(action, request.POST if confirmed else None)
        if not confirmed or (form is not None and not form.is_valid()):
            return self.ask(action, form, count, back, status=422 if confirmed else 200)
        rows, stale = self.unchanged(rows, request.POST.get("asked_at", ""))
        if stale:
            shown = enumerated(str(row) for row in stale[:SHOWN])
            text = _("%(count)d records were changed by somebody else meanwhile and were left alone: %(names)s")
            messages.warning(
                request, text % {"count": len(stale), "names": shown + ("…" if len(stale) > SHOWN else "")}
            )
        try:
            values = form.cleaned_data if form is not None else {}
            changed = change_many(rows, partial(action.apply, rows, actor=request.user, **values))
        except DomainError as error:
            messages.error(request, told(error))
            return HttpResponseRedirect(back)
        done = action.done or _("%(count)d records were changed.")
        messages.success(request, str(done) % {"count": changed})
        return HttpResponseRedirect(back)

    def unchanged(self, rows: QuerySet[Any], asked_at: str) -> tuple[QuerySet[Any], list[Any]]:
        """The rows that are as they were when this page asked about them, and up to MOST_STALE that are not."""
        if not any(field.name == "updated_at" for field in self.entity.model._meta.concrete_fields):
            return rows, []
        asked = parse_datetime(asked_at) if asked_at else None
        if asked is None or asked.tzinfo is None:
            return rows, []
        return rows.filter(updated_at__lte=asked), list(rows.filter(updated_at__gt=asked)[:MOST_STALE])

    def rows(self) -> QuerySet[Any]:
        """The rows in the reader's scope, but for those shared for reading only."""
        return self.entity.model.objects.visible_to(self.request.user, write=True)  # type: ignore[attr-defined]

    def bulk_action(self, key: str) -> BulkAction:
        """The action of the URL; 403 without its right."""
        for action in self.entity.bulk:
            if action.key == key:
                if not self.request.user.has_perm(action.permission):
                    raise PermissionDenied
                return action
        raise Http404

    def chosen(self, request: HttpRequest) -> QuerySet[Any]:
        """The selected rows within the reader's scope."""
        if request.POST.get("everything"):
            return self.filterset(QueryDict(request.POST.get("query", ""))).qs.order_by("pk")
        ids = [int(value) for value in request.POST.getlist("ids") if value.isdecimal()]
        return self.rows().filter(pk__in=ids).order_by("pk")

    def form(self, action: BulkAction, data: Any) -> Any:
        """The action's form, narrowed to the reader's scope."""
        if action.form is None:
            return None
        form = action.form(data)
        narrow_choices(form, self.request.user)
        if hasattr(form, "narrow"):
            form.narrow(self.entity.model)
        for field in form.fields.values():
            style(field)
        return form

    def ask(self, action: BulkAction, form: Any, count: int, back: str, status: int) -> HttpResponse:
        """The page that says how many rows it will be."""
        post = self.request.POST
        context = self.context(
            action=action,
            form=form,
            count=count,
            ids=post.getlist("ids"),
            everything=post.get("everything", ""),
            query=post.get("query", ""),
            back=back,
            asked_at=post.get("asked_at") or timezone.now().isoformat(),
            crumbs=[self.context()["list_crumb"], (action.label, None)],
        )
        return render(self.request, "generic/bulk.html", context, status=status)
