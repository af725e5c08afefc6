"""Admission of customers (准入): checklists as data, admissions, and the answers with their evidence."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import BaseModel, RecordModel, StateChange, label_of, search_index
from crm.base.scopes import Reference, ViaParent
from crm.transitions import Transitions, moves
from customers.enums import AdmissionKind, AdmissionState, Asked, ChecklistState, QuestionKind


@pghistory.track()
class AdmissionChecklist(RecordModel):
    """What is asked before a customer is admitted to a business unit, or to one of its product lines. One in force is never
    changed: a new edition takes its place."""

    name = models.CharField(_("name"), max_length=100)
    business_unit = models.ForeignKey(
        "crm.BusinessUnit", verbose_name=_("business unit"), on_delete=models.PROTECT, related_name="+"
    )
    product_line = models.ForeignKey(
        "crm.ProductLine",
        verbose_name=_("product line"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: for all product lines without a checklist of their own."),
    )
    valid_months = models.PositiveSmallIntegerField(
        _("admitted for (months)"), null=True, blank=True, default=36, help_text=_("Empty: without an end.")
    )
    state = models.CharField(
        _("status"), max_length=10, choices=ChecklistState.choices, default=ChecklistState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False)
    edition = models.PositiveIntegerField(pgettext_lazy("approval", "edition"), default=1, editable=False)
    replaces = models.ForeignKey(
        "self",
        verbose_name=pgettext_lazy("approval", "replaces"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    scope = Reference("checklists are the company's rules; the page needs the permission")
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                ChecklistState.DRAFT: [ChecklistState.PUBLISHED, ChecklistState.RETIRED],
                ChecklistState.PUBLISHED: [ChecklistState.RETIRED],
            }
        ),
    )

    class Meta:
        verbose_name = _("admission checklist")
        verbose_name_plural = _("admission checklists")
        ordering = ["business_unit", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["business_unit", "product_line"],
                condition=Q(state=ChecklistState.PUBLISHED),
                nulls_distinct=False,
                name="checklist_one_in_force",
                violation_error_message=_(
                    "Another checklist is in force there: take it out of force, or make its new edition."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AdmissionChecklistStateChange(StateChange, BaseModel):
    """A move of a checklist."""

    record = models.ForeignKey(AdmissionChecklist, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=10, choices=ChecklistState.choices)
    target = models.CharField(max_length=10, choices=ChecklistState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of an admission checklist")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class AdmissionItem(BaseModel):
    """A question of a checklist. The same `key` in another checklist or edition is the same question: its answer is taken over
    there when it is asked once per customer."""

    checklist = models.ForeignKey(AdmissionChecklist, on_delete=models.CASCADE, related_name="items")
    key = models.SlugField(_("key"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    question = models.CharField(_("question"), max_length=200)
    question_en = models.CharField(_("question in English"), max_length=200, blank=True)
    kind = models.CharField(_("answer"), max_length=10, choices=QuestionKind.choices, default=QuestionKind.YES_NO)
    choices = ArrayField(models.CharField(max_length=60), verbose_name=_("choices"), default=list, blank=True)
    required = models.BooleanField(_("required"), default=True)
    valid_months = models.PositiveSmallIntegerField(_("answer valid for (months)"), null=True, blank=True)
    asked = models.CharField(_("asked"), max_length=10, choices=Asked.choices, default=Asked.ONCE)

    scope = ViaParent("checklist")
    trail_parent = "checklist"

    class Meta:
        verbose_name = _("question of an admission checklist")
        verbose_name_plural = _("questions of admission checklists")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["checklist", "key"],
                name="admission_item_once",
                violation_error_message=_("Two questions have the same key."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The question in the reader's language."""
        return label_of(self.question, self.question_en)


