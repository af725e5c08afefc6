"""Forms of new-product requests: the requirement sheet, its steps, its parts, and the release."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.generic.forms import RecordForm, narrow_choices, style
from crm.models import Unit, User
from crm.products.forms import ProductForm
from crm.records.choices import listed
from opportunities.domain.developments.course import RELEASE, usual_answer_due
from opportunities.domain.developments.release import suggested_product
from opportunities.domain.developments.requests import starting_values
from opportunities.domain.developments.todos import RESEARCH, researchers
from opportunities.enums import Feasibility, SampleState
from opportunities.forms.parts import PartForm
from opportunities.models import (
    DevelopmentCost,
    DevelopmentMilestone,
    DevelopmentRequest,
    DevelopmentRequirement,
    Opportunity,
    SampleRequest,
)

_WHAT = ("title", "customer", "opportunity", "product_line", "application", "owner")
_VALUE = ("volume_kg", "target_price", "currency", "wanted_on", "samples_wanted")


class DevelopmentForm(RecordForm):
    """The requirement sheet; from an opportunity it starts with all that is known there. The customer is chosen once."""

    sections = (
        (pgettext_lazy("development", "New product"), _WHAT),
        (_("Volume, price and day"), _VALUE),
        (_("Background"), ("background",)),
    )

    class Meta:
        model = DevelopmentRequest
        fields = (*_WHAT, *_VALUE, "background")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if not user.has_perm("opportunities.transfer_opportunity"):
            del self.fields["owner"]
        else:
            self.fields["owner"].required = True
        if self.instance.pk:
            del self.fields["customer"]
            return
        wanted = str(self.initial.get("opportunity") or "")
        rows = Opportunity.objects.visible_to(user).filter(pk=wanted) if wanted.isdecimal() else None
        opportunity = rows.first() if rows is not None else None
        if opportunity is not None:
            self.initial = {**starting_values(opportunity), "customer": opportunity.customer_id, **self.initial}


class DevelopmentStepForm(forms.Form):
    """A form about a request: `record` is the request, `user` the reader."""

    def __init__(self, *args: Any, record: DevelopmentRequest, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record, self.user = record, user
        narrow_choices(self, user)
        self.adapt()
        for field in self.fields.values():
            style(field)

    def adapt(self) -> None:
        """Offer what depends on the record."""

    def offer_researchers(self) -> None:
        """In the field `researcher` those who answer for research in the business unit, and who does so already."""
        field: Any = self.fields["researcher"]
        keys = [*researchers(self.record.business_unit).values_list("pk", flat=True), self.record.researcher_id]
        field.queryset = User.objects.visible_to(self.user).filter(pk__in=[key for key in keys if key])
        if self.record.researcher_id:
            field.initial = self.record.researcher_id
        elif self.user.has_perm(RESEARCH):
            field.initial = self.user.pk


def offer_reasons(form: forms.Form) -> None:
    """The reasons why new products end."""
    field: Any = form.fields["end_reason"]
    field.choices = [("", "—"), *listed("development_end").options()]


def _researcher(label: Any, *, required: bool = False, help_text: Any = "") -> forms.ModelChoiceField:
    return forms.ModelChoiceField(label=label, queryset=User.objects.none(), required=required, help_text=help_text)


class SubmitDevelopmentForm(DevelopmentStepForm):
    """Whom of R&D to ask, and by when the answer shall come."""

    answer_due = forms.DateField(label=_("Answer of R&D due"), initial=usual_answer_due)
    researcher = _researcher(
        _("Ask"),
        help_text=_("Empty: everybody who answers for R&D in the business unit; the first to take it up has it."),
    )

    def adapt(self) -> None:
        """The researchers of the business unit; nobody is chosen beforehand."""
        self.offer_researchers()
        self.fields["researcher"].initial = None


class AnswerForm(DevelopmentStepForm):
    """What R&D says, and by when it can be developed."""

    verdict = forms.ChoiceField(label=pgettext_lazy("development", "Feasibility"), choices=Feasibility.choices)
    promised_on = forms.DateField(label=_("Promised for"))
    researcher = _researcher(_("Responsible researcher"), required=True)
    feasibility = forms.CharField(label=_("Answer of R&D"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)
    doubts = forms.CharField(
        label=_("Doubts"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Needed when it is feasible with doubts."),
    )

    def adapt(self) -> None:
        """The researchers of the business unit, and the reader, who answers."""
        self.offer_researchers()


class ResearcherForm(DevelopmentStepForm):
    """Who of R&D has it from now on."""

    researcher = _researcher(_("Responsible researcher"), required=True)

    def adapt(self) -> None:
        """The researchers of the business unit."""
        self.offer_researchers()


class RefusalForm(DevelopmentStepForm):
    """Why R&D holds it for not feasible."""

    end_reason = forms.ChoiceField(label=_("Reason"))
    feasibility = forms.CharField(label=_("Answer of R&D"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)

    def adapt(self) -> None:
        """The reasons that administrators listed."""
        offer_reasons(self)


class EndForm(DevelopmentStepForm):
    """Why it is not developed, by a reason of the list."""

    end_reason = forms.ChoiceField(label=_("Reason"))
    reason = forms.CharField(
        label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )

    def adapt(self) -> None:
        """The reasons that administrators listed."""
        offer_reasons(self)


class SetUpForm(DevelopmentStepForm):
    """By when it is to be released, and a word for the approvers."""

    due_on = forms.DateField(
        label=_("To be released by"), help_text=_("Whether the project is finished in time is measured by this day.")
    )
    reason = forms.CharField(
        label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )

    def adapt(self) -> None:
        """What R&D promised, or what the customer wants."""
        self.fields["due_on"].initial = self.record.promised_on or self.record.wanted_on


class LinkSampleForm(DevelopmentStepForm):
    """Samples of the customer that were asked for otherwise."""

    sample = forms.ModelChoiceField(label=_("Sample request"), queryset=SampleRequest.objects.none())

    def adapt(self) -> None:
        """Those of the customer that belong to no development yet."""
        rows = SampleRequest.objects.visible_to(self.user).filter(customer=self.record.customer_id, development=None)
        field: Any = self.fields["sample"]
        field.queryset = rows.exclude(state=SampleState.CANCELLED).order_by("-requested_on", "-pk")


class RequirementForm(PartForm):
    """A wanted property, and once there is a product what it reached."""

    class Meta:
        model = DevelopmentRequirement
        fields = ("name", "is_must", "minimum", "maximum", "unit", "target", "reached", "met")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if not self.instance.pk:
            del self.fields["reached"], self.fields["met"]


class MilestoneForm(PartForm):
    """A milestone; with the day it was done its to-do is done."""

    class Meta:
        model = DevelopmentMilestone
        fields = ("name", "responsible", "due_on", "done_on", "result")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if not self.instance.pk:
            del self.fields["done_on"], self.fields["result"]
        elif self.instance.name == RELEASE:
            del self.fields["done_on"]


class CostForm(PartForm):
    """A cost per kilogram, in the currency of the target price."""

    class Meta:
        model = DevelopmentCost
        fields = ("kind", "amount", "remark")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if "amount" in self.fields:
            self.fields["amount"].unit = str(self.parent.currency_id)  # type: ignore[attr-defined]


class ReleaseForm(ProductForm):
    """The product as it comes into the catalogue, with what the request knows of it."""

    def __init__(
        self, *args: Any, user: Any, development: DevelopmentRequest, initial: Any = None, **kwargs: Any
    ) -> None:
        start = suggested_product(development)
        unit = Unit.objects.visible_to(user).filter(code="KG").values_list("pk", flat=True).first()
        super().__init__(*args, user=user, initial={**start, "base_unit": unit, **(initial or {})}, **kwargs)
