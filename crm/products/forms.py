"""The forms of the catalogue."""

from decimal import Decimal
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.catalogue.domain.specification import LONGEST_TEXT, PREFIX, fields_of
from crm.catalogue.enums import CustomerGrade, FieldKind
from crm.extension_points import PriceParty, price_parties
from crm.generic.forms import RecordForm, narrow_choices, style
from crm.models import (
    BusinessUnit,
    Competitor,
    CompetitorProduct,
    Cost,
    Currency,
    ExchangeRate,
    PriceItem,
    PriceList,
    PriceReport,
    Product,
    ProductLine,
    Region,
    SpecificationField,
    Unit,
)

PARTY = "party_"  # in front of a party's key, as the name of its field


class SpecificationMixin(RecordForm):
    """Adds a form field for each specification field of the product line that is chosen."""

    def add_specification(self) -> None:
        """To be called when the other fields are there."""
        line = self["product_line"].value()
        self.asked = {
            f"{PREFIX}{field.key}": field for field in fields_of(int(line) if str(line or "").isdecimal() else None)
        }
        for name, field in self.asked.items():
            self.fields[name] = specification_field(field)
            style(self.fields[name])
            value = self.instance.specification.get(field.key)
            is_number = field.kind == FieldKind.NUMBER and value is not None
            self.initial.setdefault(name, Decimal(str(value)) if is_number else value)

    def specification_groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The specification's fields under the headings of their groups."""
        groups: dict[str, list[forms.BoundField]] = {}
        for name, field in self.asked.items():
            groups.setdefault(field.group_label, []).append(self[name])
        return list(groups.items())


def specification_field(field: SpecificationField) -> forms.Field:
    """The form field that asks for a value; what fits is decided by the domain."""
    common: dict[str, Any] = {"label": field.label, "required": field.required}
    if field.kind == FieldKind.NUMBER:
        found: forms.Field = forms.DecimalField(**common, max_digits=15)
        found.unit = field.unit  # type: ignore[attr-defined]
        bounds = (field.minimum, field.maximum)
        found.help_text = " – ".join("" if b is None else f"{b.normalize():f}" for b in bounds) if any(bounds) else ""
        return found
    if field.kind == FieldKind.CHOICE:
        return forms.ChoiceField(**common, choices=[("", "—"), *((choice, choice) for choice in field.choices)])
    if field.kind == FieldKind.YES_NO:
        answers = [("", "—"), ("True", _("yes")), ("False", _("no"))]
        return forms.TypedChoiceField(**common, choices=answers, coerce=lambda text: text == "True", empty_value=None)
    return forms.CharField(**common, max_length=LONGEST_TEXT)


class ProductForm(SpecificationMixin):
    """A product, with the specification that its line asks for."""

    sections = (("", ("code", "product_line", "name", "name_en", "base_unit", "list_price", "is_active")),)

    class Meta:
        model = Product
        fields = ("code", "product_line", "name", "name_en", "base_unit", "list_price", "is_active")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["list_price"].unit = settings.BASE_CURRENCY  # type: ignore[attr-defined]
        line = self.fields["product_line"].widget
        line.attrs |= {"hx-get": "?part=specification", "hx-target": "#specification", "hx-trigger": "change"}
        line.attrs |= {"hx-include": "#specification", "hx-swap": "innerHTML"}
        self.add_specification()

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The product's own fields; the specification stands below, in a part that is fetched anew for another line."""
        return [(heading, [self[name] for name in names]) for heading, names in self.sections]

    def values(self) -> dict[str, Any]:
        """The values of a product, the specification in one."""
        values = super().values()
        typed = {field.key: values.pop(name, None) for name, field in self.asked.items()}
        return {**values, "specification": typed}


class LineForm(RecordForm):
    """A product line."""

    class Meta:
        model = ProductLine
        fields = ("code", "business_unit", "name", "name_en")