@pghistory.track(exclude=["search_text", "warned_days"])
class Admission(RecordModel):
    """That a customer may be served by a business unit, or with one of its product lines, and until when.

    `follows` is the admission that this one renews. `warned_days`: of how few days before the end the owner was told.
    """

    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="admissions"
    )
    business_unit = models.ForeignKey(
        "crm.BusinessUnit", verbose_name=_("business unit"), on_delete=models.PROTECT, related_name="+"
    )
    product_line = models.ForeignKey(
        "crm.ProductLine",
        verbose_name=_("product line"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: all of the business unit."),
    )
    plant = models.CharField(_("plant or address"), max_length=200, blank=True)
    kind = models.CharField(
        _("type"), max_length=10, choices=AdmissionKind.choices, default=AdmissionKind.FIRST, editable=False
    )
    state = models.CharField(
        _("status"), max_length=10, choices=AdmissionState.choices, default=AdmissionState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False)
    valid_from = models.DateField(_("admitted from"), null=True, blank=True)
    valid_to = models.DateField(_("admitted until"), null=True, blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    checklist = models.ForeignKey(
        AdmissionChecklist,
        verbose_name=_("checklist"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="admissions",
    )
    follows = models.ForeignKey(
        "self", verbose_name=_("renews"), on_delete=models.PROTECT, null=True, editable=False, related_name="renewals"
    )
    warned_days = models.PositiveSmallIntegerField(null=True, editable=False)
    search_text = models.TextField(editable=False, default="")

    scope = ViaParent("customer")
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                AdmissionState.DRAFT: [AdmissionState.SUBMITTED, AdmissionState.WITHDRAWN],
                AdmissionState.SUBMITTED: [AdmissionState.ADMITTED, AdmissionState.REFUSED, AdmissionState.DRAFT],
                AdmissionState.ADMITTED: [AdmissionState.EXPIRED, AdmissionState.WITHDRAWN],
            }
        ),
        needs_reason=lambda source, target: target == AdmissionState.WITHDRAWN,
    )

    class Meta:
        verbose_name = _("admission")
        verbose_name_plural = _("admissions")
        ordering = ["-created_at", "-pk"]
        permissions = [("revoke_admission", _("Can withdraw admissions"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="admission_ends_after_start",
                violation_error_message=_("The last day must not be before the first day."),
            ),
            models.CheckConstraint(
                condition=~Q(state=AdmissionState.ADMITTED) | Q(valid_from__isnull=False),
                name="admission_has_its_first_day",
            ),
            models.UniqueConstraint(
                fields=["customer", "business_unit", "product_line", "plant"],
                condition=Q(state__in=[AdmissionState.DRAFT, AdmissionState.SUBMITTED]),
                nulls_distinct=False,
                name="admission_one_under_way",
                violation_error_message=_("An admission for this is under way already: go on with that one."),
            ),
        ]
        indexes = [
            search_index("admission_search"),
            models.Index(fields=["customer", "state"], name="admission_customer"),
            models.Index(fields=["state", "valid_to", "id"], name="admission_state_end"),
            models.Index(fields=["valid_to", "id"], name="admission_end"),
            models.Index(fields=["created_at", "id"], name="admission_created"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def covers(self) -> str:
        """What it admits to, in words."""
        parts = (self.business_unit.label, self.product_line.label if self.product_line else "", self.plant)
        return " · ".join(part for part in parts if part)


class AdmissionStateChange(StateChange, BaseModel):
    """A move of an admission."""

    record = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=10, choices=AdmissionState.choices)
    target = models.CharField(max_length=10, choices=AdmissionState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of an admission")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class AdmissionAnswer(RecordModel):
    """The answer to a question, in an admission. Without `answered_at` it is a value of before that waits to be confirmed.

    `taken_from` is the answer of another admission that stands here too. The evidence is a file of the admission.
    """

    admission = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(AdmissionItem, on_delete=models.PROTECT, related_name="answers")
    value = models.TextField(_("answer"), blank=True)
    evidence = models.ForeignKey(
        "crm.Attachment", verbose_name=_("evidence"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    taken_from = models.ForeignKey(
        "self", verbose_name=_("taken over from"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    scope = ViaParent("admission")
    trail_parent = "admission"

    class Meta:
        verbose_name = _("answer of an admission")
        verbose_name_plural = _("answers of admissions")
        ordering = ["item__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["admission", "item"], name="admission_answer_once")]

    def __str__(self) -> str:
        return self.value
