"""Product lines and products."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.base.saving import change_record, create_record
from crm.catalogue.domain.specification import checked_specification
from crm.catalogue.models import Product, ProductLine, ProductUnit
from crm.errors import DomainError
from crm.organisation.models import User
from crm.records.pinyin import search_text_of


def create_line(*, actor: User, **values: Any) -> ProductLine:
    """A new product line. Raises DomainError for a code in use."""
    with transaction.atomic():
        return create_record(ProductLine(**values))


def update_line(*, instance: ProductLine, expected_version: int | None, actor: User, **values: Any) -> ProductLine:
    """Change a product line. Raises StaleVersion, DomainError for a code in use."""
    return change_record(instance, expected_version=expected_version, values=values)


def search_text(product: Product) -> str:
    """What a product is found by."""
    return search_text_of(product.name, product.name_en, others=(product.code,))


def create_product(*, actor: User, specification: dict[str, Any] | None = None, **values: Any) -> Product:
    """A new product. Raises DomainError for a code in use and for a specification that does not fit its line."""
    product = Product(**values)
    product.specification = checked_specification(product.product_line, specification or {})
    product.search_text = search_text(product)
    with transaction.atomic():
        return create_record(product)


def update_product(*, instance: Product, expected_version: int | None, actor: User, **values: Any) -> Product:
    """Change a product. A specification given replaces the stored one; another line takes over only what fits it.

    Raises StaleVersion, and DomainError as on creation and on "base_unit" while the product has units converted by it.
    """
    before = Product._base_manager.get(pk=instance.pk)
    line = values.get("product_line", before.product_line)
    if "specification" in values:
        stored = before.specification if line == before.product_line else {}
        values["specification"] = checked_specification(line, values["specification"], stored)
    elif line != before.product_line:
        values["specification"] = {}
    if values.get("base_unit", before.base_unit) != before.base_unit and _is_converted(before):
        message = _("The product has units that convert to its base unit, or prices: remove them first.")
        raise DomainError(message, field="base_unit")
    for name, value in values.items():
        setattr(instance, name, value)
    instance.search_text = search_text(instance)
    return change_record(instance, expected_version=expected_version, values=values, also=["search_text"])


def _is_converted(product: Product) -> bool:
    return ProductUnit.objects.filter(product=product).exists() or product.prices.exists()
