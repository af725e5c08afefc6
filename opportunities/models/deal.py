"""What a deal is made of: people at the customer, competitors, further products, our team; the specification in numbers."""

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, RecordModel
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import ViaParent
from customers.enums import Stance
from opportunities.enums import RivalStrength
from opportunities.models.opportunity import Opportunity


@pghistory.track()
class OpportunityContact(RecordModel):
    """Somebody at the customer who has a say in the deal, and how they stand to our offer."""

    opportunity = models.ForeignKey(
        Opportunity, verbose_name=_("opportunity"), on_delete=models.CASCADE, related_name="contacts"
    )
    contact = models.ForeignKey(
        "customers.Contact", verbose_name=_("contact"), on_delete=models.CASCADE, related_name="+"
    )
    stance = models.CharField(_("stance"), max_length=10, choices=Stance.choices, default=Stance.NEUTRAL)
    concern = models.CharField(_("concern"), max_length=200, blank=True, help_text=_("What matters to them."))

    scope = ViaParent("opportunity")
    trail_parent = "opportunity"

    class Meta:
        verbose_name = _("contact of an opportunity")
        verbose_name_plural = _("contacts of opportunities")
        ordering = ["opportunity", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "contact"],
                name="opportunity_contact_once",
                violation_error_message=_("This person is named already: change that entry."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact} · {self.opportunity}"


@pghistory.track()
class OpportunityRival(RecordModel):
    """A competitor in the deal: its price, and how it stands to us."""

    opportunity = models.ForeignKey(
        Opportunity, verbose_name=_("opportunity"), on_delete=models.CASCADE, related_name="rivals"
    )
    competitor = models.ForeignKey(
        "crm.Competitor", verbose_name=_("competitor"), on_delete=models.PROTECT, related_name="+"
    )
    price = models.DecimalField(
        _("price (per kg)"),
        max_digits=18,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("In the currency of the opportunity."),
    )
    strength = models.CharField(
        _("strength"), max_length=10, choices=RivalStrength.choices, default=RivalStrength.LEVEL
    )
    notes = models.CharField(_("remark"), max_length=200, blank=True)

    scope = ViaParent("opportunity")
    trail_parent = "opportunity"

    class Meta:
        verbose_name = _("competitor of an opportunity")
        verbose_name_plural = _("competitors of opportunities")
        ordering = ["opportunity", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "competitor"],
                name="opportunity_rival_once",
                violation_error_message=_("This competitor is named already: change that entry."),
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gt=0),
                name="opportunity_rival_price_positive",
                violation_error_message=_("The price must be larger than zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competitor} · {self.opportunity}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OpportunityProduct(RecordModel):
    """A further product line of the deal, or a product of it, beside the one that the opportunity itself names."""

    opportunity = models.ForeignKey(
        Opportunity, verbose_name=_("opportunity"), on_delete=models.CASCADE, related_name="products"
    )
    product_line = models.ForeignKey(
        "crm.ProductLine", verbose_name=_("product line"), on_delete=models.PROTECT, related_name="+"
    )
    product = models.ForeignKey(
        "crm.Product", verbose_name=_("product"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    demand_kg = models.DecimalField(_("customer's demand (kg)"), max_digits=18, decimal_places=3, null=True, blank=True)
    our_volume_kg = models.DecimalField(
        _("our expected volume (kg)"), max_digits=18, decimal_places=3, null=True, blank=True
    )
    market_price = models.DecimalField(
        _("market price (per kg)"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    proposed_price = models.DecimalField(
        _("proposed price (per kg)"), max_digits=18, decimal_places=4, null=True, blank=True
    )

    scope = ViaParent("opportunity")
    trail_parent = "opportunity"

    class Meta:
        verbose_name = _("product of an opportunity")
        verbose_name_plural = _("products of opportunities")
        ordering = ["opportunity", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "product_line", "product"],
                nulls_distinct=False,
                name="opportunity_product_once",
                violation_error_message=_("This product is named already: change that entry."),
            ),
            models.CheckConstraint(
                condition=(Q(demand_kg__isnull=True) | Q(demand_kg__gte=0))
                & (Q(our_volume_kg__isnull=True) | Q(our_volume_kg__gte=0)),
                name="opportunity_product_volumes",
                violation_error_message=_("The customer's demand and our volume must not be negative."),
            ),
            models.CheckConstraint(
                condition=Q(demand_kg__isnull=True)
                | Q(our_volume_kg__isnull=True)
                | Q(our_volume_kg__lte=F("demand_kg")),
                name="opportunity_product_within_demand",
                violation_error_message=_("Our volume must not be larger than the customer's demand."),
            ),
            models.CheckConstraint(
                condition=(Q(market_price__isnull=True) | Q(market_price__gt=0))
                & (Q(proposed_price__isnull=True) | Q(proposed_price__gt=0)),
                name="opportunity_product_prices",
                violation_error_message=_("The price must be larger than zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product or self.product_line} · {self.opportunity}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OpportunityMember(RecordModel):
    """A colleague in the deal's team, what they do in it, and their part of the success in percent; the rest is the owner's."""

    opportunity = models.ForeignKey(
        Opportunity, verbose_name=_("opportunity"), on_delete=models.CASCADE, related_name="members"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("colleague"), on_delete=models.PROTECT, related_name="+"
    )
    task = models.CharField(_("task in the deal"), max_length=100, blank=True)
    share = models.PositiveSmallIntegerField(
        _("share (%)"), default=0, help_text=_("Of the success; what is not given away is the owner's.")
    )

    scope = ViaParent("opportunity")
    trail_parent = "opportunity"

    class Meta:
        verbose_name = _("member of a deal team")
        verbose_name_plural = _("members of deal teams")
        ordering = ["opportunity", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "user"],
                name="opportunity_member_once",
                violation_error_message=_("This person is named already: change that entry."),
            ),
            models.CheckConstraint(
                condition=Q(share__lte=100),
                name="opportunity_member_share",
                violation_error_message=_("A share is a hundred percent at most."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.opportunity}"


class SpecificationValue(BaseModel):
    """An entry of an opportunity's specification in numbers, for the search by range; follows from what was typed.

    None means open at that end: "at least 7" is (7, None).
    """

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="specification_values")
    key = models.CharField(max_length=40)
    low = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    high = models.DecimalField(max_digits=24, decimal_places=6, null=True)

    objects: ClassVar[Any] = ScopedQuerySet.as_manager()
    scope = ViaParent("opportunity")

    class Meta:
        verbose_name = _("value of a specification")
        verbose_name_plural = _("values of specifications")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["opportunity", "key"], name="specification_value_once")]
        indexes = [models.Index(fields=["key", "low", "high"], name="specification_value_range")]

    def __str__(self) -> str:
        return f"{self.key}: {self.low}-{self.high}"
