"""The places of a customer: who buys, where goods and invoices go, where it makes things."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import RecordModel, search_index
from crm.base.scopes import ViaParent
from customers.enums import AddressKind


@pghistory.track(exclude=["search_text"])
class CustomerAddress(RecordModel):
    """An address of a customer, of one kind; of each kind one may be the usual one."""

    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="addresses"
    )
    kind = models.CharField(_("kind of address"), max_length=12, choices=AddressKind.choices)
    name = models.CharField(_("name of the place"), max_length=200, blank=True)
    province = models.CharField(_("province"), max_length=30, blank=True)
    city = models.CharField(_("city"), max_length=30, blank=True)
    street = models.CharField(_("street and number"), max_length=200)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    contact = models.CharField(_("person there"), max_length=60, blank=True)
    phone = models.CharField(_("phone there"), max_length=40, blank=True)
    is_default = models.BooleanField(_("usual address"), default=False)
    search_text = models.TextField(editable=False, default="")

    scope = ViaParent("customer")
    trail_parent = "customer"
    masked = ("phone",)

    class Meta:
        verbose_name = _("address of a customer")
        verbose_name_plural = _("addresses of customers")
        ordering = ["kind", "-is_default", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "kind"],
                condition=Q(is_default=True),
                name="address_one_default",
                violation_error_message=_("The customer has a usual address of this kind already."),
            )
        ]
        indexes = [
            models.Index(fields=["city", "id"], name="address_city"),
            models.Index(fields=["updated_at", "id"], name="address_changed"),
            search_index("address_search"),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.province, self.city, self.street)))
