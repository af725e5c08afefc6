"""Price lists: guide and floor prices by product, unit and quantity, for a time and for whom they are."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import NamedModel, RecordModel
from crm.base.scopes import Reference, ViaParent
from crm.catalogue.enums import CustomerGrade
from crm.catalogue.models.product import Product, Unit
from crm.organisation.models.structure import DateRange

FLOOR = "crm.view_floor_price"


def _ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message=_("The last day must not be before the first day."),
    )


@pghistory.track()
class PriceList(NamedModel):
    """Prices in one currency, valid from a day. What is left empty (business unit, region, grade) means: for all of them."""

    currency = models.ForeignKey(
        "crm.Currency", verbose_name=_("currency"), on_delete=models.PROTECT, default="CNY", related_name="+"
    )
    starts_on = models.DateField(_("valid from"))
    ends_on = models.DateField(_("valid until"), null=True, blank=True)
    business_unit = models.ForeignKey(
        "crm.BusinessUnit",
        verbose_name=_("business unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    region = models.ForeignKey(
        "crm.Region", verbose_name=_("region"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    customer_grade = models.CharField(
        _("customer grade"), max_length=1, choices=CustomerGrade.choices, blank=True, default=""
    )
    priority = models.SmallIntegerField(
        _("priority"),
        default=0,
        help_text=_("The list with the higher number wins, however special the other is. Usually 0."),
    )
    is_active = models.BooleanField(pgettext_lazy("price list", "in use"), default=True)
    copied_from = models.ForeignKey(
        "self",
        verbose_name=_("copied from"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    scope = Reference("guide prices are for everybody who sells; floor prices have a permission of their own")

    class Meta(NamedModel.Meta):
        verbose_name = _("price list")
        verbose_name_plural = _("price lists")
        constraints = [_ends_after_start("price_list_ends_after_start")]
        indexes = [models.Index(fields=["starts_on", "id"], name="price_list_start")]

    @property
    def currency_code(self) -> str:
        """The currency by its ISO code."""
        return str(self.currency_id)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PriceItem(RecordModel):
    """The price of one unit of a product from a quantity on. Days left empty are those of the list."""

    price_list = models.ForeignKey(
        PriceList, verbose_name=_("price list"), on_delete=models.CASCADE, related_name="items"
    )
    product = models.ForeignKey(Product, verbose_name=_("product"), on_delete=models.PROTECT, related_name="prices")
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    quantity_from = models.DecimalField(_("from quantity"), max_digits=18, decimal_places=3, default=0)
    guide_price = models.DecimalField(_("guide price"), max_digits=18, decimal_places=4)
    floor_price = models.DecimalField(_("floor price"), max_digits=18, decimal_places=4, null=True, blank=True)
    starts_on = models.DateField(_("valid from"), null=True, blank=True)
    ends_on = models.DateField(_("valid until"), null=True, blank=True)

    scope = ViaParent("price_list")
    guarded = {"floor_price": FLOOR}

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        ordering = ["price_list", "product", "quantity_from", "pk"]
        permissions = [("view_floor_price", _("Can see floor prices"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(guide_price__gt=0),
                name="price_guide_positive",
                violation_error_message=_("The guide price must be larger than zero."),
            ),
            models.CheckConstraint(
                condition=Q(floor_price__isnull=True) | Q(floor_price__gt=0, floor_price__lte=F("guide_price")),
                name="price_floor_below_guide",
                violation_error_message=_("The floor price must be larger than zero and not above the guide price."),
            ),
            models.CheckConstraint(
                condition=Q(quantity_from__gte=0),
                name="price_quantity_not_negative",
                violation_error_message=_("The quantity must not be negative."),
            ),
            _ends_after_start("price_ends_after_start"),
            ExclusionConstraint(
                name="price_once_at_a_time",
                expressions=[
                    ("price_list", RangeOperators.EQUAL),
                    ("product", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("quantity_from", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", models.Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "This list has a price of the product from this quantity for the same time: change that one."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["product", "price_list"], name="price_product_list"),
            models.Index(fields=["guide_price", "id"], name="price_guide"),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.price_list}"

    def clean(self) -> None:
        """A price outside its list's days would never count."""
        super().clean()
        if self.price_list_id is None:
            return
        first, last = self.price_list.starts_on, self.price_list.ends_on
        for name in ("starts_on", "ends_on"):
            day = getattr(self, name)
            if day is not None and (day < first or (last is not None and day > last)):
                raise ValidationError({name: _("This day is outside the days of the price list.")})
