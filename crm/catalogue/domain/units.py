"""Units: how quantities convert, and the rows that say so.

A product's own units come first (a drum of it holds 200 kg, a litre weighs 1.08 kg), then the factors of the dimension. All
ratios of a product go through its base unit, so that converting on and on gives what converting at once gives.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.base.saving import change_record, create_record
from crm.catalogue.models import Product, ProductUnit, Unit
from crm.errors import DomainError
from crm.organisation.models import User

PLACES = 9
LARGEST = 2_147_483_647  # what the two whole numbers of a ratio can hold


class ProductRatios:
    """The ratios of one product to its base unit, read once."""

    def __init__(self, product: Product, rows: Sequence[ProductUnit] | None = None) -> None:
        rows = own_units([product]).get(product.pk, []) if rows is None else rows
        self.take(product.base_unit, [(row.unit, Fraction(row.numerator, row.denominator)) for row in rows])

    def take(self, base: Unit, own: Sequence[tuple[Unit, Fraction]]) -> None:
        """The product's base unit, and how many of it one of each of its own units is."""
        self.base = base
        self.own = {unit.pk: count for unit, count in own}
        self._bridges: dict[str, Fraction] = {}  # by dimension: base units of the product in one of the dimension's
        for unit, count in own:
            if unit.factor is not None:
                self._bridges.setdefault(unit.dimension, count / Fraction(unit.factor))
        if base.factor is not None:
            self._bridges[base.dimension] = 1 / Fraction(base.factor)

    def to_base(self, unit: Unit) -> Fraction | None:
        """How many base units one of `unit` is; None when nothing says so."""
        if unit.pk == self.base.pk:
            return Fraction(1)
        if unit.pk in self.own:
            return self.own[unit.pk]
        bridge = self._bridges.get(unit.dimension)
        return None if bridge is None or unit.factor is None else bridge * Fraction(unit.factor)

    def between(self, source: Unit, target: Unit) -> Fraction | None:
        """How many `target` one `source` is; None when they do not convert."""
        one, other = self.to_base(source), self.to_base(target)
        return one / other if one is not None and other is not None else general_ratio(source, target)


def own_units(products: Iterable[Product]) -> dict[int, list[ProductUnit]]:
    """The units that these products have of their own, by product; one query."""
    found: dict[int, list[ProductUnit]] = defaultdict(list)
    rows = ProductUnit.objects.filter(product__in=[product.pk for product in products])
    for row in rows.select_related("unit").order_by("unit__code"):
        found[row.product_id].append(row)
    return found


def general_ratio(source: Unit, target: Unit) -> Fraction | None:
    """How many `target` one `source` is of anything; None for units of different dimensions and for packages."""
    if source.pk == target.pk:
        return Fraction(1)
    if source.dimension != target.dimension or source.factor is None or target.factor is None:
        return None
    return Fraction(source.factor) / Fraction(target.factor)


def ratio(source: Unit, target: Unit, product: Product | None = None) -> Fraction:
    """How many `target` one `source` is, exactly. Raises DomainError on "unit" when nothing says how they convert."""
    found = ProductRatios(product).between(source, target) if product else general_ratio(source, target)
    if found is None:
        units = {"source": source.label, "target": target.label}
        if product is None:
            raise DomainError(_("%(source)s does not convert to %(target)s.") % units, field="unit")
        message = _("%(product)s has no conversion from %(source)s to %(target)s: enter it on the product's page.")
        raise DomainError(message % {**units, "product": product}, field="unit")
    return found


def convert(quantity: Decimal, source: Unit, target: Unit, *, product: Product | None = None) -> Decimal:
    """The quantity in another unit; exact where nine decimals suffice, else rounded to them. Raises DomainError on "unit"."""
    return decimal_of(Fraction(quantity) * ratio(source, target, product))


def decimal_of(number: Fraction, places: int = PLACES) -> Decimal:
    """A fraction as a decimal number of so many places, halves away from zero, without zeros at the end."""
    scaled = abs(number) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    whole += 2 * rest >= scaled.denominator
    text = f"{Decimal((int(number < 0), tuple(map(int, str(whole))), -places)):f}"
    return Decimal(text.rstrip("0").rstrip(".")) if whole else Decimal(0)


def create_unit(*, actor: User, **values: Any) -> Unit:
    """A new unit. Raises DomainError for a code in use, a factor that is missing or not allowed, a second base unit."""
    with transaction.atomic():
        return create_record(Unit(**values))


def update_unit(*, instance: Unit, expected_version: int | None, actor: User, **values: Any) -> Unit:
    """Change a unit. Raises StaleVersion, and DomainError as on creation."""
    return change_record(instance, expected_version=expected_version, values=values)


def set_product_unit(
    *, product: Product, unit: Unit, amount: Decimal, base_amount: Decimal, actor: User
) -> ProductUnit:
    """`amount` of the unit are `base_amount` base units of the product; takes the place of what was said before.

    Raises DomainError on "unit" for the base unit itself, on "base_amount" for a ratio that cannot be kept.
    """
    if unit.pk == product.base_unit_id:
        raise DomainError(_("This is the product's base unit."), field="unit")
    if amount <= 0 or base_amount <= 0:
        raise DomainError(_("Both quantities must be larger than zero."), field="base_amount")
    kept = Fraction(base_amount) / Fraction(amount)
    if max(kept.numerator, kept.denominator) > LARGEST:
        raise DomainError(_("Give both quantities with fewer digits."), field="base_amount")
    with transaction.atomic():
        Product._base_manager.select_for_update(of=("self",)).get(pk=product.pk)
        row = ProductUnit._base_manager.filter(product=product, unit=unit).first()
        if row is None:
            row = ProductUnit(product=product, unit=unit, numerator=kept.numerator, denominator=kept.denominator)
            return create_record(row)
        row.numerator, row.denominator = kept.numerator, kept.denominator
        row.save(update_fields=["numerator", "denominator"])
    return row


def remove_product_unit(*, row: ProductUnit, actor: User) -> None:
    """The product no longer has this unit; documents keep the quantities they have."""
    with transaction.atomic():
        row.delete()
