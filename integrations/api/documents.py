"""Orders, shipments, invoices and receivables as a company without SAP sends them: checked here, written by the writers that the
ERP sync uses (orders/domain/documents.py). A document comes whole: lines that are not sent are gone.

A customer is named by our key, by its code, or by {"system", "key"}; a product likewise.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from crm.base.days import check_day
from crm.models import Product
from customers.models import Customer
from integrations.domain.document_feed import KINDS, Kind
from integrations.domain.external_keys import refs_of
from orders.domain.conversion import Conversion
from orders.enums import InvoiceKind, OrderStatus, ReceivableKind, ReturnKind, ReturnStatus, ShipmentStatus
from orders.models import Invoice

ZERO = Decimal(0)
LOWERING = (ReceivableKind.CREDIT_MEMO, ReceivableKind.PAYMENT)  # what the customer owes
Name = tuple[str, Any]
LARGEST_KEY = 2**63 - 1


def name_of(named: Any) -> Name | None:
    """How a customer or a product is named, and the name; None for what is none."""
    if isinstance(named, int) and not isinstance(named, bool):
        return ("pk", named) if 0 < named <= LARGEST_KEY else None
    if isinstance(named, str):
        return ("code", named) if named.isprintable() else None
    if isinstance(named, dict):
        system, key = str(named.get("system", "")), str(named.get("key", ""))
        return ("ref", (system, key)) if system.isprintable() and key.isprintable() else None
    return None


class Known:
    """Customers within reach and products, by each name that the rows of a request have for them; rates and units; of what they
    cancel the credit memos. All are read once, however many rows there are."""

    def __init__(self, user: Any, rows: Iterable[Any]) -> None:
        documents = [row for row in rows if isinstance(row, dict)]
        listed = [row["lines"] for row in documents if isinstance(row.get("lines"), list)]
        lines = [line for of_one in listed for line in of_one if isinstance(line, dict)]
        self.conversion = Conversion()
        self.customers = _found(
            "customer", Customer.objects.visible_to(user), [row.get("customer") for row in documents]
        )
        self.products = _found("product", Product.objects.all(), [line.get("product") for line in lines])
        self.credit_memos = _credit_memos(documents)


def _credit_memos(documents: list[dict[str, Any]]) -> set[str]:
    """The numbers of the credit memos among these documents, and of those we have that are cancelled here."""
    sent = {
        _word(row.get("number") or row.get("key")) for row in documents if row.get("kind") == InvoiceKind.CREDIT_MEMO
    }
    cancelled = {_word(row.get("cancels_number")) for row in documents} - {""}
    if not cancelled:
        return sent
    memos = Invoice._base_manager.filter(number__in=cancelled, kind=InvoiceKind.CREDIT_MEMO)
    return sent | set(memos.values_list("number", flat=True))


def _word(value: Any) -> str:
    return value.strip()[:40] if isinstance(value, str) and "\x00" not in value else ""


def _found(entity: str, rows: Any, named: Iterable[Any]) -> dict[Name, int]:
    """Our key by each of the names that stands for one of the rows."""
    names = {name for each in named if (name := name_of(each)) is not None}
    wanted: dict[str, list[Any]] = {way: [name for kind, name in names if kind == way] for way in ("pk", "code", "ref")}
    refs = refs_of(entity=entity, names=wanted["ref"])
    asked = Q(pk__in=[*wanted["pk"], *refs.values()]) | Q(code__in=wanted["code"])
    found: dict[Name, int] = {}
    keys = set()
    for pk, code in rows.filter(asked).values_list("pk", "code"):
        keys.add(pk)
        found |= {("pk", pk): pk, ("code", code): pk}
    return found | {("ref", name): pk for name, pk in refs.items() if pk in keys}


class Named(serializers.JSONField):
    """A customer or a product, named in one of the three ways."""

    def __init__(self, *, kind: str, **more: Any) -> None:
        self.kind = kind
        super().__init__(**more)

    def to_internal_value(self, data: Any) -> int:
        """Our key."""
        known: Known = self.context["known"]
        name = name_of(data)
        found = (known.customers if self.kind == "customer" else known.products).get(name) if name else None
        if found is None:
            raise serializers.ValidationError(_("There is none of that name within your reach."))
        return found


def _amount(**more: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=18, decimal_places=3, **more)


def _text(length: int, **more: Any) -> serializers.CharField:
    return Text(max_length=length, required=False, allow_blank=True, default="", **more)


class Day(serializers.DateField):
    """A date that can be."""

    default_validators = (check_day,)


class Moment(serializers.DateTimeField):
    """A point in time that can be."""

    default_validators = (check_day,)


def _day(**more: Any) -> Day:
    return Day(required=False, allow_null=True, default=None, **more)


class Text(serializers.CharField):
    """A text; a number stands for its digits."""

    def to_internal_value(self, data: Any) -> str:
        """The text."""
        return super().to_internal_value(str(data) if isinstance(data, Decimal) else data)


class Strict(serializers.Serializer):
    """Takes nothing that it does not know: it would be lost."""

    def to_internal_value(self, data: Any) -> Any:
        """The values."""
        if isinstance(data, dict) and (unknown := [name for name in data if name not in self.fields]):
            raise serializers.ValidationError({name: [_("This cannot be set here.")] for name in unknown})
        return super().to_internal_value(data)


class Line(Strict):
    """What lines of all documents have."""

    item = serializers.IntegerField(min_value=1, max_value=999999, label=gettext_lazy("item"))
    product = Named(kind="product", required=False, allow_null=True, default=None)
    text = _text(200)
    quantity = _amount(required=False, default=ZERO)
    unit = _text(10)


class OrderLine(Line):
    """A line of an order."""

    promised_on = _day()
    rejected = serializers.BooleanField(required=False, default=False)
    net = _amount()


class ShipmentLine(Line):
    """A line of a shipment."""

    order_number = _text(40)
    order_item = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    batch = _text(40)


class InvoiceLine(Line):
    """A line of an invoice, signed like it."""

    order_number = _text(40)
    order_item = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    delivery_number = _text(40)
    delivery_item = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    net = _amount()
    gross = _amount()


class Document(Strict):
    """What all documents have. `key` names it in the system it comes from; its number, unless another is sent."""

    key = serializers.CharField(max_length=80)
    number = serializers.CharField(max_length=40, required=False)
    customer = Named(kind="customer")
    currency = serializers.CharField(max_length=3)
    source_changed_at = Moment(required=False, allow_null=True, default=None)

    def validate_currency(self, code: str) -> str:
        """A currency that there are rates of."""
        known: Known = self.context["known"]
        if code not in known.conversion.decimals:
            raise serializers.ValidationError(
                _("The currency %(code)s is not in the list of currencies.") % {"code": code}
            )
        return code

    def validate_lines(self, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each item once."""
        items = [line["item"] for line in lines]
        if len(items) != len(set(items)):
            raise serializers.ValidationError(_("Two lines have the same item number."))
        return lines

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """The number is the key where none is sent."""
        values.setdefault("number", values["key"][:40])
        return values


