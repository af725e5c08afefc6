"""What the wizard's pages share: the right, the reader's own imports, the steps."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from crm import extension_points
from crm.importing.models import ImportBatch
from crm.importing.resources import Resource, resource_of

View = Callable[..., HttpResponse]


def importer(view: View) -> View:
    """Only for people who may import; lacking the right is 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("crm.add_importbatch"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def own_batch(request: HttpRequest, pk: int) -> ImportBatch:
    """The import within the reader's scope; 404 for another's, 403 when its kind of sheet is no longer allowed."""
    try:
        batch = ImportBatch.objects.visible_to(request.user).select_related("created_by", "job").get(pk=pk)
        entry = extension_points.import_resources.get(batch.resource)
    except (ImportBatch.DoesNotExist, KeyError) as error:
        raise Http404 from error
    if not request.user.has_perm(entry.permission):
        raise PermissionDenied
    return batch


def page(request: HttpRequest, batch: ImportBatch | None, step: int, **more: Any) -> dict[str, Any]:
    """What every page of the wizard gives its template."""
    crumbs: list[tuple[Any, str | None]] = [(_("Data import"), reverse("importing:start") if batch else None)]
    if batch:
        crumbs.append((batch.file_name, None))
    return {"nav": "imports", "crumbs": crumbs, "batch": batch, "steps": steps(step), **more}


def steps(current: int) -> list[dict[str, Any]]:
    """The four steps; `current` counts from 1, 5 is behind the last."""
    names = (_("Upload the file"), _("Assign columns"), _("Check and preview"), _("Import"))
    return [
        {"number": number, "label": name, "done": number < current, "current": number == current}
        for number, name in enumerate(names, start=1)
    ]


def label_of(batch: ImportBatch) -> Any:
    """The kind of sheet in words."""
    return extension_points.import_resources.get(batch.resource).label


def resource_class(batch: ImportBatch) -> type[Resource]:
    """The resource that declares the batch's columns."""
    return resource_of(batch.resource)
