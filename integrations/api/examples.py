"""Examples in the description of the API, made of the fields themselves, so that they never name a field that is gone."""

from typing import Any

from rest_framework import serializers

_BY_NAME = {
    "id": 17,
    "version": 3,
    "code": "C-000017",
    "number": "4500000017",
    "key": "MES-17",
    "name": "宁波海达密封材料有限公司",
    "company_name": "宁波海达密封材料有限公司",
    "contact_name": "王芳",
    "phone": "13900008899",
    "email": "wang@example.com",
    "currency": "CNY",
    "unit": "KG",
    "title": "密封胶报价",
    "reason": "客户已确认",
}


def example_of(field: Any, name: str = "") -> Any:
    """A value that the field takes or gives."""
    if isinstance(field, serializers.ListSerializer):
        return [example_of(field.child)]
    if isinstance(field, serializers.ListField):
        return [example_of(field.child, name)]
    if isinstance(field, serializers.BaseSerializer):
        return {key: example_of(inner, key) for key, inner in field.fields.items()}  # type: ignore[attr-defined]
    if isinstance(field, serializers.ChoiceField):
        return next(iter(field.choices))
    for kind, value in _BY_KIND:
        if isinstance(field, kind):
            if kind in (serializers.CharField, serializers.IntegerField) and name in _BY_NAME:
                return _BY_NAME[name]
            return value(field) if callable(value) else value
    return {}


def _decimal(field: Any) -> str:
    return f"{1250:.{field.decimal_places or 0}f}"


_BY_KIND: tuple[tuple[type, Any], ...] = (
    (serializers.BooleanField, True),
    (serializers.DateTimeField, "2027-03-01T08:30:00Z"),
    (serializers.DateField, "2027-03-01"),
    (serializers.DecimalField, _decimal),
    (serializers.FloatField, 12.5),
    (serializers.IntegerField, 5),
    (serializers.RelatedField, 17),
    (serializers.URLField, "https://crm.example.com/api/v1/"),
    (serializers.CharField, "…"),
    (serializers.DictField, {}),
)
