"""The field maps in words for people: what our fields are called, and what is done with the ERP's properties."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from integrations.models import ErpCredit, ErpCustomer, ErpProduct
from integrations.sap.mapping import EntitySet
from integrations.sap.mapping.base import Field
from integrations.sync.documents import documents_of
from orders.models import CustomerReturn

_MODELS: dict[str, Any] = {
    "A_BusinessPartner": ErpCustomer,
    "CreditManagementAccount": ErpCredit,
    "A_Product": ErpProduct,
    "A_CustomerReturn": CustomerReturn,
    "A_CreditMemoRequest": CustomerReturn,
}
# What is kept as JSON has no model that names its fields.
_BELOW: dict[str, dict[str, Any]] = {
    "to_ScheduleLine": {
        "number": _("schedule line"),
        "requested_on": _("requested delivery"),
        "confirmed_on": _("confirmed for"),
        "quantity": _("quantity"),
        "delivered": _("delivered quantity"),
    },
    "to_PricingElement": {
        "step": _("step"),
        "counter": _("counter"),
        "kind": _("condition type"),
        "rate": pgettext_lazy("price condition", "Rate"),
        "per": _("per quantity"),
        "amount": _("amount"),
        "statistical": _("statistical"),
        "inactive": _("inactive"),
    },
}
_PARTS: dict[str, Any] = {
    "to_Item": pgettext_lazy("of a document", "Items"),
    "to_DeliveryDocumentItem": pgettext_lazy("of a document", "Items"),
    "to_ScheduleLine": _("Schedule lines"),
    "to_PricingElement": _("Price conditions"),
    "to_Customer": _("Customer account"),
    "to_CustomerCompany": _("Company codes"),
    "to_CustomerSalesArea": _("Sales areas"),
    "to_BusinessPartnerAddress": _("Addresses"),
    "to_Description": _("Names"),
    "to_ProductUnitsOfMeasure": _("Units"),
    "to_SalesDelivery": _("Distribution chains"),
    "to_Plant": _("Plants"),
}
# Names of a map that are no field of the model: parts of what is kept in one, or what only decides about others.
_NAMES: dict[str, Any] = {
    "account_group": _("account group"),
    "archived": _("marked for archiving"),
    "area": _("sales area"),
    "base_unit": _("base unit"),
    "blocks": _("blocked for"),
    "category": _("category of the document"),
    "chain": _("distribution chain"),
    "company": _("company code"),
    "condition_category": _("category of the condition"),
    "confirmed": _("confirmed quantity"),
    "country": _("country"),
    "currency": _("currency"),
    "customer_group": _("customer group"),
    "deleted": _("marked for deletion"),
    "denominator": _("of this unit"),
    "document_type": _("type of the document"),
    "gone": _("marked for deletion"),
    "in_base": _("quantity in the base unit"),
    "incoterms": _("Incoterms"),
    "language": _("language"),
    "minimum": _("smallest order"),
    "minimum_unit": _("unit of the smallest order"),
    "name": _("name"),
    "numerator": _("base units"),
    "partner_blocked": _("business partner blocked"),
    "partner_name": _("name of the business partner"),
    "place": _("postal code and city"),
    "plant": _("plant"),
    "posting": _("blocked for postings"),
    "price_group": _("price group"),
    "promised_on": _("promised date"),
    "special": _("special general ledger"),
    "split_of": _("batch split of item"),
    "status": _("sales status"),
    "street": _("street"),
    "tax": _("tax"),
    "terms": _("payment terms"),
    "text": _("text"),
    "unit": _("unit"),
}
_HOW: dict[str, Any] = {
    "blocks": _("says which of orders, deliveries and billing are blocked"),
    "cleared_on": _("a date, only when the item is cleared"),
    "clearing_document": _("company code/fiscal year/document without leading zeros, only when the item is cleared"),
    "decimal": _("a number with decimals, exactly as it comes"),
    "delivery": _("without leading zeros, when the item refers to a delivery"),
    "delivery_item": _("a whole number, when the item refers to a delivery"),
    "first_id": _("the first that is filled, without leading zeros"),
    "first_text": _("the first that is filled"),
    "flag": _("yes or no"),
    "for_statistics": _("yes or no"),
    "invoice_number": _("the billing document, else the reference of a document that comes from one"),
    "item_key": _("company code, year, document and item as one key"),
    "last_day": _("a date; nothing for the end of 9999"),
    "moved_on": _("a date, only when the goods have left"),
    "norm_id": _("without leading zeros when it is all digits"),
    "number": _("a whole number"),
    "number_or_none": _("a whole number; nothing for zero"),
    "order_item": _("a whole number, when the item refers to a sales order"),
    "order_number": _("without leading zeros, when the item refers to a sales order"),
    "order_status": _(
        "cancelled when rejected, on hold when blocked, completed when finished, else how far it is delivered"
    ),
    "received_on": _("a date, only when the receipt is confirmed"),
    "per_quantity": _("a number with decimals; one where it is empty"),
    "possible_day": _("a date"),
    "possible_moment": _("date and time, in UTC"),
    "price_currency": _("as it comes; nothing for a percentage"),
    "reference_key": _("company code, year and document as one key"),
    "required_day": _("a date, which must be there"),
    "shipment_status": _("received, shipped or picked by the statuses, else planned"),
    "status_of": _("rejected, completed or open by the statuses"),
    "street": _("joined by a blank"),
    "text": _("as it comes"),
    "whole": _("a whole number above zero"),
}
# Where the map does it on the spot: by the field's name.
_ON_THE_SPOT: dict[str, Any] = {
    "area": _("joined by slashes"),
    "blocks": _("says that payments are blocked"),
    "chain": _("joined by slashes"),
    "fiscal_year": _("as it comes; nothing for zeros"),
    "inactive": pgettext_lazy("transform", "yes when a reason is given"),
    "minimum": _("a number without needless zeros"),
    "place": _("joined by a blank"),
    "rejected": pgettext_lazy("transform", "yes when a reason is given"),
}


class Line(NamedTuple):
    """Our field in words, the ERP's properties as they are, and what is done with them in words."""

    label: str
    sources: tuple[str, ...]
    how: str


