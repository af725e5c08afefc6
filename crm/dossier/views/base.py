"""What all that hangs on a record has in common: the record is found first, within the reader's scope."""

from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.generic import View

from crm.base.querysets import may_write
from crm.generic.entity import Entity, entity_of


def entity_named(label: str) -> Entity:
    """The entity of a model's label whose records have a dossier; 404 for any other."""
    try:
        entity = entity_of(apps.get_model(label))
    except (LookupError, ValueError):
        entity = None
    if entity is None or not entity.dossier:
        raise Http404
    return entity


class PartView(View):
    """Lacking the right to see such records, or `right` for a change, is 403; a record out of scope is 404.

    `changes_record`: what is done here changes the record, so it is not for those with whom it is shared for reading only.
    """

    right: ClassVar[str] = ""
    changes_record: ClassVar[bool] = False
    entity: Entity
    record: Model

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the record."""
        self.entity = entity_named(kwargs["label"])
        user: Any = request.user
        if not user.has_perm(self.entity.permission("view")) or not self.allowed(user):
            raise PermissionDenied
        rows = self.entity.model.objects.visible_to(user)  # type: ignore[attr-defined]
        try:
            self.record = rows.get(pk=kwargs["pk"])
        except self.entity.model.DoesNotExist as error:  # type: ignore[attr-defined]
            raise Http404 from error
        if self.changes_record and request.method == "POST" and not may_write(user, self.record):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def allowed(self, user: Any) -> bool:
        """Whether the reader has the right that a change needs."""
        return self.request.method != "POST" or not self.right or user.has_perm(self.right)

    @property
    def discussion_url(self) -> str:
        """The tab with comments and files."""
        return self.entity.url("tab", self.record.pk, "discussion")

    def back(self) -> HttpResponse:
        """To the tab, for browsers without scripts."""
        return HttpResponseRedirect(self.discussion_url)


def toast(request: HttpRequest, text: str, tone: str = "warning") -> str:
    """A message beside another answer."""
    return render_to_string("dossier/_toast.html", {"text": text, "tone": tone}, request=request)


def gone() -> str:
    """What is said of something that somebody else has taken away meanwhile."""
    return _("It is not there any more. Reload the page.")
