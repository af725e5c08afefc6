"""What the filters of a list take in the query string, as OpenAPI says it. Made of the list's own form when the description is
made: choices, and filters of extra fields, are those of now."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import serializers

from crm.generic.inputs import DaysInput, RangeField
from integrations.api.form_fields import FormField, Said, everybody, said_of
from integrations.api.paging import filters_of, names_of
from integrations.api.resources import Resource

_DAY: Said = {"type": "string", "format": "date"}
_MOMENT: Said = {"type": "string", "format": "date-time"}


class FilterSerializer(serializers.Serializer):
    """The filters of a list of records, under the names they have in an address, and `changed_since`, which all kinds have."""

    resource: Resource

    def get_fields(self) -> dict[str, Any]:
        """Those of the form that somebody sees for whom nothing is left out."""
        filters = filters_of(self.resource, everybody(), QueryDict())
        found: dict[str, Any] = {}
        for name, field in filters.form.fields.items() if filters is not None else ():
            said = _said(field)
            words = said.pop("description", "") or said.get("items", {}).pop("description", "")
            text = ". ".join(filter(None, (str(field.label or ""), words)))
            for full in names_of(name, field.widget):
                end = _DAY if isinstance(field.widget, DaysInput) and full != name else said
                found[full] = FormField({**end, "description": text} if text else end, required=False)
        text = _("Saved at this moment or later: 2027-03-01T00:00:00Z. Ask with the last answer's “as_of”.")
        return {**found, "changed_since": FormField({**_MOMENT, "description": text}, required=False)}


def filter_serializer(name: str, resource: Resource) -> type[serializers.Serializer]:
    """A serializer of that name that describes the filters of a kind of record."""
    return type(name, (FilterSerializer,), {"__doc__": "", "resource": resource})


def _said(field: forms.Field) -> Said:
    """The type of a value; of a field with two ends that of each."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return {"type": "array", "items": _key(field)}
    if isinstance(field, forms.ModelChoiceField):
        return _key(field)
    if isinstance(field, forms.NullBooleanField):
        return {"type": "boolean"}
    if isinstance(field, RangeField | forms.DecimalField):
        return {"type": "number"}
    if isinstance(field, forms.ChoiceField | forms.IntegerField | forms.DateField):
        return said_of(field)
    return {"type": "string"}


def _key(field: Any) -> Said:
    """The key of a record: most are numbers, those of currencies and units are codes."""
    whole = field.queryset.model._meta.pk.get_internal_type() != "CharField"
    return {"type": "integer" if whole else "string"}
