"""The forms of a to-do."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.generic.forms import RecordForm
from crm.organisation.models import User
from crm.workflow.links import record_named
from crm.workflow.models import Task


class MomentInput(forms.DateTimeInput):
    """The browser's own input for a day and a time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def moment_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateTimeField:
    """A day and a time in the company's zone."""
    return forms.DateTimeField(label=label, required=required, help_text=help_text, widget=MomentInput())


class TaskForm(RecordForm):
    """What is to be done, by whom and when. `about` names the record of a new one and cannot be changed later."""

    due_at = moment_field(pgettext_lazy("to-do", "Due"))
    remind_at = moment_field(
        gettext_lazy("Remind at"), required=False, help_text=gettext_lazy("Empty: only once it is overdue.")
    )
    about = forms.CharField(required=False, widget=forms.HiddenInput)
    sections = (("", ("title", "text", "due_at", "assignee", "priority", "remind_at")),)

    class Meta:
        model = Task
        fields = ("title", "text", "due_at", "assignee", "priority", "remind_at")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["about"]
            return
        record = record_named(user, str(self["about"].value() or ""))
        if record is not None:
            self.fields["title"].help_text = _("About %(kind)s: %(name)s") % {
                "kind": record._meta.verbose_name,
                "name": record,
            }

    def clean_about(self) -> Any:
        """The record; one that is out of reach is refused."""
        text = self.cleaned_data["about"]
        record = record_named(self.user, text) if text else None
        if text and record is None:
            raise forms.ValidationError(_("The record is not within your reach any more."))
        return record

    def values(self) -> dict[str, Any]:
        """The values for the domain, which calls the record by its name."""
        values = super().values()
        if "about" in values:
            values["record"] = values.pop("about")
        return values


class DoneForm(forms.Form):
    """Asks what came of it."""

    note = forms.CharField(
        label=gettext_lazy("Outcome"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )


class CancelForm(forms.Form):
    """Asks why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=500
    )


class SnoozeForm(forms.Form):
    """Asks until when."""

    until = moment_field(gettext_lazy("Put off until"))


class ReassignForm(forms.Form):
    """Asks to whom."""

    assignee = forms.ModelChoiceField(label=gettext_lazy("Assigned to"), queryset=User.objects.none())
