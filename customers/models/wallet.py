"""What a customer needs of what we sell, and who supplies it."""

from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import RecordModel
from crm.base.scopes import ViaParent
from crm.records.models import ListedField
from customers.models.customer import Customer
from customers.querysets import DemandQuerySet


class _DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


@pghistory.track()
class CustomerDemand(RecordModel):
    """A statement of what a customer needs of a product line in a year: by whom, when, and for which time it holds."""

    customer = models.ForeignKey(Customer, verbose_name=_("customer"), on_delete=models.PROTECT, related_name="demands")
    product_line = models.ForeignKey(
        "crm.ProductLine", verbose_name=_("product line"), on_delete=models.PROTECT, related_name="+"
    )
    product = models.ForeignKey(
        "crm.Product",
        verbose_name=_("product"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Only where the statement names one."),
    )
    application = ListedField(_("application"), list_key="application", max_length=100, blank=True)
    starts_on = models.DateField(pgettext_lazy("of a demand", "holds from"))
    ends_on = models.DateField(
        pgettext_lazy("of a demand", "holds until"),
        null=True,
        blank=True,
        help_text=_("Empty: until a newer statement takes its place."),
    )
    kg_per_year = models.DecimalField(_("demand per year (kg)"), max_digits=18, decimal_places=3)
    source = ListedField(pgettext_lazy("of a demand", "source"), list_key="demand_source")
    stated_by = models.CharField(
        _("stated by"), max_length=100, blank=True, help_text=_("Who said or wrote it, or worked it out.")
    )
    stated_on = models.DateField(_("stated on"))
    notes = models.TextField(_("notes"), blank=True)

    objects: ClassVar[Any] = DemandQuerySet.as_manager()
    scope = ViaParent("customer")
    remote_choices = True
    own_search = True
    label_related = ("customer", "product_line")

    class Meta:
        verbose_name = _("stated demand")
        verbose_name_plural = _("stated demands")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kg_per_year__gt=0),
                name="demand_positive",
                violation_error_message=_("The demand must be larger than zero."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="demand_ends_after_start",
                violation_error_message=_("The last day must not be before the first day."),
            ),
            ExclusionConstraint(
                name="demand_one_at_a_time",
                expressions=[
                    (_DateRange("starts_on", "ends_on", models.Value("[]")), RangeOperators.OVERLAPS),
                    ("customer", RangeOperators.EQUAL),
                    ("product_line", RangeOperators.EQUAL),
                ],
                violation_error_message=_(
                    "Another statement for this product line holds on some of these days: change that one."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["starts_on", "id"], name="demand_starts"),
            models.Index(fields=["stated_on", "id"], name="demand_stated"),
            models.Index(fields=["kg_per_year", "id"], name="demand_kg"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Customer, product line and from when."""
        return f"{self.customer} · {self.product_line.label} · {self.starts_on}"


@pghistory.track()
class DemandShare(RecordModel):
    """A competitor's part of a stated demand, in kg a year or in per cent, and the price when it is known."""

    demand = models.ForeignKey(
        CustomerDemand, verbose_name=_("stated demand"), on_delete=models.CASCADE, related_name="shares"
    )
    competitor = models.ForeignKey(
        "crm.Competitor", verbose_name=_("competitor"), on_delete=models.PROTECT, related_name="+"
    )
    kg_per_year = models.DecimalField(_("part (kg a year)"), max_digits=18, decimal_places=3, null=True, blank=True)
    percent = models.DecimalField(_("part (%)"), max_digits=5, decimal_places=2, null=True, blank=True)
    price = models.DecimalField(_("price"), max_digits=18, decimal_places=4, null=True, blank=True)
    currency = models.ForeignKey(
        "crm.Currency", verbose_name=_("currency"), on_delete=models.PROTECT, default="CNY", related_name="+"
    )
    unit = models.ForeignKey(
        "crm.Unit", verbose_name=_("per unit"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    notes = models.CharField(_("remark"), max_length=200, blank=True)

    scope = ViaParent("demand")
    trail_parent = "demand"

    class Meta:
        verbose_name = _("competitor's part")
        verbose_name_plural = _("competitors' parts")
        ordering = ["-demand", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["demand", "competitor"],
                name="demand_share_once",
                violation_error_message=_("This competitor's part is stated already: change that one."),
            ),
            models.CheckConstraint(
                condition=Q(kg_per_year__isnull=False, kg_per_year__gt=0, percent__isnull=True)
                | Q(kg_per_year__isnull=True, percent__isnull=False, percent__gt=0, percent__lte=100),
                name="demand_share_one_measure",
                violation_error_message=_("Give the part either in kg or in per cent, larger than zero."),
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gt=0, unit__isnull=False),
                name="demand_share_price_whole",
                violation_error_message=_("A price is larger than zero and says per which unit."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competitor} · {self.demand}"

    @property
    def kg(self) -> Any:
        """The part in kg a year."""
        if self.kg_per_year is not None:
            return self.kg_per_year
        return self.demand.kg_per_year * (self.percent or 0) / 100
