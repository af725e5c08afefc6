"""Forms of an admission as a supplier, its items and findings, and of its steps."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import RecordForm
from opportunities.forms.parts import PartForm
from opportunities.models import AuditFinding, SupplierAdmission, SupplierItem

_WHAT = ("title", "customer", "opportunity", "product_line", "product", "owner")
_DAYS = ("submit_by", "audit_on", "remark")


class SupplierAdmissionForm(RecordForm):
    """What we are to be admitted for, and by when; the customer is chosen once."""

    sections = ((_("Admission as a supplier"), _WHAT), (_("Plan"), _DAYS))

    class Meta:
        model = SupplierAdmission
        fields = (*_WHAT, *_DAYS)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if not user.has_perm("opportunities.transfer_opportunity"):
            del self.fields["owner"]
        else:
            self.fields["owner"].required = True
        if self.instance.pk:
            del self.fields["customer"]


class _WithFile(PartForm):
    """A part with a file, which is kept with the admission."""

    upload = forms.FileField(label=_("File"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["done_on"].help_text = _("With a file it is done today unless you say another day.")
        file = self.instance.file if self.instance.pk else None
        if file is not None:
            self.fields["upload"].help_text = gettext("%(name)s is there already.") % {"name": file.name}


class SupplierItemForm(_WithFile):
    """Something the customer asks for."""

    class Meta:
        model = SupplierItem
        fields = ("name", "is_required", "responsible", "due_on", "done_on")


class FindingForm(_WithFile):
    """A finding and what is done about it."""

    class Meta:
        model = AuditFinding
        fields = (
            "audited_on",
            "auditor",
            "kind",
            "finding",
            "action",
            "responsible",
            "due_on",
            "done_on",
        )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if not self.instance.pk:
            self.initial.setdefault("audited_on", timezone.localdate())


class SubmittedForm(forms.Form):
    """When the papers went to the customer."""

    on = forms.DateField(label=_("Submitted on"), initial=timezone.localdate)


class PassedForm(forms.Form):
    """When the customer admitted us, until when, and what it said."""

    on = forms.DateField(label=_("Admitted on"), initial=timezone.localdate)
    valid_until = forms.DateField(label=_("Valid until"), required=False, help_text=_("Empty: without an end."))
    conclusion = forms.CharField(
        label=_("Result"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
