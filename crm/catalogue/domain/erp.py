"""What the ERP owns of products: names, alternative units, and that one is no longer sold. Many at a time, only what differs."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import transaction

from crm.catalogue.domain.products import search_text
from crm.catalogue.models import Product, ProductUnit


class ErpProductRow(NamedTuple):
    """A product as the ERP has it; `product_id` is None for one to be made, in `product_line_id`. `units`: unit id -> ratio.

    A ratio says how many base units (first) are how many of the unit (second). Empty names leave ours as they are.
    """

    number: str
    product_id: int | None
    product_line_id: int | None
    base_unit_id: int
    name: str
    name_en: str
    on_sale: bool
    units: dict[int, tuple[int, int]]


def write_products(*, rows: Sequence[ErpProductRow]) -> tuple[dict[str, int], set[str]]:
    """Write products: number -> id of each, and the numbers of those that were new or differed.

    The ERP can take a product off sale, never put one on sale. Units that it no longer names stay: documents may count in them.
    """
    with transaction.atomic():
        known = {row.pk: row for row in Product._base_manager.filter(pk__in=[row.product_id for row in rows])}
        units: dict[int, dict[int, ProductUnit]] = {pk: {} for pk in known}
        for unit in ProductUnit._base_manager.filter(product__in=known):
            units[unit.product_id][unit.unit_id] = unit
        ids: dict[str, int] = {}
        changed: set[str] = set()
        for row in rows:
            product = known.get(row.product_id or 0)
            if product is None:
                product = _made(row)
                changed.add(row.number)
            elif _changed(product, row):
                changed.add(row.number)
            if _write_units(product, units.get(product.pk, {}), row.units):
                changed.add(row.number)
            ids[row.number] = product.pk
    return ids, changed


def _made(row: ErpProductRow) -> Product:
    values: dict[str, Any] = {"product_line_id": row.product_line_id, "base_unit_id": row.base_unit_id}
    product = Product(code=row.number, name=row.name or row.name_en or row.number, name_en=row.name_en, **values)
    product.is_active = row.on_sale
    product.search_text = search_text(product)
    product.save()
    return product


def _changed(product: Product, row: ErpProductRow) -> bool:
    wanted = {
        "name": row.name or product.name,
        "name_en": row.name_en or product.name_en,
        "is_active": product.is_active and row.on_sale,
    }
    if all(getattr(product, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(product, name, value)
    product.search_text = search_text(product)
    product.version += 1
    product.save(update_fields=[*wanted, "search_text", "version", "updated_at"])
    return True


def _write_units(product: Product, stored: dict[int, ProductUnit], wanted: dict[int, tuple[int, int]]) -> bool:
    changed = False
    for unit, (numerator, denominator) in wanted.items():
        row = stored.get(unit) or ProductUnit(product=product, unit_id=unit)
        if (row.numerator, row.denominator) == (numerator, denominator):
            continue
        row.numerator, row.denominator = numerator, denominator
        row.save()
        changed = True
    return changed
