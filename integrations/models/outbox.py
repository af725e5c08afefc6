"""Messages to the ERP, and what an administrator says about handing over."""

from typing import Any, ClassVar

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, RecordModel, StateChange
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import Reference, ViaParent
from crm.transitions import Transitions, moves
from integrations.enums import MessageKind, MessageState, Problem
from integrations.validators import validate_erp_code

_ADMINISTRATION = Reference(
    "administrators only; the pages of customers and order requests show the one of their record"
)
_S = MessageState


@pghistory.track(exclude=["payload", "answer", "details", "next_try_at", "attempts", "posted_at", "joined_at"])
class OutboxMessage(RecordModel):
    """The intent to have one record in the ERP; there is never a second one for the same record.

    `reference` is our mark in the ERP, by which it is looked up there. `posted_at` is when a write was sent whose outcome is not
    known: while it is set, nothing is sent again before it was looked up. `payload` is what was sent last, `answer` what the ERP
    made of it. `problem` with `details` says why it is not there yet. `passed_over` is a number there with the same tax number of
    which somebody said that it is another company.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=MessageKind.choices)
    object_id = models.BigIntegerField(_("record"))
    title = models.CharField(_("record"), max_length=250)
    reference = models.CharField(_("our reference"), max_length=20, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=_S.choices, default=_S.WAITING)
    state_since = models.DateTimeField(_("in this state since"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"))
    posted_at = models.DateTimeField(_("sent without an answer"), null=True, blank=True)
    payload = models.JSONField(_("sent"), null=True, blank=True)
    answer = models.JSONField(_("answer"), null=True, blank=True)
    joined_at = models.DateTimeField(_("its document came back"), null=True, blank=True)
    erp_number = models.CharField(_("number in the ERP"), max_length=20, blank=True)
    problem = models.CharField(_("reason"), max_length=12, choices=Problem.choices, blank=True)
    details = models.JSONField(default=dict, blank=True)
    passed_over = models.CharField(_("is not"), max_length=20, blank=True)

    objects: ClassVar[Any] = ScopedQuerySet.as_manager()
    scope = _ADMINISTRATION
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                _S.WAITING: [_S.SENDING, _S.DOUBT, _S.REFUSED, _S.DEAD, _S.CONFIRMED, _S.GIVEN_UP],
                _S.SENDING: [_S.CONFIRMED, _S.REFUSED, _S.DOUBT, _S.WAITING, _S.DEAD],
                _S.DOUBT: [_S.SENDING, _S.WAITING, _S.REFUSED, _S.DEAD, _S.CONFIRMED],
                _S.REFUSED: [_S.WAITING, _S.CONFIRMED, _S.GIVEN_UP],
                _S.DEAD: [_S.WAITING, _S.CONFIRMED, _S.GIVEN_UP],
                _S.GIVEN_UP: [_S.WAITING, _S.CONFIRMED],
            }
        ),
        needs_reason=lambda source, target: target == _S.GIVEN_UP,
    )

    class Meta:
        verbose_name = _("message to the ERP")
        verbose_name_plural = _("messages to the ERP")
        ordering = ["-pk"]
        permissions = [("send_outboxmessage", _("Can send messages to the ERP again"))]
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="outbox_one_per_record")]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=models.Q(state__in=["waiting", "sending", "doubt"]),
                name="outbox_due",
            ),
            models.Index(fields=["state", "id"], name="outbox_state"),
            models.Index(fields=["id"], condition=models.Q(state="confirmed", joined_at=None), name="outbox_to_join"),
        ]

    def __str__(self) -> str:
        return self.title


class OutboxStateChange(StateChange, BaseModel):
    """A move of a message."""

    record = models.ForeignKey(OutboxMessage, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=10, choices=_S.choices)
    target = models.CharField(max_length=10, choices=_S.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of a message to the ERP")


@pghistory.track()
class OutboxSwitch(RecordModel):
    """Whether records of a kind are handed over. No row: they are not."""

    kind = models.CharField(_("kind"), max_length=10, choices=MessageKind.choices, unique=True)
    is_on = models.BooleanField(_("handed over"), default=False)

    scope = _ADMINISTRATION

    class Meta:
        verbose_name = _("switch of handing over")
        verbose_name_plural = _("switches of handing over")

    def __str__(self) -> str:
        return self.get_kind_display()


def _code(label: Any, length: int, *, blank: bool = False) -> Any:
    return models.CharField(label, max_length=length, blank=blank, validators=[validate_erp_code])


@pghistory.track()
class SalesArea(RecordModel):
    """Where in the ERP a business unit sells: what its customers and orders are created with there."""

    business_unit = models.OneToOneField(
        "crm.BusinessUnit", verbose_name=_("business unit"), on_delete=models.PROTECT, related_name="+"
    )
    company_code = _code(_("company code"), 4)
    sales_organization = _code(_("sales organisation"), 4)
    distribution_channel = _code(_("distribution channel"), 2)
    division = _code(_("division"), 2)
    order_type = _code(_("order type"), 4)
    plant = _code(_("plant"), 4, blank=True)
    price_condition = _code(_("condition type of prices"), 4)
    freight_condition = _code(_("condition type of freight"), 4, blank=True)
    partner_grouping = _code(_("grouping of business partners"), 4)
    account_group = _code(_("account group"), 4)
    reconciliation_account = _code(_("reconciliation account"), 10)
    payment_terms = _code(_("usual payment terms"), 4)
    currency = models.ForeignKey(
        "crm.Currency", verbose_name=_("usual currency"), on_delete=models.PROTECT, related_name="+"
    )
    country = models.CharField(
        _("country of customers"), max_length=2, validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters."))]
    )
    text_type = _code(_("text type of remarks"), 4, blank=True)
    tax_type = _code(_("tax number category of credit codes"), 4, blank=True)

    scope = _ADMINISTRATION

    class Meta:
        verbose_name = _("sales area")
        verbose_name_plural = _("sales areas")
        ordering = ["business_unit"]

    def __str__(self) -> str:
        return f"{self.sales_organization}/{self.distribution_channel}/{self.division}"


@pghistory.track()
class ErpCode(RecordModel):
    """What an item of one of our lists of terms is called in the ERP."""

    list_key = models.CharField(_("list"), max_length=30)
    item = models.CharField(_("item"), max_length=60)
    code = _code(_("code in the ERP"), 4)

    scope = _ADMINISTRATION

    class Meta:
        verbose_name = _("code of terms in the ERP")
        verbose_name_plural = _("codes of terms in the ERP")
        constraints = [models.UniqueConstraint(fields=["list_key", "item"], name="erp_code_once")]

    def __str__(self) -> str:
        return f"{self.item} = {self.code}"
