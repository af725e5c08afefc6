"""Forms of stated demands and of competitors' parts."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.generic.forms import RecordForm
from customers.models import CustomerDemand, DemandShare


class DemandForm(RecordForm):
    """A statement; its customer and product line are chosen once."""

    units = {"kg_per_year": _("kg a year")}
    sections = (
        (_("Demand"), ("customer", "product_line", "product", "application", "kg_per_year")),
        (_("When it holds"), ("starts_on", "ends_on")),
        (_("Where it comes from"), ("source", "stated_by", "stated_on", "notes")),
    )

    class Meta:
        model = CustomerDemand
        fields = (
            "customer",
            "product_line",
            "product",
            "application",
            "kg_per_year",
            "starts_on",
            "ends_on",
            "source",
            "stated_by",
            "stated_on",
            "notes",
        )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["customer"], self.fields["product_line"]
        else:
            today = timezone.localdate()
            self.initial.setdefault("stated_on", today)
            self.initial.setdefault("starts_on", today.replace(month=1, day=1))


class ShareForm(RecordForm):
    """A competitor's part; the demand it is of is chosen once."""

    units = {"kg_per_year": _("kg a year"), "percent": "%"}
    sections = (
        (pgettext_lazy("of a demand", "Part"), ("demand", "competitor", "kg_per_year", "percent")),
        (_("Price"), ("price", "currency", "unit", "notes")),
    )

    class Meta:
        model = DemandShare
        fields = ("demand", "competitor", "kg_per_year", "percent", "price", "currency", "unit", "notes")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["demand"]
