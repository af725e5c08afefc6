"""Competitors, what they sell, and what people learn of their prices."""

from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import NamedModel, RecordModel, search_index
from crm.base.querysets import ScopedQuerySet, words
from crm.base.scopes import Reference
from crm.catalogue.enums import Reliability, ReportSource
from crm.catalogue.models.product import Product, ProductLine, Unit

_MARKET = Reference("what is known of the market helps everybody who sells")


@pghistory.track(exclude=["search_text"])
class Competitor(NamedModel):
    """A company that sells to our customers what we could."""

    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=40, blank=True)
    website = models.CharField(_("website"), max_length=120, blank=True)
    strengths = models.TextField(_("strengths"), blank=True)
    weaknesses = models.TextField(_("weaknesses"), blank=True)
    is_active = models.BooleanField(pgettext_lazy("competitor", "active"), default=True)
    search_text = models.TextField(editable=False, default="")

    scope = _MARKET

    class Meta(NamedModel.Meta):
        verbose_name = _("competitor")
        verbose_name_plural = _("competitors")
        indexes: ClassVar = [
            search_index("competitor_search"),
            models.Index(fields=["name", "id"], name="competitor_name"),
        ]


class CompetitorProductQuerySet(ScopedQuerySet):
    """Products are sought by their own name and by whose they are."""

    def search(self, text: str) -> Self:
        """Rows whose name, or whose competitor, contains each word."""
        found = self
        for word in words(text):
            found = found.filter(Q(name__icontains=word) | Q(competitor__search_text__bigram=word))
        return found


@pghistory.track()
class CompetitorProduct(RecordModel):
    """A product of a competitor, and ours that do the same."""

    competitor = models.ForeignKey(
        Competitor, verbose_name=_("competitor"), on_delete=models.PROTECT, related_name="products"
    )
    name = models.CharField(_("name"), max_length=100)
    product_line = models.ForeignKey(
        ProductLine,
        verbose_name=_("product line"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Ours that it competes with."),
    )
    comparable = models.ManyToManyField(
        Product, verbose_name=_("our comparable products"), blank=True, related_name="rivals"
    )
    notes = models.TextField(_("notes"), blank=True)

    objects: ClassVar[Any] = CompetitorProductQuerySet.as_manager()
    scope = _MARKET
    remote_choices = True
    own_search = True
    label_related = ("competitor",)

    class Meta:
        verbose_name = _("competitor's product")
        verbose_name_plural = _("competitors' products")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["competitor", "name"],
                name="competitor_product_once",
                violation_error_message=_("This competitor has a product of this name already."),
            )
        ]
        indexes = [models.Index(fields=["name", "id"], name="competitor_product_name")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The product after whose it is, because names like "A100" say little alone."""
        return f"{self.competitor.short_name or self.competitor.label} {self.name}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class ComparableProduct(CompetitorProduct.comparable.through):  # type: ignore[name-defined,misc]
    """One of our products that a competitor's is comparable with, for the trail."""

    scope = Reference("shown with the competitor's product")
    trail_parent = "competitorproduct"

    class Meta:
        proxy = True
        verbose_name = _("comparable product")
        verbose_name_plural = _("comparable products")


@pghistory.track()
class PriceReport(RecordModel):
    """A competitor's price that somebody learned of; `price_base` is in base currency at the rate of that day.

    It may be about a record of a higher app (a customer), which is named only to those who see that record.
    """

    competitor_product = models.ForeignKey(
        CompetitorProduct, verbose_name=_("competitor's product"), on_delete=models.PROTECT, related_name="reports"
    )
    price = models.DecimalField(_("price"), max_digits=18, decimal_places=4)
    currency = models.ForeignKey(
        "crm.Currency", verbose_name=_("currency"), on_delete=models.PROTECT, default="CNY", related_name="+"
    )
    price_base = models.DecimalField(_("price in base currency"), max_digits=18, decimal_places=4, editable=False)
    unit = models.ForeignKey(Unit, verbose_name=_("per unit"), on_delete=models.PROTECT, related_name="+")
    observed_on = models.DateField(_("seen on"))
    region = models.ForeignKey(
        "crm.Region", verbose_name=_("region"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.CharField(
        pgettext_lazy("of a report", "source"),
        max_length=15,
        choices=ReportSource.choices,
        default=ReportSource.CUSTOMER,
    )
    reliability = models.CharField(
        _("reliability"), max_length=10, choices=Reliability.choices, default=Reliability.PROBABLE
    )
    notes = models.TextField(_("notes"), blank=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reported by"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    content_type = models.ForeignKey(
        "contenttypes.ContentType", on_delete=models.CASCADE, null=True, editable=False, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(null=True, editable=False)

    scope = _MARKET

    class Meta:
        verbose_name = _("competitor's price")
        verbose_name_plural = _("competitors' prices")
        ordering = ["-observed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(price__gt=0),
                name="price_report_positive",
                violation_error_message=_("The price must be larger than zero."),
            ),
            models.CheckConstraint(
                condition=Q(content_type__isnull=True, object_id__isnull=True)
                | Q(content_type__isnull=False, object_id__isnull=False),
                name="price_report_whole_reference",
            ),
        ]
        indexes = [
            models.Index(fields=["observed_on", "id"], name="price_report_day"),
            models.Index(fields=["competitor_product", "observed_on"], name="price_report_product_day"),
            models.Index(fields=["content_type", "object_id"], name="price_report_record"),
        ]

    def __str__(self) -> str:
        return f"{self.competitor_product} {self.observed_on}"

    @property
    def reference(self) -> tuple[int | None, int | None]:
        """The record it is about."""
        return self.content_type_id, self.object_id

    @property
    def currency_code(self) -> str:
        """The currency by its ISO code."""
        return str(self.currency_id)
