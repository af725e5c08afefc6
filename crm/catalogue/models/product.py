"""Product lines, products and units."""

from typing import ClassVar

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import BaseModel, NamedModel, search_index
from crm.base.scopes import Reference, ViaParent
from crm.catalogue.enums import Dimension

CATALOGUE = Reference("the catalogue is known to every colleague; costs and floor prices have rights of their own")


@pghistory.track()
class Unit(NamedModel):
    """A unit of measure; `code` is the ERP's (KG, TO, ST). One of it is `factor` of its dimension's base unit."""

    dimension = models.CharField(
        pgettext_lazy("of a unit", "dimension"),
        max_length=10,
        choices=Dimension.choices,
        default=Dimension.PACKAGE,
        help_text=_("A package (drum, carton) has no factor of its own: each product says how much it holds."),
    )
    factor = models.DecimalField(_("base units in one"), max_digits=24, decimal_places=12, null=True, blank=True)
    is_base = models.BooleanField(_("base unit of its dimension"), default=False)

    scope = CATALOGUE

    class Meta(NamedModel.Meta):
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.CheckConstraint(
                condition=Q(factor__isnull=True) | Q(factor__gt=0),
                name="unit_factor_positive",
                violation_error_message=_("The factor must be larger than zero."),
            ),
            models.CheckConstraint(
                condition=Q(dimension="package", factor__isnull=True)
                | (~Q(dimension="package") & Q(factor__isnull=False)),
                name="unit_factor_unless_package",
                violation_error_message=_("Every unit but a package needs a factor; a package has none."),
            ),
            models.CheckConstraint(
                condition=Q(is_base=False) | Q(factor=1),
                name="unit_base_is_one",
                violation_error_message=_("The base unit of a dimension has the factor 1."),
            ),
            models.UniqueConstraint(
                fields=["dimension"],
                condition=Q(is_base=True),
                name="unit_one_base",
                violation_error_message=_("This dimension has a base unit already."),
            ),
        ]


@pghistory.track()
class ProductLine(NamedModel):
    """A product line of a business unit; figures, stage gates and specifications go by it."""

    business_unit = models.ForeignKey(
        "crm.BusinessUnit", verbose_name=_("business unit"), on_delete=models.PROTECT, related_name="product_lines"
    )

    scope = CATALOGUE

    class Meta(NamedModel.Meta):
        verbose_name = _("product line")
        verbose_name_plural = _("product lines")


@pghistory.track(exclude=["search_text"])
class Product(NamedModel):
    """Something sold. Quantities of figures are in the base unit, which is kg for every product sold by weight.

    `specification` holds a value by the key of each field of its product line: a number, a text, or true and false.
    """

    product_line = models.ForeignKey(
        ProductLine, verbose_name=_("product line"), on_delete=models.PROTECT, related_name="products"
    )
    base_unit = models.ForeignKey(Unit, verbose_name=_("base unit"), on_delete=models.PROTECT, related_name="+")
    list_price = models.DecimalField(_("list price"), max_digits=18, decimal_places=4, null=True, blank=True)
    is_active = models.BooleanField(pgettext_lazy("product", "on sale"), default=True)
    specification = models.JSONField(_("specification"), default=dict, blank=True)
    search_text = models.TextField(editable=False, default="")

    scope = CATALOGUE
    remote_choices = True

    class Meta(NamedModel.Meta):
        verbose_name = _("product")
        verbose_name_plural = _("products")
        indexes: ClassVar = [
            search_index("product_search"),
            GinIndex(fields=["specification"], name="product_specification", opclasses=["jsonb_path_ops"]),
            models.Index(fields=["name", "id"], name="product_name"),
            models.Index(fields=["product_line", "code"], name="product_line_code"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(list_price__isnull=True) | Q(list_price__gt=0),
                name="product_list_price_positive",
                violation_error_message=_("The list price must be larger than zero."),
            )
        ]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ProductUnit(BaseModel):
    """`numerator` base units are `denominator` of this unit, both whole numbers, as the ERP keeps it."""

    product = models.ForeignKey(Product, verbose_name=_("product"), on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    numerator = models.PositiveIntegerField(_("base units"))
    denominator = models.PositiveIntegerField(_("of this unit"), default=1)

    scope = ViaParent("product")

    class Meta:
        verbose_name = _("unit of a product")
        verbose_name_plural = _("units of products")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "unit"],
                name="product_unit_unique",
                violation_error_message=_("The product has this unit already."),
            ),
            models.CheckConstraint(
                condition=models.Q(numerator__gt=0, denominator__gt=0),
                name="product_unit_positive",
                violation_error_message=_("Both quantities must be larger than zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.unit_id}"