class OrderIn(Document):
    """A sales order."""

    kind = _text(10)
    customer_reference = _text(60)
    ordered_on = Day()
    requested_on = _day()
    status = serializers.ChoiceField(choices=OrderStatus.values, default=OrderStatus.OPEN.value)
    lines = OrderLine(many=True)


class ShipmentIn(Document):
    """An outbound delivery."""

    planned_on = _day()
    delivery_on = _day()
    shipped_on = _day()
    received_on = _day()
    status = serializers.ChoiceField(choices=ShipmentStatus.values, default=ShipmentStatus.PLANNED.value)
    carrier_reference = _text(60)
    lines = ShipmentLine(many=True)


class InvoiceIn(Document):
    """A billing document; the amounts of credit memos and cancellations are negative."""

    company_code = _text(10)
    kind = serializers.ChoiceField(choices=InvoiceKind.values, default=InvoiceKind.INVOICE.value)
    invoiced_on = Day()
    net = _amount()
    tax = _amount()
    gross = _amount()
    cancelled = serializers.BooleanField(required=False, default=False)
    cancels_number = _text(40)
    accounting_document = _text(40)
    fiscal_year = _text(4)
    lines = InvoiceLine(many=True)

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """The sign fits the kind, and that of the lines, which figures add up, the document's."""
        if values["net"] > 0 and (values["kind"] == InvoiceKind.CREDIT_MEMO or self._cancels_an_invoice(values)):
            raise serializers.ValidationError({"net": _("Credit memos, and cancellations of invoices, are negative.")})
        for name in ("net", "quantity"):
            if sum(line[name] for line in values["lines"]) * values["net"] < 0:
                raise serializers.ValidationError({"lines": _("The lines have another sign than the document.")})
        return super().validate(values)

    def _cancels_an_invoice(self, values: dict[str, Any]) -> bool:
        """Whether it is a cancellation, and of no credit memo that we know, or that is sent with it."""
        known: Known = self.context["known"]
        return values["kind"] == InvoiceKind.CANCELLATION and values["cancels_number"] not in known.credit_memos