def mapping_in_words(entity_set: EntitySet) -> list[tuple[str, str, list[Line]]]:
    """Each part of a set: what it is called here, its path there, and its fields."""
    model = _model(entity_set)
    labels = _labels(model)
    found = [(str(entity_set.label), entity_set.name, [line_of(field, labels) for field in entity_set.header.fields])]
    for path, fields in entity_set.parts():
        last = path.rpartition("/")[2]
        labels = _labels(_lines(model)) if path == entity_set.to_items else _BELOW.get(last, {})
        name = str(_PARTS.get(last, path))
        found.append((name, path, [line_of(field, labels) for field in fields.fields]))
    return found


def properties_in_words(entity_set: EntitySet, *, items: bool = False) -> dict[str, str]:
    """Property there -> our fields that are made of it, in words; of the items when asked for."""
    model = _model(entity_set)
    labels = _labels(_lines(model) if items else model)
    fields = (entity_set.items.fields if entity_set.items else ()) if items else entity_set.header.fields
    found: dict[str, list[str]] = {}
    for field in fields:
        for source in field.sources:
            found.setdefault(source, []).append(line_of(field, labels).label)
    return {source: ", ".join(names) for source, names in found.items()}


def line_of(field: Field, labels: Mapping[str, Any]) -> Line:
    """A field of a map in words, those of `labels` first; what has none yet is called as in the map."""
    name = field.name.removesuffix("_id")
    label = labels.get(name) or _NAMES.get(name, name)
    made = getattr(field.read, "__name__", "")
    how = _ON_THE_SPOT.get(field.name, "") if made == "<lambda>" else _HOW.get(made, "")
    return Line(str(capfirst(label)), field.sources, str(how))


def _model(entity_set: EntitySet) -> Any:
    documents = documents_of(entity_set)
    return documents.model if documents else _MODELS.get(entity_set.name)


def _labels(model: Any) -> dict[str, Any]:
    """The fields of a model by name, in words."""
    return {each.name: each.verbose_name for each in model._meta.concrete_fields} if model is not None else {}


def _lines(model: Any) -> Any:
    relations = getattr(model, "_meta", None)
    return (
        next((each.related_model for each in relations.related_objects if each.name == "lines"), None)
        if relations
        else None
    )
