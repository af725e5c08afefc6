"""Forms of samples: the request with its lines, dispatch, receipt, evaluation and costs."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils import timezone
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.base.guarding import may_see
from crm.generic.forms import RecordForm, narrow_choices, style
from crm.models import Attachment, Currency, Product, Unit
from crm.records.choices import listed
from customers.models import Contact, Customer
from opportunities.domain.samples.lines import MOST_LINES
from opportunities.domain.samples.requests import usual_ship_to
from opportunities.domain.samples.sending import usual_due
from opportunities.enums import SampleKind, SampleSource, SampleVerdict
from opportunities.models import DevelopmentRequest, Opportunity, SampleLine, SampleRequest

SPARE_LINES = 2
CRITERIA = 4  # rows for what was measured, for each line
UNIT = "KG"


class LineForm(forms.Form):
    """A sample; a row without product and description is none."""

    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    product = forms.ModelChoiceField(label=_("Product"), queryset=Product.objects.none(), required=False)
    description = forms.CharField(
        label=_("Laboratory sample"), max_length=200, required=False, help_text=_("For what is not in the catalogue.")
    )
    kind = forms.ChoiceField(label=pgettext_lazy("sample", "Kind"), choices=SampleKind.choices)
    source = forms.ChoiceField(label=_("Taken from"), choices=SampleSource.choices)
    quantity = forms.DecimalField(label=_("Quantity"), max_digits=18, decimal_places=3, min_value=0, required=False)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), required=False)
    unit_cost = forms.DecimalField(
        label=_("Cost per unit"),
        max_digits=18,
        decimal_places=4,
        min_value=0,
        required=False,
        help_text=_("Empty: the standard cost of the product."),
    )
    currency = forms.ModelChoiceField(label=_("Currency"), queryset=Currency.objects.none(), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("unit_cost", "currency"):
            if not may_see(SampleLine, name, user):
                del self.fields[name]
        narrow_choices(self, user)
        for field in self.fields.values():
            style(field)

    @property
    def is_line(self) -> bool:
        """Whether the row says a sample."""
        values = self.cleaned_data
        return bool(values.get("product") or values.get("description")) and not values.get("DELETE")

    def clean(self) -> dict[str, Any]:
        """How much, where there is something."""
        values = super().clean() or {}
        if (values.get("product") or values.get("description")) and not values.get("DELETE"):
            if not values.get("quantity") and "quantity" not in self.errors:
                self.add_error("quantity", gettext("Say how much."))
            if not values.get("unit") and "unit" not in self.errors:
                self.add_error("unit", gettext("Choose the unit."))
        return values


LineFormSet: Any = formset_factory(
    LineForm, extra=SPARE_LINES, can_delete=True, max_num=MOST_LINES, validate_max=True, absolute_max=MOST_LINES + 5
)


class CustomerForm(forms.Form):
    """Asks which customer the samples are for, before anything else can be offered."""

    customer = forms.ModelChoiceField(label=_("Customer"), queryset=Customer.objects.none())


class SampleForm(RecordForm):
    """A draft with its lines. The customer is chosen once; contacts and opportunities offered are that customer's."""

    sections = (
        (_("Samples for"), ("customer", "opportunity", "development", "contact", "ship_to")),
        (_("Why and until when"), ("reason", "purpose", "needed_on")),
    )

    class Meta:
        model = SampleRequest
        fields = ("customer", "opportunity", "development", "contact", "ship_to", "reason", "purpose", "needed_on")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        customer = self._customer()
        for name, model in (
            ("contact", Contact),
            ("opportunity", Opportunity),
            ("development", DevelopmentRequest),
        ):
            rows = model.objects.visible_to(user)
            self.fields[name].queryset = rows.filter(customer=customer) if customer else rows.none()  # type: ignore[attr-defined]
        if self.instance.pk:
            del self.fields["customer"]
        elif customer is not None:
            self.initial.setdefault("ship_to", usual_ship_to(customer))
            contact = customer.contacts.filter(is_primary=True).first()
            self.initial.setdefault("contact", contact.pk if contact else None)
            self._take_from_development()
        self.lines = self._lines(user)

    def _take_from_development(self) -> None:
        """For a new product: what it is for, until when, and a sample of the laboratory under its name."""
        offered: Any = self.fields["development"]
        key = str(self.initial.get("development") or "")
        development = offered.queryset.filter(pk=key).first() if key.isdecimal() else None
        if development is None:
            return
        wanted = development.samples_wanted
        self.initial.setdefault("purpose", f"{development.title} · {wanted}" if wanted else development.title)
        self.initial["laboratory"] = f"{development.code} {development.title}"[:200]

    def _customer(self) -> Customer | None:
        """The customer whose contacts and opportunities are offered: the stored one, the one sent, or the one to start with."""
        if self.instance.pk:
            return self.instance.customer
        wanted = str(self.data.get("customer") or self.initial.get("customer") or "")
        rows = Customer.objects.visible_to(self.user)
        return rows.filter(pk=wanted).first() if wanted.isdecimal() else None

    def _lines(self, user: Any) -> Any:
        stored = list(self.instance.lines.all()) if self.instance.pk else []
        names = [name for name in LineForm.base_fields if name != "id"]
        rows = [{"id": line.pk, **{name: getattr(line, name) for name in names}} for line in stored]
        if not rows:
            unit = Unit.objects.visible_to(user).filter(code=UNIT).first()
            rows = [{"product": self.initial.get("product"), "unit": unit}]
            if laboratory := self.initial.get("laboratory"):
                rows[0] |= {
                    "description": laboratory,
                    "kind": SampleKind.EXPERIMENTAL,
                    "source": SampleSource.LABORATORY,
                }
        sent = "lines-TOTAL_FORMS" in self.data
        return LineFormSet(self.data if sent else None, prefix="lines", initial=rows, form_kwargs={"user": user})

    def is_valid(self) -> bool:
        """The lines too."""
        lines_valid = self.lines.is_valid() or not self.lines.is_bound
        return super().is_valid() and lines_valid

    def values(self) -> dict[str, Any]:
        """The request's own values, and its lines when they were sent."""
        values = super().values()
        if not self.lines.is_bound:
            return values
        names = [name for name in LineForm.base_fields if name in self.lines.empty_form.fields]
        lines = [
            {name: form.cleaned_data.get(name) for name in names}
            for form in self.lines
            if hasattr(form, "cleaned_data") and form.is_line
        ]
        return {**values, "lines": lines}


