"""The button beside a masked phone number or e-mail address."""

from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from crm.errors import DomainError
from crm.personal.domain.reveal import reveal
from crm.records.masking import REVEAL, mask, masked_fields, plain_html


@require_POST
@never_cache
def reveal_field(request: HttpRequest, label: str, pk: int, field: str) -> HttpResponse:
    """What takes the place of the masked text: the number as a link, or why there is none."""
    user: Any = request.user
    try:
        model: Any = apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    if field not in masked_fields(model):
        raise Http404
    if not user.has_perms([f"{model._meta.app_label}.view_{model._meta.model_name}", REVEAL]):
        raise PermissionDenied
    record = model.objects.visible_to(user).filter(pk=pk).first()
    if record is None:
        raise Http404
    try:
        value = reveal(actor=user, record=record, field=field)
    except DomainError as error:
        masked = mask(getattr(record, field))
        return HttpResponse(
            format_html('<span>{} <span class="sm bad" role="alert">{}</span></span>', masked, error.message)
        )
    return HttpResponse(plain_html(value, focus=True))
