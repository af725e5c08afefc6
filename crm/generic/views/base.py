"""What all pages of an entity share: the right first, then the rows in scope."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.views.generic import View

from crm.base.querysets import may_write
from crm.generic.entity import Entity
from crm.generic.filters import ListFilter
from crm.records.masking import unmask_rows


class EntityView(View):
    """Lacking the right is 403; a record out of scope is 404, so that its existence is not told."""

    entity: Entity = None  # type: ignore[assignment]
    action: ClassVar[str] = "view"
    writes: ClassVar[bool] = False  # whether a view of the action "view" changes the record all the same

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Check the permission of the action."""
        if not request.user.has_perm(self.entity.permission(self.action)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def rows(self) -> QuerySet[Any]:
        """The rows in the reader's scope."""
        return self.entity.model.objects.visible_to(self.request.user)  # type: ignore[attr-defined]

    def record(self) -> Any:
        """The record of the URL, within scope; 403 for a view that changes what is shared for reading only."""
        related = self.entity.page.select
        rows = self.rows().select_related(*related) if related else self.rows()
        try:
            record = rows.get(pk=self.kwargs["pk"])
        except self.entity.model.DoesNotExist as error:  # type: ignore[attr-defined]
            raise Http404 from error
        if (self.writes or self.action != "view") and not may_write(self.request.user, record):
            raise PermissionDenied
        unmask_rows([record], self.request.user)
        return record

    def filterset(self, query: QueryDict) -> ListFilter:
        """The list's filter for a query string, in which "me" stands for the reader."""
        params = query.copy()
        for key in params:
            if params[key] == "me":
                params[key] = str(self.request.user.pk)
        return self.entity.filterset(params, self.rows(), request=self.request)

    def context(self, **more: Any) -> dict[str, Any]:
        """What every page of the entity gives its template."""
        meta = self.entity.model._meta
        crumb = (self.entity.heading, self.entity.url("list"))
        return {"entity": self.entity, "nav": self.entity.nav, "meta": meta, "list_crumb": crumb, **more}