class ChoicesText(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 5})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The lines that say anything, each once."""
        return list(
            dict.fromkeys(line.strip()[:60] for line in (super().clean(value) or "").splitlines() if line.strip())
        )


class FieldForm(RecordForm):
    """A specification field; key and product line stay once it exists."""

    choices = ChoicesText(label=_("Choices"), required=False, help_text=_("For a choice: one a line."))
    sections = (
        (_("Field"), ("product_line", "key", "name", "name_en", "kind", "required")),
        (pgettext_lazy("kind of field", "Number"), ("unit", "minimum", "maximum")),
        (_("Choice"), ("choices",)),
        (_("Group and order"), ("group", "group_en", "position", "is_active")),
    )

    class Meta:
        model = SpecificationField
        fields = (
            *("product_line", "key", "name", "name_en", "kind", "required", "unit", "minimum", "maximum", "choices"),
            *("group", "group_en", "position", "is_active"),
        )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["key"], self.fields["product_line"]


class UnitForm(RecordForm):
    """A unit of measure."""

    class Meta:
        model = Unit
        fields = ("code", "dimension", "name", "name_en", "factor", "is_base")


class CurrencyForm(RecordForm):
    """A currency; its code stays."""

    class Meta:
        model = Currency
        fields = ("code", "name", "decimals")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["code"]


class RateForm(RecordForm):
    """A rate of a currency from a day on."""

    class Meta:
        model = ExchangeRate
        fields = ("currency", "kind", "starts_on", "rate", "source")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        field: Any = self.fields["currency"]
        field.queryset = field.queryset.exclude(code=settings.BASE_CURRENCY)
        self.fields["rate"].unit = settings.BASE_CURRENCY  # type: ignore[attr-defined]


class PriceListForm(RecordForm):
    """A price list: when it is valid and for whom."""

    sections = (
        ("", ("code", "currency", "name", "name_en", "starts_on", "ends_on")),
        (_("For whom (empty: for all)"), ("business_unit", "region", "customer_grade")),
        (_("Precedence"), ("priority", "is_active")),
    )

    class Meta:
        model = PriceList
        fields = (
            *("code", "currency", "name", "name_en", "starts_on", "ends_on"),
            *("business_unit", "region", "customer_grade", "priority", "is_active"),
        )


class PriceForm(RecordForm):
    """A price."""

    sections = (
        ("", ("price_list", "product", "unit", "quantity_from")),
        (_("Price per unit"), ("guide_price", "floor_price")),
        (_("Valid (empty: as the list)"), ("starts_on", "ends_on")),
    )

    class Meta:
        model = PriceItem
        fields = (
            *("price_list", "product", "unit", "quantity_from", "guide_price", "floor_price"),
            *("starts_on", "ends_on"),
        )


class CostForm(RecordForm):
    """What a product costs from a day on."""

    class Meta:
        model = Cost
        fields = ("product", "starts_on", "amount", "currency", "unit")


class CopyForm(forms.Form):
    """What a new version of a price list is called, from when, and how prices change."""

    code = forms.CharField(label=_("Code"), max_length=30)
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=100)
    name_en = forms.CharField(label=_("English name"), max_length=100, required=False)
    starts_on = forms.DateField(label=_("Valid from"))
    percent = forms.DecimalField(label=_("Change of prices"), max_digits=6, decimal_places=2, initial=0)
    decimals = forms.TypedChoiceField(
        label=_("Round to"),
        coerce=int,
        initial=2,
        choices=[(2, "0.01"), (1, "0.1"), (0, "1"), (3, "0.001"), (4, "0.0001")],
    )
    end_source = forms.BooleanField(label=_("End the old list the day before"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["percent"].unit = "%"  # type: ignore[attr-defined]
        for field in self.fields.values():
            style(field)


class ProductUnitForm(forms.Form):
    """So much of a unit is so much of the product's base unit."""

    amount = forms.DecimalField(label=_("Quantity"), max_digits=12, decimal_places=3, initial=1)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    base_amount = forms.DecimalField(label=_("is in the base unit"), max_digits=18, decimal_places=6)

    def __init__(self, *args: Any, user: Any, product: Product, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow_choices(self, user)
        field: Any = self.fields["unit"]
        field.queryset = field.queryset.exclude(pk=product.base_unit_id)
        self.fields["base_amount"].unit = product.base_unit.label  # type: ignore[attr-defined]
        for one in self.fields.values():
            style(one)


class CompetitorForm(RecordForm):
    """A competitor."""

    class Meta:
        model = Competitor
        fields = (
            *("code", "name", "short_name", "name_en", "country", "website", "is_active"),
            *("strengths", "weaknesses"),
        )


class CompetitorProductForm(RecordForm):
    """A competitor's product, with ours that do the same."""

    class Meta:
        model = CompetitorProduct
        fields = ("competitor", "name", "product_line", "comparable", "notes")

    def _save_m2m(self) -> None:
        """Ours are set by the domain function."""


def parties_for(user: Any) -> list[tuple[PriceParty, Any]]:
    """The kinds of record a price can be for that this person may see, with their models."""
    found = []
    for party in price_parties.all():
        model = apps.get_model(party.model)
        if user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
            found.append((party, model))
    return found


def add_parties(form: Any, user: Any) -> list[str]:
    """Adds a field for each of them; returns their names."""
    names = []
    for party, model in parties_for(user):
        names.append(f"{PARTY}{party.key}")
        form.fields[names[-1]] = forms.ModelChoiceField(
            label=party.label, queryset=model.objects.none(), required=False
        )
    return names


class ReportForm(RecordForm):
    """A competitor's price: what, how much, seen when; as short as a phone wants it."""

    class Meta:
        model = PriceReport
        fields = (
            *("competitor_product", "price", "currency", "unit", "observed_on"),
            *("source", "reliability", "region", "notes"),
        )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["observed_on"].initial = timezone.localdate
        self.parties = [] if self.instance.pk else add_parties(self, user)
        if self.parties:
            narrow_choices(self, user)
        order = ("competitor_product", "price", "unit", "currency", "observed_on", *self.parties, "source")
        self.sections = (("", (*order, "reliability", "region", "notes")),)

    def values(self) -> dict[str, Any]:
        """The values for the domain, which calls the party the record."""
        values = super().values()
        chosen = [values.pop(name) for name in self.parties]
        return values if self.instance.pk else {**values, "record": next(filter(None, chosen), None)}


class FinderForm(forms.Form):
    """What price is sought: of what, how much, when, and for whom."""

    product = forms.ModelChoiceField(label=_("Product"), queryset=Product.objects.none())
    quantity = forms.DecimalField(label=_("Quantity"), max_digits=18, decimal_places=3, min_value=Decimal("0.001"))
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, help_text=_("Empty: the product's base unit.")
    )
    on = forms.DateField(label=_("On"))
    grade = forms.ChoiceField(label=_("Customer grade"), choices=[("", "—"), *CustomerGrade.choices], required=False)
    region = forms.ModelChoiceField(label=_("Region"), queryset=Region.objects.none(), required=False)
    business_unit = forms.ModelChoiceField(
        label=_("Business unit"), queryset=BusinessUnit.objects.none(), required=False
    )
    currency = forms.ModelChoiceField(
        label=_("Currency"), queryset=Currency.objects.none(), required=False, help_text=_("Empty: as the list.")
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = add_parties(self, user)
        narrow_choices(self, user)
        self.order_fields(["product", "quantity", "unit", "on", *self.parties])
        for field in self.fields.values():
            style(field)

    def terms(self) -> dict[str, Any]:
        """Grade, region and business unit: what was chosen, else those of the party."""
        chosen = {name: self.cleaned_data.get(name) for name in ("grade", "region", "business_unit")}
        for name in self.parties:
            record = self.cleaned_data.get(name)
            if record is not None:
                theirs = price_parties.get(name.removeprefix(PARTY)).terms(record)
                chosen = {key: value or theirs.get(key) for key, value in chosen.items()}
        return {**chosen, "grade": chosen["grade"] or ""}
