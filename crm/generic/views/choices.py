"""Choices of a large table as one types, for selects."""

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse

from crm.records import masking

LIMIT = 20


def choices(request: HttpRequest, label: str) -> JsonResponse:
    """At most 20 rows of the model that match `q`, within the reader's scope: [{"value", "text", "sub"}]."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    if not getattr(model, "remote_choices", False):
        raise Http404
    if model._meta.label != "crm.User" and not request.user.has_perm(
        f"{model._meta.app_label}.view_{model._meta.model_name}"
    ):
        raise PermissionDenied
    text = request.GET.get("q", "")[:60]
    rows = model.objects.visible_to(request.user)
    names = {field.name for field in model._meta.get_fields()}
    if "search_text" in names or ("number" in names and text) or model.own_search:
        rows = masking.search(rows, text, request.user)
    elif text:
        field = next(name for name in ("display_name", "name") if name in names)
        rows = rows.filter(**{f"{field}__icontains": text})
    if "is_active" in names:
        rows = rows.filter(is_active=True)
    found = [
        {"value": row.pk, "text": str(getattr(row, "label", None) or row), "sub": str(getattr(row, "code", "") or "")}
        for row in rows.select_related(*model.label_related).order_by("pk")[:LIMIT]
    ]
    return JsonResponse(found, safe=False)
