"""The forms of a quote: its terms, the grid of its lines, sending it."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.generic.forms import RecordForm, narrow_choices, style
from crm.models import Product, Unit
from customers.models import Contact
from opportunities.models import PriceIndex, Quote

SPARE, MOST = 2, 60
_STEP = re.compile(r"^\s*([\d.,]+)\s*[:：=]\s*([\d.,]+)\s*$")
_NUMBER: dict[str, Any] = {"max_digits": 18, "decimal_places": 4, "required": False}


class BreaksField(forms.CharField):
    """Prices of larger quantities as one writes them: "1000: 31.5; 5000: 30"."""

    def to_python(self, value: Any) -> Any:
        """As the line keeps them."""
        steps = []
        for part in filter(str.strip, re.split(r"[;；\n]", str(value or ""))):
            found = _STEP.match(part)
            try:
                if found is None:
                    raise InvalidOperation
                quantity, price = (Decimal(text.replace(",", "")) for text in found.groups())
            except InvalidOperation as error:
                raise ValidationError(_("Write quantity and price like this: 1000: 31.5; 5000: 30")) from error
            steps.append({"from": str(quantity), "price": str(price)})
        return steps

    def prepare_value(self, value: Any) -> Any:
        """As one reads them."""
        if isinstance(value, list):
            return "; ".join(f"{step['from']}: {step['price']}" for step in value)
        return value

    def clean(self, value: Any) -> Any:
        """Nothing is a list without steps."""
        return self.to_python(value)


class LineForm(forms.Form):
    """A line; without a product it is none."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    product = forms.ModelChoiceField(label=gettext_lazy("Product"), queryset=Product.objects.none(), required=False)
    description = forms.CharField(label=gettext_lazy("Description"), max_length=200, required=False)
    quantity = forms.DecimalField(
        label=gettext_lazy("Quantity"), max_digits=18, decimal_places=3, min_value=Decimal("0.001"), required=False
    )
    unit = forms.ModelChoiceField(label=gettext_lazy("Unit"), queryset=Unit.objects.none(), required=False)
    requested_on = forms.DateField(label=gettext_lazy("Requested delivery"), required=False)
    price = forms.DecimalField(label=gettext_lazy("Price per unit"), min_value=Decimal("0.0001"), **_NUMBER)
    breaks = BreaksField(label=gettext_lazy("Price breaks"), required=False)
    index = forms.ModelChoiceField(
        label=gettext_lazy("Price index"), queryset=PriceIndex.objects.none(), required=False
    )
    premium = forms.DecimalField(label=gettext_lazy("Premium"), **_NUMBER)
    freight = forms.DecimalField(label=gettext_lazy("Freight per unit"), min_value=Decimal(0), **_NUMBER)

    @property
    def is_line(self) -> bool:
        """Whether it is one."""
        return bool(self.cleaned_data.get("product")) and not self.cleaned_data.get("DELETE")

    def clean(self) -> dict[str, Any]:
        """A line with a product needs a quantity; its unit is the product's unless another is chosen."""
        values = super().clean() or {}
        product = values.get("product")
        if product is None:
            return values
        if values.get("quantity") is None and "quantity" not in self.errors:
            self.add_error("quantity", _("Say how much."))
        values["unit"] = values.get("unit") or product.base_unit
        return values


LineFormSet: Any = formset_factory(
    LineForm, extra=SPARE, can_delete=True, max_num=MOST, validate_max=True, absolute_max=MOST + 5
)


class QuoteForm(RecordForm):
    """A draft: its terms and its lines."""

    sections = (
        (gettext_lazy("Customer"), ("contact", "language", "valid_until")),
        (
            pgettext_lazy("quote", "Terms"),
            ("currency", "payment_terms", "delivery_terms", "delivery_place", "freight_amount", "remark"),
        ),
    )

    class Meta:
        model = Quote
        fields = (
            "contact",
            "language",
            "valid_until",
            "currency",
            "payment_terms",
            "delivery_terms",
            "delivery_place",
            "freight_amount",
            "remark",
        )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            self.fields["contact"].queryset = Contact.objects.visible_to(user).filter(  # type: ignore[attr-defined]
                customer=self.instance.customer_id
            )
        sent = "lines-TOTAL_FORMS" in self.data
        self.lines = LineFormSet(self.data if sent else None, prefix="lines", initial=self._stored())
        for form in self.lines:
            narrow_choices(form, user)
            for field in form.fields.values():
                style(field)
            form.fields["index"].queryset = form.fields["index"].queryset.filter(is_active=True)
            form.fields["breaks"].widget.attrs["placeholder"] = "1000: 31.5; 5000: 30"

    def _stored(self) -> list[dict[str, Any]]:
        rows = self.instance.lines.order_by("position", "pk") if self.instance.pk else ()
        names = [name for name in LineForm.base_fields if name not in ("product", "unit", "index")]
        return [
            {
                **{name: getattr(row, name) for name in names},
                "product": row.product_id,
                "unit": row.unit_id,
                "index": row.index_id,
            }
            for row in rows
        ]

    def is_valid(self) -> bool:
        """The lines too."""
        lines_valid = self.lines.is_valid() or not self.lines.is_bound
        return super().is_valid() and lines_valid

    def values(self) -> dict[str, Any]:
        """The quote's own values, and its lines when they were sent."""
        values = super().values()
        return {**values, "lines": self.line_values()} if self.lines.is_bound else values

    def line_values(self) -> list[dict[str, Any]]:
        """What was entered into each line that is one."""
        return [
            {name: form.cleaned_data.get(name) for name in LineForm.base_fields} for form in self.lines if form.is_line
        ]


class SendForm(forms.Form):
    """Until when the customer can open the quote."""

    expires_on = forms.DateField(
        label=gettext_lazy("Link open until"),
        help_text=gettext_lazy("At the end of that day the link is closed. Links made before are closed at once."),
    )

    def __init__(self, *args: Any, quote: Quote, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"expires_on": max(quote.valid_until, timezone.localdate())})
        super().__init__(*args, **kwargs)
        style(self.fields["expires_on"])


class AnswerForm(forms.Form):
    """What the customer says on the page of a quote."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=60)


class QuestionForm(AnswerForm):
    """A question."""

    text = forms.CharField(
        label=gettext_lazy("Your question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
