"""Who is in a deal beside us: the people at the customer, and the competitors; and the specification in numbers."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q
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
