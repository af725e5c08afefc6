"""Product lines, products and units."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, NamedModel
from crm.base.scopes import Reference

_CATALOGUE = Reference("the catalogue is known to every colleague; cost and prices have permissions of their own")


@pghistory.track()
class Unit(NamedModel):
    """A unit of measure; `code` is the ERP's (KG, TO, ST)."""

    scope = _CATALOGUE

    class Meta(NamedModel.Meta):
        verbose_name = _("unit")
        verbose_name_plural = _("units")


@pghistory.track()
class ProductLine(NamedModel):
    """A product line of a business unit; figures and stage gates go by it."""

    business_unit = models.ForeignKey(
        "crm.BusinessUnit", verbose_name=_("business unit"), on_delete=models.PROTECT, related_name="product_lines"
    )

    scope = _CATALOGUE

    class Meta(NamedModel.Meta):
        verbose_name = _("product line")
        verbose_name_plural = _("product lines")


@pghistory.track()
class Product(NamedModel):
    """Something sold. Quantities of figures are in the base unit, which is kg for every product sold by weight."""

    product_line = models.ForeignKey(
        ProductLine, verbose_name=_("product line"), on_delete=models.PROTECT, related_name="products"
    )
    base_unit = models.ForeignKey(Unit, verbose_name=_("base unit"), on_delete=models.PROTECT, related_name="+")
    list_price = models.DecimalField(_("list price"), max_digits=18, decimal_places=4, null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    scope = _CATALOGUE
    remote_choices = True

    class Meta(NamedModel.Meta):
        verbose_name = _("product")
        verbose_name_plural = _("products")


@pghistory.track()
class ProductUnit(BaseModel):
    """`numerator` base units are `denominator` of this unit, both whole numbers, as the ERP keeps it."""

    product = models.ForeignKey(Product, verbose_name=_("product"), on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    numerator = models.PositiveIntegerField(_("base units"))
    denominator = models.PositiveIntegerField(_("of this unit"), default=1)

    scope = _CATALOGUE
    trail_parent = "product"

    class Meta:
        verbose_name = _("unit of a product")
        verbose_name_plural = _("units of products")
        constraints = [
            models.UniqueConstraint(fields=["product", "unit"], name="product_unit_unique"),
            models.CheckConstraint(
                condition=models.Q(numerator__gt=0, denominator__gt=0), name="product_unit_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.unit_id}"
