"""The button that reads a document from the ERP at once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.generic import View

from crm.errors import DomainError
from crm.workflow.links import address_of
from integrations.domain.refresh import refresh_document
from orders.models import CustomerReturn, Invoice, Receivable, SalesOrder, Shipment

KINDS: dict[str, Any] = {
    "salesorder": SalesOrder,
    "shipment": Shipment,
    "invoice": Invoice,
    "receivable": Receivable,
    "customerreturn": CustomerReturn,
}


class RefreshView(View):
    """Read the document and say what has changed."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """Read it and go back to its page."""
        user: Any = request.user
        if not user.has_perms(("integrations.refresh_document", f"orders.view_{kind}")):
            raise PermissionDenied
        document = KINDS[kind].objects.visible_to(user).filter(pk=pk).first() if kind in KINDS else None
        if document is None:
            raise Http404
        try:
            found = refresh_document(document=document, actor=user)
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            if found.later:
                messages.info(request, _("The ERP is busy: the document is read in the background."))
            elif found.changes:
                messages.success(
                    request, _("Read from the ERP. Changed: %(what)s") % {"what": "; ".join(found.changes)}
                )
            else:
                messages.success(request, _("Read from the ERP: nothing has changed."))
        return HttpResponseRedirect(address_of(document))
