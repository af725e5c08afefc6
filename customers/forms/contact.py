"""Forms of contacts."""

from typing import Any

from crm.generic.forms import RecordForm
from customers.models import Contact


class ContactForm(RecordForm):
    """A contact; its customer is chosen once."""

    class Meta:
        model = Contact
        fields = ("customer", "name", "title", "role", "phone", "email", "is_primary", "notes")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["customer"]