class ReceivableIn(Document):
    """An item of a customer's account: what the customer owes is positive."""

    company_code = _text(10)
    kind = serializers.ChoiceField(choices=ReceivableKind.values, default=ReceivableKind.INVOICE.value)
    invoice_number = _text(40)
    invoice_reference = _text(40)
    posted_on = Day()
    due_on = _day()
    cleared_on = _day()
    clearing_document = _text(40)
    amount = _amount()

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """What lowers the debt is negative. A payment that was given back is of another kind."""
        if values["kind"] in LOWERING and values["amount"] > 0:
            raise serializers.ValidationError(
                {"amount": _("Payments and credit memos are negative; what was paid back has the kind “remainder”.")}
            )
        return super().validate(values)


class ReturnLine(Line):
    """A line of a return, with the line that it goes back to."""

    reference_number = _text(40)
    reference_item = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    rejected = serializers.BooleanField(required=False, default=False)
    net = _amount()


class ReturnIn(Document):
    """A return of goods, or a request for a credit memo: amounts are positive, and count in no figure."""

    kind = serializers.ChoiceField(choices=ReturnKind.values, default=ReturnKind.RETURN.value)
    reason = _text(10)
    customer_reference = _text(60)
    requested_on = Day()
    reference = _text(40)
    status = serializers.ChoiceField(choices=ReturnStatus.values, default=ReturnStatus.OPEN.value)
    net = _amount()
    lines = ReturnLine(many=True)

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """As in the ERP: what lowers sales is the credit memo that follows."""
        if values["net"] < 0 or any(line["net"] < 0 or line["quantity"] < 0 for line in values["lines"]):
            told = _("Amounts and quantities of returns are positive; those of the credit memo are negative.")
            raise serializers.ValidationError({"net": told})
        return super().validate(values)


FORMS: dict[str, type[Document]] = {
    "orders": OrderIn,
    "shipments": ShipmentIn,
    "invoices": InvoiceIn,
    "receivables": ReceivableIn,
    "returns": ReturnIn,
}


def rows_of(name: str, values: dict[str, Any], known: Known) -> tuple[Any, list[Any]]:
    """The document and its lines as the writers take them. Raises DomainError where a rate or a unit is not known."""
    kind: Kind = KINDS[name]
    values = dict(values)
    lines, number = values.pop("lines", []), values["number"]
    currency, to_base = values["currency"], known.conversion.to_base
    head = {key: value for key, value in values.items() if key in kind.header._fields}
    head |= {"customer_id": values["customer"], "currency_id": currency}
    days = ("ordered_on", "invoiced_on", "posted_on", "requested_on")  # orders have the last one too
    on: Any = next((values[name] for name in days if values.get(name)), None)
    if name == "orders":
        for line in lines:
            line["rejected"] |= values["status"] == OrderStatus.CANCELLED
        head["net"] = sum((line["net"] for line in lines if not line["rejected"]), ZERO)
    if "net" in head:
        head["net_base"] = to_base(head["net"], currency, on)
    if "amount" in head:
        head["amount_base"] = to_base(head["amount"], currency, on)
    return kind.header(**head), [_line(kind, number, line, known, currency, on) for line in lines]


def _line(kind: Kind, number: str, line: dict[str, Any], known: Known, currency: str, on: Any) -> Any:
    product = line.pop("product")
    base = known.conversion.base_quantity(product, line["quantity"], line["unit"]) if product is not None else ZERO
    more = {"net_base": known.conversion.to_base(line["net"], currency, on)} if "net" in line else {}
    assert kind.line is not None
    return kind.line(number=number, product_id=product, quantity_base=base, **line, **more)
