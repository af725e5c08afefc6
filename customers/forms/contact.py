"""Forms of contacts."""

from typing import Any

from crm.generic.forms import RecordForm
from customers.models import Contact


class ContactForm(RecordForm):
    """A contact; its customer is chosen once."""

    class Meta:
        model = Contact
        fields = (
            "customer",
            "name",
            "title",
            "role",
            "influence",
            "stance",
            "reports_to",
            "phone",
            "email",
            "is_primary",
            "notes",
        )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["customer"]
        self._offer_colleagues()

    def _offer_colleagues(self) -> None:
        """Only people of the same customer can be reported to; of no customer yet, none."""
        field: Any = self.fields["reports_to"]
        customer = self.instance.customer_id or self.data.get("customer") or self.initial.get("customer")
        rows = field.queryset.filter(customer=customer) if str(customer or "").isdigit() else field.queryset.none()
        field.queryset = rows.exclude(pk=self.instance.pk) if self.instance.pk else rows
