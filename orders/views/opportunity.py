"""Say which orders came of an opportunity."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.generic import View

from crm.base.querysets import may_write
from crm.errors import DomainError
from crm.generic.views.edit import told
from opportunities.models import Opportunity
from opportunities.tables.opportunity import record_url
from orders.domain.opportunities import link_order, unlink_order
from orders.models import OpportunityOrder, SalesOrder


class OpportunityLink(View):
    """Link an order by its number, or undo a link."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, and back to the opportunity."""
        user: Any = request.user
        if not user.has_perms(("opportunities.change_opportunity", "orders.view_salesorder")):
            raise PermissionDenied
        opportunity = Opportunity.objects.visible_to(user).filter(pk=pk).first()
        if opportunity is None:
            raise Http404
        if not may_write(user, opportunity):
            raise PermissionDenied
        try:
            messages.success(request, self.change(opportunity))
        except DomainError as error:
            messages.error(request, told(error))
        return HttpResponseRedirect(record_url(opportunity))

    def change(self, opportunity: Opportunity) -> str:
        """What was done, in words. Raises DomainError."""
        user: Any = self.request.user
        if (key := self.request.POST.get("unlink", "")).isdecimal():
            link = OpportunityOrder.objects.visible_to(user, of=opportunity).filter(pk=int(key)).first()
            if link is not None:
                unlink_order(link=link, actor=user)
            return _("The order is not linked any more.")
        number = self.request.POST.get("order", "").strip()
        order = SalesOrder.objects.visible_to(user).filter(number=number).first()
        if order is None:
            raise DomainError(
                _("There is no order %(number)s that you may see: check the number.") % {"number": number}
            )
        link_order(opportunity=opportunity, order=order, actor=user)
        return _("Order %(number)s was linked.") % {"number": order.number}
