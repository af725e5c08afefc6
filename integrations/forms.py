"""Forms of the ERP connection, of numbers in the ERP, and of handing over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.catalogue.models import Product
from crm.generic.forms import RecordForm, narrow_choices, style
from crm.records.choices import listed
from customers.models import Customer
from integrations.domain.outbox.areas import LISTS
from integrations.enums import MessageKind, NumberKind
from integrations.models import ErpConnection, SalesArea
from integrations.validators import validate_erp_code


class ConnectionForm(RecordForm):
    """Address and account. The stored password is never shown; an empty one keeps it."""

    password = forms.CharField(
        label=_("Password or client secret"),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kept encrypted. Leave it empty to keep the stored one."),
    )

    class Meta:
        model = ErpConnection
        fields = (
            "name",
            "base_url",
            "sign_in",
            "username",
            "token_url",
            "ca_pem",
            "orders_by_v4",
            "per_second",
            "is_active",
        )
        help_texts = {
            "base_url": _("Scheme and host of the gateway, such as https://erp.example.com."),
            "token_url": _("For OAuth 2.0 only: where the token is fetched with client id and secret."),
            "ca_pem": _("In PEM form, when the gateway's certificate is from your company's own authority."),
            "orders_by_v4": _("The service API_SALESORDER (0001) in the place of API_SALES_ORDER_SRV."),
            "per_second": _("All processes together ask the ERP no more often than this."),
        }
        widgets = {"ca_pem": forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})}

    field_order = (
        "name",
        "base_url",
        "sign_in",
        "username",
        "password",
        "token_url",
        "ca_pem",
        "orders_by_v4",
        "per_second",
        "is_active",
        "version_read",
    )


class SalesAreaForm(RecordForm):
    """Where a business unit sells in the ERP. The codes are the ERP's own."""

    class Meta:
        model = SalesArea
        fields = (
            "company_code",
            "sales_organization",
            "distribution_channel",
            "division",
            "order_type",
            "plant",
            "price_condition",
            "freight_condition",
            "partner_grouping",
            "account_group",
            "reconciliation_account",
            "payment_terms",
            "currency",
            "country",
            "tax_type",
            "text_type",
        )
        help_texts = {
            "plant": _("Left empty, the ERP takes the plant of the product."),
            "freight_condition": _("Needed only where freight is charged."),
            "text_type": _(
                "Of the order's header texts, such as TX01. Left empty, remarks and ship-to contacts stay here."
            ),
            "tax_type": _("Left empty, credit codes are not handed over."),
        }


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class NumberForm(forms.Form):
    """Whose number it is."""

    record: Any = forms.ModelChoiceField(queryset=None)

    def __init__(self, *args: object, kind: str, user: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field: Any = self.fields["record"]
        customer = kind == NumberKind.CUSTOMER
        field.label = _("Customer") if customer else _("Product")
        field.queryset = Customer.objects.none() if customer else Product.objects.none()
        narrow_choices(self, user)
        if customer:
            field.queryset = field.queryset.filter(merged_into=None)
        style(field)


class SwitchForm(forms.Form):
    """Which kinds of records are handed over."""

    partner = forms.BooleanField(label=_("Customers, once their registration is approved"), required=False)
    order = forms.BooleanField(label=_("Order requests, once they are submitted"), required=False)

    def chosen(self) -> dict[MessageKind, bool]:
        """Each kind, and whether it is on."""
        return {kind: self.cleaned_data[kind.value] for kind in MessageKind}


class CodesForm(forms.Form):
    """What the items of our lists of terms are called in the ERP: a field for each item."""

    def __init__(self, *args: object, stored: dict[tuple[str, str], str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.places: dict[str, tuple[str, str]] = {}
        for list_key in LISTS:
            for place, item in enumerate(listed(list_key).items):
                name = f"{list_key}_{place}"
                self.places[name] = (list_key, item.code)
                self.fields[name] = forms.CharField(
                    label=item.label,
                    max_length=4,
                    required=False,
                    validators=[validate_erp_code],
                    initial=stored.get((list_key, item.code), ""),
                )
                style(self.fields[name])

    def codes(self) -> dict[tuple[str, str], str]:
        """The code of each item of each list; empty for none."""
        return {place: self.cleaned_data[name] for name, place in self.places.items()}
