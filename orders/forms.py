"""Forms of order requests."""

from django.utils.translation import gettext_lazy as _

from crm.generic.forms import RecordForm
from orders.models import OrderRequest


class OrderRequestForm(RecordForm):
    """What the quote does not say; the rest is the quote's."""

    sections = ((_("Order"), ("customer_reference", "requested_on", "delivery_place", "remark")),)

    class Meta:
        model = OrderRequest
        fields = ("customer_reference", "requested_on", "delivery_place", "remark")
