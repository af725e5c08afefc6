"""Forms of hand-overs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import RecordForm
from customers.models import Customer, HandoverPack


class HandoverPackForm(RecordForm):
    """Whose customers, to whom, and which of them."""

    customers = forms.ModelMultipleChoiceField(
        label=_("Customers"),
        queryset=Customer.objects.none(),
        required=False,
        help_text=_("Empty: all that belong to the person and are in no other hand-over."),
    )

    class Meta:
        model = HandoverPack
        fields = ("from_person", "to_person", "reason", "note")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.order_fields(["from_person", "to_person", "reason", "customers", "note"])
        if self.instance.pk:
            for name in ("from_person", "to_person", "customers"):
                del self.fields[name]
        else:
            self.initial.setdefault("from_person", user.pk)

    def values(self) -> dict[str, Any]:
        """The cleaned values; no customers chosen means all of them."""
        values = super().values()
        if "customers" in values:
            values["customers"] = list(values["customers"]) or None
        return values


class HandOverForm(forms.ModelForm):
    """The same for customers that were ticked in a list."""

    class Meta:
        model = HandoverPack
        fields = ("to_person", "reason", "note")