class StepForm(forms.Form):
    """A form about a request and its lines: `record` is the request, `user` the reader."""

    def __init__(self, *args: Any, record: SampleRequest, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record, self.user = record, user
        self.lines = list(record.lines.select_related("product", "unit", "currency"))
        self.add_fields()
        for field in self.fields.values():
            style(field)

    def add_fields(self) -> None:
        """Add what depends on the record."""

    def line_names(self, line: SampleLine) -> list[str]:
        """The fields about a line."""
        return [name for name in self.fields if name.endswith(f"_{line.pk}")]

    def head(self) -> list[forms.BoundField]:
        """The fields about all of it."""
        of_lines = {name for line in self.lines for name in self.line_names(line)}
        return [self[name] for name in self.fields if name not in of_lines]

    def groups(self) -> list[tuple[SampleLine, list[forms.BoundField]]]:
        """The fields of each line."""
        return [(line, [self[name] for name in self.line_names(line)]) for line in self.lines if self.line_names(line)]


class DispatchForm(StepForm):
    """How it is sent, and each sample's batch and certificate of analysis."""

    dispatched_on = forms.DateField(label=_("Dispatched on"), initial=timezone.localdate)
    carrier = forms.CharField(label=_("Courier"), max_length=60)
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=60, required=False)
    feedback_due_on = forms.DateField(label=_("Feedback due"), initial=lambda: usual_due(timezone.localdate()))
    no_coa_reason = forms.CharField(
        label=_("Why without COA"),
        max_length=200,
        required=False,
        help_text=_("Only where a sample has neither a COA number nor a COA file."),
    )

    def add_fields(self) -> None:
        """A batch and a COA for each line; the files to choose from are those of the request."""
        files = Attachment.objects.visible_to(self.user, of=self.record).present()
        for line in self.lines:
            self.fields[f"batch_{line.pk}"] = forms.CharField(
                label=pgettext_lazy("sample", "Batch"), max_length=40, initial=line.batch
            )
            self.fields[f"coa_number_{line.pk}"] = forms.CharField(
                label=_("COA number"), max_length=60, required=False, initial=line.coa_number
            )
            self.fields[f"coa_{line.pk}"] = forms.ModelChoiceField(
                label=_("COA file"),
                queryset=files,
                required=False,
                initial=line.coa_id,
                help_text=_("A file attached to this request."),
            )

    def clean(self) -> dict[str, Any]:
        """The values of the lines put together."""
        values = super().clean() or {}
        values["lines"] = {
            line.pk: {name: values.pop(f"{name}_{line.pk}", None) or empty for name, empty in _SENT}
            for line in self.lines
        }
        return values


