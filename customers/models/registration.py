"""A company that somebody wants to have as a customer, from the first word to the decision (BP-AM-01)."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, OwnedModel, StateChange, search_index
from crm.base.scopes import ViaParent
from crm.records.models import ListedField
from crm.transitions import Transitions, moves
from customers.enums import CustomerKind, RegistrationState
from customers.querysets import RegistrationQuerySet
from customers.validators import validate_credit_code

_SENT_ANEW = [RegistrationState.SUBMITTED, RegistrationState.WITHDRAWN]


@pghistory.track(exclude=["search_text", "name_key"])
class CustomerRegistration(OwnedModel):
    """What somebody typed of a new customer. Approved, it has become the customer and its first contact.

    `passed_over` holds the candidates that were shown and were none of these: key, name, whether it was certain. `submissions`,
    `decisions` and `refusals` count how often it was sent, decided and not passed; `decided_on` is the day of the last decision,
    `corrected_on` the day the name or the credit code was put right afterwards.
    """

    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    name = models.CharField(_("company name"), max_length=200)
    name_key = models.CharField(max_length=200, editable=False, default="")
    credit_code = models.CharField(
        _("unified social credit code"), max_length=18, blank=True, validators=[validate_credit_code]
    )
    kind = models.CharField(_("type"), max_length=20, choices=CustomerKind.choices, default=CustomerKind.DIRECT)
    industry = ListedField(_("industry"), list_key="industry", blank=True)
    region = models.ForeignKey(
        "crm.Region", verbose_name=_("region"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    province = models.CharField(_("province"), max_length=30, blank=True)
    city = models.CharField(_("city"), max_length=30, blank=True)
    contact_name = models.CharField(_("contact"), max_length=60)
    contact_phone = models.CharField(_("mobile"), max_length=40, blank=True)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    state = models.CharField(
        _("status"),
        max_length=20,
        choices=RegistrationState.choices,
        default=RegistrationState.DRAFT,
        editable=False,
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False, null=True)
    reason = models.TextField(_("reason of the decision"), blank=True, editable=False)
    customer = models.ForeignKey(
        "customers.Customer",
        verbose_name=_("customer"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="registrations",
    )
    passed_over = models.JSONField(_("none of these"), default=list, editable=False)
    submissions = models.PositiveSmallIntegerField(_("times sent"), default=0, editable=False)
    decided_on = models.DateField(_("last decided on"), null=True, editable=False)
    decisions = models.PositiveSmallIntegerField(_("times decided"), default=0, editable=False)
    refusals = models.PositiveSmallIntegerField(_("times not passed"), default=0, editable=False)
    corrected_on = models.DateField(_("corrected on"), null=True, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[Any] = RegistrationQuerySet.as_manager()
    masked = ("contact_phone",)
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                RegistrationState.DRAFT: _SENT_ANEW,
                RegistrationState.SUBMITTED: [
                    RegistrationState.APPROVED,
                    RegistrationState.REJECTED,
                    RegistrationState.RETURNED,
                    RegistrationState.WITHDRAWN,
                ],
                RegistrationState.RETURNED: _SENT_ANEW,
                RegistrationState.REJECTED: _SENT_ANEW,
                RegistrationState.WITHDRAWN: [RegistrationState.SUBMITTED],
            }
        ),
    )

    class Meta:
        verbose_name = _("registration of a customer")
        verbose_name_plural = _("registrations of customers")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name_key"],
                condition=Q(state="submitted"),
                name="registration_name_waits_once",
                violation_error_message=_("A registration of this company waits for its decision already."),
            ),
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=Q(state="submitted") & ~Q(credit_code=""),
                name="registration_code_waits_once",
                violation_error_message=_("A registration with this credit code waits for its decision already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(customer__isnull=False),
                name="registration_approved_has_customer",
            ),
        ]
        indexes = [
            search_index("registration_search"),
            models.Index(fields=["state_since", "id"], name="registration_since"),
            models.Index(fields=["name", "id"], name="registration_name"),
            models.Index(fields=["decided_on"], name="registration_decided"),
        ]

    def __str__(self) -> str:
        return self.name


class CustomerRegistrationStateChange(StateChange, BaseModel):
    """A move of a registration."""

    record = models.ForeignKey(CustomerRegistration, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=20, choices=RegistrationState.choices)
    target = models.CharField(max_length=20, choices=RegistrationState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of a registration")
