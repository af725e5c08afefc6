"""Our admission as a supplier at a customer (供应商准入): its checklist, the findings of audits, and how long it holds."""

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, OwnedModel, RecordModel, StateChange, search_index
from crm.base.scopes import OwnedOrVia, ViaParent
from crm.records.models import ListedField
from crm.transitions import Transitions, moves
from opportunities.enums import FindingKind, SupplierState
from opportunities.querysets import SupplierAdmissionQuerySet


@pghistory.track(exclude=["search_text", "warned_days"])
class SupplierAdmission(OwnedModel):
    """A customer admits us as its supplier, for a product line or for all we sell.

    `follows` is the one that this renews. `warned_days`: of how few days before the end the owner was told.
    """

    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    title = models.CharField(_("admitted for"), max_length=200)
    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="supplier_admissions"
    )
    opportunity = models.ForeignKey(
        "opportunities.Opportunity",
        verbose_name=_("opportunity"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supplier_admissions",
    )
    product_line = models.ForeignKey(
        "crm.ProductLine",
        verbose_name=_("product line"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: for all that we sell."),
    )
    product = models.ForeignKey(
        "crm.Product", verbose_name=_("product"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    region = models.ForeignKey(
        "crm.Region", verbose_name=_("region"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    submit_by = models.DateField(_("to be submitted by"), null=True, blank=True)
    audit_on = models.DateField(_("audit planned on"), null=True, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    submitted_on = models.DateField(_("submitted on"), null=True, editable=False)
    concluded_on = models.DateField(_("concluded on"), null=True, editable=False)
    conclusion = models.TextField(_("result"), blank=True, editable=False)
    valid_until = models.DateField(_("valid until"), null=True, editable=False)
    follows = models.ForeignKey(
        "self", verbose_name=_("renews"), on_delete=models.PROTECT, null=True, editable=False, related_name="renewals"
    )
    state = models.CharField(
        _("status"), max_length=10, choices=SupplierState.choices, default=SupplierState.PREPARING, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False)
    warned_days = models.PositiveSmallIntegerField(null=True, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[Any] = SupplierAdmissionQuerySet.as_manager()
    scope = OwnedOrVia("customer")
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                SupplierState.PREPARING: [SupplierState.SUBMITTED, SupplierState.FAILED],
                SupplierState.SUBMITTED: [
                    SupplierState.AUDIT,
                    SupplierState.PASSED,
                    SupplierState.FAILED,
                    SupplierState.PREPARING,
                ],
                SupplierState.AUDIT: [SupplierState.PASSED, SupplierState.FAILED],
                SupplierState.PASSED: [SupplierState.LAPSED],
            }
        ),
        needs_reason=lambda source, target: target in (SupplierState.FAILED, SupplierState.PREPARING),
    )

    class Meta:
        verbose_name = _("admission as a supplier")
        verbose_name_plural = _("admissions as a supplier")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["follows"],
                condition=~Q(state=SupplierState.FAILED),
                name="supplier_admission_renewed_once",
                violation_error_message=_("The renewal is under way already."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SupplierState.PASSED, SupplierState.FAILED, SupplierState.LAPSED])
                | Q(concluded_on__isnull=False),
                name="supplier_admission_concluded",
            ),
        ]
        indexes = [
            search_index("supplier_admission_search"),
            models.Index(fields=["customer", "state"], name="supplier_customer_state"),
            models.Index(fields=["owner", "state"], name="supplier_owner_state"),
            models.Index(fields=["state", "valid_until", "id"], name="supplier_state_until"),
            models.Index(fields=["valid_until", "id"], name="supplier_until"),
            models.Index(fields=["concluded_on", "id"], name="supplier_concluded"),
            models.Index(fields=["created_at", "id"], name="supplier_created"),
        ]

    def __str__(self) -> str:
        return self.title


class SupplierAdmissionStateChange(StateChange, BaseModel):
    """A move of an admission as a supplier."""

    record = models.ForeignKey(SupplierAdmission, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=10, choices=SupplierState.choices)
    target = models.CharField(max_length=10, choices=SupplierState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of an admission as a supplier")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SupplierItem(RecordModel):
    """Something the customer wants to have before it admits us: who sees to it, by when, and the file."""

    admission = models.ForeignKey(
        SupplierAdmission, verbose_name=_("admission as a supplier"), on_delete=models.CASCADE, related_name="items"
    )
    name = ListedField(_("item"), list_key="supplier_checklist", max_length=120)
    is_required = models.BooleanField(_("required"), default=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    file = models.ForeignKey(
        "crm.Attachment", verbose_name=_("file"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    scope = ViaParent("admission")
    trail_parent = "admission"

    class Meta:
        verbose_name = _("item of an admission as a supplier")
        verbose_name_plural = _("items of admissions as a supplier")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["admission", "name"],
                name="supplier_item_once",
                violation_error_message=_("This item is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_name_display())  # type: ignore[attr-defined]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class AuditFinding(RecordModel):
    """What an audit of the customer found, and what we do about it; `task` is the to-do of whom it falls to."""

    admission = models.ForeignKey(
        SupplierAdmission, verbose_name=_("admission as a supplier"), on_delete=models.CASCADE, related_name="findings"
    )
    audited_on = models.DateField(_("audited on"))
    auditor = models.CharField(_("auditor"), max_length=80, blank=True)
    kind = models.CharField(_("weight"), max_length=10, choices=FindingKind.choices, default=FindingKind.MINOR)
    finding = models.TextField(_("finding"))
    action = models.TextField(_("corrective action"), blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    file = models.ForeignKey(
        "crm.Attachment", verbose_name=_("evidence"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    task = models.ForeignKey(
        "crm.Task", verbose_name=_("to-do"), on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    scope = ViaParent("admission")
    trail_parent = "admission"

    class Meta:
        verbose_name = _("finding of an audit")
        verbose_name_plural = _("findings of audits")
        ordering = ["audited_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(action=""),
                name="audit_finding_done_says_what",
                violation_error_message=_("Say what was done about it."),
            )
        ]

    def __str__(self) -> str:
        return self.finding[:60]
