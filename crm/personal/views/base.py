"""What the pages of personal data share."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from crm.personal.models.entry import MANAGE


class ManageView(View):
    """For those who manage personal data only."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 without the right."""
        if not request.user.has_perm(MANAGE):  # type: ignore[union-attr]
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    def context(self, title: str, **more: Any) -> dict[str, Any]:
        """What every page gives its template."""
        crumbs = [(_("Personal data"), reverse("personal:register")), (title, None)]
        return {"nav": "settings", "title": title, "crumbs": crumbs, **more}
