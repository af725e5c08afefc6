"""What customers are recognised by, and who asked whether one exists."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import Reference, ViaParent
from customers.models.customer import Customer


class CustomerKeys(BaseModel):
    """What a customer is found by when somebody enters the same company again, worked out from its names, phone and website
    whenever those are written (customers/domain/recognition_keys.py).

    A table beside the customer, so that lists do not read it and the trail does not keep it. `sound` is the name without place,
    legal form and branch as it sounds; `keys` holds pairs of sounds ("huaxin"), "p:" phone numbers and "d:" domains.
    """

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, primary_key=True, related_name="recognition")
    sound = models.TextField(default="")
    keys = ArrayField(models.TextField(), default=list)

    scope = ViaParent("customer")

    class Meta:
        verbose_name = _("recognition of a customer")
        verbose_name_plural = _("recognition of customers")
        indexes = [
            GinIndex(fields=["keys"], name="customer_keys"),
            models.Index(fields=["sound"], name="customer_sound"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.sound}"


class ExistenceLookup(BaseModel):
    """Somebody asked whether a company is a customer, and what the answer was. Kept for a year.

    `asked` holds what was typed, a phone number masked and an e-mail address by its domain; `answer` one entry per customer
    named: its key, the verdict, the score, and whether it was in the person's reach.
    """

    at = models.DateTimeField(_("time"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+"
    )
    asked = models.JSONField(_("asked for"), default=dict)
    answer = models.JSONField(_("answer"), default=list)

    scope = Reference("the log names customers by their keys; a page of it needs a right of its own")

    class Meta:
        verbose_name = _("lookup of a customer")
        verbose_name_plural = _("lookups of customers")
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="existencelookup_newest"),
            models.Index(fields=["actor", "-at"], name="existencelookup_person"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {localtime(self.at):%Y-%m-%d}"
