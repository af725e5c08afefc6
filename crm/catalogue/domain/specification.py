"""Specification fields, and whether what products say fits them."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.base.querysets import fold
from crm.base.saving import change_record, create_record
from crm.catalogue.enums import FieldKind
from crm.catalogue.models import Product, ProductLine, SpecificationField
from crm.errors import DomainError
from crm.formats import plain_number
from crm.organisation.models import User

PREFIX = "spec_"  # in front of a field's key, as the name of its form field
LONGEST_TEXT = 500
DIGITS = 15  # what a JSON number keeps of a decimal number without loss


def fields_of(line_id: int | None) -> list[SpecificationField]:
    """The fields of a product line that are in use, in their order."""
    rows = SpecificationField.objects.filter(product_line_id=line_id, is_active=True)
    return list(rows.order_by("position", "pk")) if line_id else []


def fitting(field: SpecificationField, value: Any) -> Any:
    """The value as it is kept: a number, a text, or True and False. Raises DomainError on the form's field."""
    problem = ""
    if field.kind == FieldKind.NUMBER:
        value, problem = _number(field, value)
    elif field.kind == FieldKind.YES_NO:
        problem = "" if isinstance(value, bool) else _("Must be yes or no.")
    elif not isinstance(value, str):
        problem = _("Must be a text.")
    elif field.kind == FieldKind.CHOICE and value not in field.choices:
        problem = _("Must be one of: %(choices)s.") % {"choices": "、".join(field.choices)}
    elif len(value) > LONGEST_TEXT:
        problem = _("At most %(limit)d characters fit.") % {"limit": LONGEST_TEXT}
    if problem:
        raise DomainError(f"{field.label}: {problem}", field=f"{PREFIX}{field.key}")
    return value


def _number(field: SpecificationField, value: Any) -> tuple[Any, str]:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return value, _("Must be a number.")
    if isinstance(value, bool) or not number.is_finite():
        return value, _("Must be a number.")
    if len(number.normalize().as_tuple().digits) > DIGITS:
        return value, _("At most %(limit)d digits fit.") % {"limit": DIGITS}
    least, most = field.minimum, field.maximum
    if least is not None and number < least:
        return value, _("Must be at least %(limit)s.") % {"limit": plain_number(least)}
    if most is not None and number > most:
        return value, _("Must be at most %(limit)s.") % {"limit": plain_number(most)}
    return int(number) if number == number.to_integral_value() else float(number), ""


def checked_specification(
    line: ProductLine, typed: Mapping[str, Any], stored: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What a product of the line keeps: the typed values that fit its fields, and what is stored under retired ones.

    Empty values are left out. Raises DomainError on the field for a value that does not fit, one that is missing, or a key
    that the line does not have.
    """
    rows = {field.key: field for field in SpecificationField.objects.filter(product_line=line)}
    retired = {key for key, field in rows.items() if not field.is_active}
    kept = {key: value for key, value in (stored or {}).items() if key in retired}
    for key, value in typed.items():
        if value in (None, "") or key in retired:
            continue
        if key not in rows:
            raise DomainError(_("The product line has no field “%(key)s”.") % {"key": key})
        kept[key] = fitting(rows[key], value)
    for key, field in rows.items():
        if field.required and field.is_active and key not in kept:
            message = _("“%(name)s” is required for this product line.") % {"name": field.label}
            raise DomainError(message, field=f"{PREFIX}{key}")
    return kept


_YES, _NO = frozenset({"yes", "true", "1", "y", "是", "有"}), frozenset({"no", "false", "0", "n", "否", "无"})


def read_specification(line: ProductLine, text: str) -> dict[str, Any]:
    """A specification written in one cell: "粘度=15000; hardness=40". A field is named by its key or one of its names.

    Raises DomainError on "specification" for a part that names no field.
    """
    rows = SpecificationField.objects.filter(product_line=line, is_active=True)
    by_name = {fold(name): field for field in rows for name in (field.name, field.name_en, field.key) if name}
    typed: dict[str, Any] = {}
    for part in filter(None, (part.strip() for part in re.split(r"[;；\n]", text))):
        name, sign, value = (piece.strip() for piece in re.sub("[＝：:]", "=", part, count=1).partition("="))
        field = by_name.get(fold(name))
        if field is None or not sign:
            message = _("“%(part)s” is no field of the product line with its value.") % {"part": part[:60]}
            raise DomainError(message, field="specification")
        answer = fold(value)
        if field.kind == FieldKind.YES_NO and answer in _YES | _NO:
            typed[field.key] = answer in _YES
        else:
            typed[field.key] = value
    return typed


def create_field(*, actor: User, **values: Any) -> SpecificationField:
    """A new field of a product line. Raises DomainError for a key in use and for a range or choices that make no sense."""
    with transaction.atomic():
        return create_record(SpecificationField(**values))


def update_field(
    *, instance: SpecificationField, expected_version: int | None, actor: User, **values: Any
) -> SpecificationField:
    """Change a field; what products say already must still fit.

    Raises StaleVersion, and DomainError for another key or line, and when values of products would no longer fit.
    """
    before = SpecificationField._base_manager.get(pk=instance.pk)
    if values.get("key", before.key) != before.key:
        raise DomainError(_("The key of a field stays: products keep their values under it."), field="key")
    if values.get("product_line", before.product_line) != before.product_line:
        raise DomainError(_("A field stays with its product line."), field="product_line")
    with transaction.atomic():
        field = change_record(instance, expected_version=expected_version, values=values)
        _refuse_misfits(field)
    return field


def _refuse_misfits(field: SpecificationField) -> None:
    products = Product._base_manager.filter(
        product_line_id=field.product_line_id, specification__has_key=field.key
    ).order_by("code")
    wrong = [code for code, values in products.values_list("code", "specification") if not _fits(field, values)]
    if wrong:
        message = _("%(count)d products have values that would no longer fit, the first are %(codes)s.")
        raise DomainError(message % {"count": len(wrong), "codes": ", ".join(wrong[:3])})


def _fits(field: SpecificationField, values: Mapping[str, Any]) -> bool:
    try:
        fitting(field, values[field.key])
    except DomainError:
        return False
    return True


def in_words(field: SpecificationField, value: Any) -> str:
    """A value as it is shown: with its unit, yes and no in the reader's language."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.kind == FieldKind.NUMBER:
        return " ".join(filter(None, (plain_number(Decimal(str(value))), field.unit)))
    return str(value)


def lines_fields(line_ids: Iterable[int]) -> dict[int, list[SpecificationField]]:
    """The fields in use of several product lines, read at once."""
    found: dict[int, list[SpecificationField]] = {}
    rows = SpecificationField.objects.filter(product_line_id__in=set(line_ids), is_active=True)
    for field in rows.order_by("position", "pk"):
        found.setdefault(field.product_line_id, []).append(field)
    return found
