"""People at the customer."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import RecordModel, search_index
from crm.base.scopes import ViaParent
from crm.records.models import ExtraModel, ListedField, extra_index
from customers.enums import Influence, Stance


@pghistory.track(exclude=["search_text"])
class Contact(ExtraModel, RecordModel):
    """A person we deal with at a customer."""

    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="contacts"
    )
    name = models.CharField(_("name"), max_length=60)
    title = models.CharField(_("position"), max_length=60, blank=True)
    role = ListedField(_("role"), list_key="contact_role", default="other")
    phone = models.CharField(_("mobile"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_primary = models.BooleanField(_("main contact"), default=False)
    influence = models.CharField(_("influence"), max_length=10, choices=Influence.choices, blank=True)
    stance = models.CharField(_("stance"), max_length=10, choices=Stance.choices, blank=True)
    reports_to = models.ForeignKey(
        "self", verbose_name=_("reports to"), on_delete=models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    notes = models.TextField(_("notes"), blank=True)
    search_text = models.TextField(editable=False, default="")

    scope = ViaParent("customer")
    masked = ("phone", "email")

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-is_primary", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(is_primary=True),
                name="contact_one_primary",
                violation_error_message=_("The customer has a main contact already."),
            ),
            models.CheckConstraint(
                condition=Q(reports_to__isnull=True) | ~Q(reports_to=F("id")),
                name="contact_not_its_own_superior",
                violation_error_message=_("Nobody reports to themselves."),
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="contact_name"),
            models.Index(fields=["updated_at", "id"], name="contact_changed"),
            search_index("contact_search"),
            extra_index("contact_extra"),
        ]

    def __str__(self) -> str:
        return self.name
