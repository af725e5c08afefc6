"""Forms of order requests."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import ReasonForm, RecordForm
from orders.models import OrderRequest, OrderRequestLine


class OrderRequestForm(RecordForm):
    """What the quote does not say; the rest is the quote's."""

    sections = ((_("Order"), ("customer_reference", "requested_on", "delivery_place", "remark")),)

    class Meta:
        model = OrderRequest
        fields = ("customer_reference", "requested_on", "delivery_place", "remark")


class QuantitiesForm(ReasonForm):
    """The quantity of each line of an order request, and why it changes; `version_read` is the version the page showed."""

    def __init__(self, *given: Any, record: OrderRequest, lines: list[OrderRequestLine], **named: Any) -> None:
        super().__init__(*given, **named)
        self.lines = {f"quantity_{line.pk}": line for line in lines}
        for name, line in self.lines.items():
            self.fields[name] = _quantity(line)
        self.fields["version_read"] = forms.IntegerField(widget=forms.HiddenInput, initial=record.version)
        self.order_fields([*self.lines, "reason", "version_read"])

    @property
    def quantities(self) -> dict[int, Decimal]:
        """The quantities of a valid form, by the keys of their lines."""
        return {line.pk: self.cleaned_data[name] for name, line in self.lines.items()}


def _quantity(line: OrderRequestLine) -> forms.DecimalField:
    label = f"{line.position} · {line.product.label}"
    field = forms.DecimalField(
        label=label, initial=line.quantity.normalize(), max_digits=18, decimal_places=3, min_value=Decimal("0.001")
    )
    field.unit = line.unit.label  # type: ignore[attr-defined]
    return field
