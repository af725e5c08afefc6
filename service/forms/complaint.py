"""Forms of complaints."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import RecordForm, style
from service.enums import ComplaintState
from service.models import Complaint


class ComplaintForm(RecordForm):
    """A complaint's own data."""

    sections = (
        (_("What happened"), ("customer", "order", "product", "title", "description")),
        (_("Classification"), ("severity", "defect", "batch", "affected_kg", "received_on", "due_on", "owner")),
        (_("Cause and action"), ("cause", "action", "loss_base")),
    )
    units: ClassVar[dict[str, Any]] = {"affected_kg": "kg", "loss_base": "CNY"}
    required_fields = ("owner",)

    class Meta:
        model = Complaint
        fields = (
            "customer",
            "order",
            "product",
            "title",
            "description",
            "severity",
            "defect",
            "batch",
            "affected_kg",
            "received_on",
            "due_on",
            "owner",
            "cause",
            "action",
            "loss_base",
        )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if not self.instance.pk:
            self.initial.setdefault("received_on", timezone.localdate())
        self.fields["due_on"].help_text = _("Left empty: 3, 7 or 14 days by severity.")


class MoveForm(forms.Form):
    """What a step asks for: cause and action to answer or close, a reason to take it up again."""

    cause = forms.CharField(label=_("Cause"), required=False, widget=forms.Textarea)
    action = forms.CharField(label=_("Corrective action"), required=False, widget=forms.Textarea)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, widget=forms.Textarea)

    def __init__(self, *args: Any, target: str, backward: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if backward or target == ComplaintState.INVESTIGATING:
            del self.fields["cause"], self.fields["action"]
        if backward:
            self.fields["reason"].required = True
        else:
            self.fields["reason"].label = _("Note")
        if target == ComplaintState.CLOSED:
            self.fields["cause"].required = self.fields["action"].required = True
        for field in self.fields.values():
            style(field)