_SENT: tuple[tuple[str, Any], ...] = (("batch", ""), ("coa_number", ""), ("coa", None))


class ReceiptForm(StepForm):
    """When the customer got it."""

    received_on = forms.DateField(label=pgettext_lazy("sample", "Received on"), initial=timezone.localdate)


class DueForm(StepForm):
    """Another day for the customer's answer."""

    feedback_due_on = forms.DateField(label=_("Feedback due"))


class EvaluationForm(StepForm):
    """What the trial measured, and the customer's verdict."""

    evaluated_on = forms.DateField(label=_("Evaluated on"), initial=timezone.localdate)
    verdict = forms.ChoiceField(label=_("Verdict"), choices=[("", "—"), *SampleVerdict.choices])
    failure = forms.ChoiceField(label=_("Why it failed"), required=False)
    verdict_comment = forms.CharField(
        label=_("Comment on the verdict"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    def add_fields(self) -> None:
        """Some rows for each line; a row without a criterion is none."""
        self.fields["failure"].choices = [("", "—"), *listed("sample_failure").options()]  # type: ignore[attr-defined]
        for line in self.lines:
            for row in range(1, CRITERIA + 1):
                end = f"{row}_{line.pk}"
                number = {"n": row}
                self.fields[f"name_{end}"] = _text(pgettext("sample", "Criterion %(n)s") % number)
                self.fields[f"required_{end}"] = _text(pgettext_lazy("sample", "Required"))
                self.fields[f"measured_{end}"] = _text(_("Measured"))
                self.fields[f"met_{end}"] = forms.ChoiceField(
                    label=_("Met?"), required=False, choices=[("", "—"), ("yes", _("yes")), ("no", _("no"))]
                )

    def clean(self) -> dict[str, Any]:
        """The criteria put together."""
        values = super().clean() or {}
        criteria = []
        for line in self.lines:
            for row in range(1, CRITERIA + 1):
                end = f"{row}_{line.pk}"
                given = {name: values.pop(f"{name}_{end}", "") for name in ("name", "required", "measured", "met")}
                if given["name"]:
                    met = {"yes": True, "no": False}.get(given["met"])
                    criteria.append({**given, "met": met, "line": line})
                elif given["measured"] or given["required"]:
                    self.add_error(f"name_{end}", gettext("Name the criterion."))
        values["criteria"] = criteria
        return values


def _text(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=100, required=False)


class CostsForm(StepForm):
    """What each sample costs."""

    def add_fields(self) -> None:
        """Cost and currency for each line."""
        currencies = Currency.objects.visible_to(self.user)
        for line in self.lines:
            self.fields[f"cost_{line.pk}"] = forms.DecimalField(
                label=_("Cost per unit"),
                max_digits=18,
                decimal_places=4,
                min_value=0,
                required=False,
                initial=line.unit_cost,
            )
            self.fields[f"currency_{line.pk}"] = forms.ModelChoiceField(
                label=_("Currency"), queryset=currencies, initial=line.currency_id
            )

    def clean(self) -> dict[str, Any]:
        """The costs put together."""
        values = super().clean() or {}
        costs = {}
        for line in self.lines:
            currency = values.pop(f"currency_{line.pk}", None)
            costs[line.pk] = (values.pop(f"cost_{line.pk}", None), currency.pk if currency else "")
        return {**values, "costs": costs}
