"""Approval policies: which documents need whose approval. Published ones are never changed; a change is a new edition."""

from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm import extension_points
from crm.base.models import BaseModel, RecordModel, StateChange
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import Reference, ViaParent
from crm.transitions import Transitions, moves


class PolicyState(models.TextChoices):
    """Where a policy stands."""

    DRAFT = "draft", pgettext_lazy("approval policy", "draft")
    PUBLISHED = "published", pgettext_lazy("approval policy", "in force")
    RETIRED = "retired", pgettext_lazy("approval policy", "retired")


class Operator(models.TextChoices):
    """How a condition compares a fact of the document."""

    AT_LEAST = "gte", _("at least")
    LESS_THAN = "lt", _("less than")
    ONE_OF = "in", _("one of")


class Approver(models.TextChoices):
    """Who decides a step."""

    MANAGER = "manager", _("manager of the requester")
    UNIT_HEAD = "unit_head", _("head of the business unit")
    ROLE = "role", _("people with a role")
    PERSON = "person", _("a certain person")


class Within(models.TextChoices):
    """Where the people of a role are sought."""

    TEAM = "team", _("in the document's team, else in the nearest one above")
    UNIT = "unit", _("in the document's business unit")
    COMPANY = "company", _("in the whole company")


class Rule(models.TextChoices):
    """How many of a step's people must approve."""

    ANY = "any", _("one of them")
    ALL = "all", _("all of them")


class PolicyQuerySet(ScopedQuerySet):
    """Policies by when they are in force."""

    def in_force(self, day: Any) -> Self:
        """Published and valid on that day, the one that counts first in front."""
        running = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        rows = self.filter(running, state=PolicyState.PUBLISHED, valid_from__lte=day)
        return rows.order_by("priority", "pk")


@pghistory.track()
class ApprovalPolicy(RecordModel):
    """Says that documents of a kind for which all its conditions hold are decided in its steps.

    Of several that match the one with the smallest `priority` counts. `replaces` is the edition before this one.
    """

    document = models.CharField(_("kind of document"), max_length=60)
    name = models.CharField(_("name"), max_length=100)
    priority = models.PositiveSmallIntegerField(
        pgettext_lazy("approval", "order"),
        default=100,
        help_text=_("Of several policies that match, the one with the smallest number counts."),
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    own_allowed = models.BooleanField(
        _("requesters may decide their own requests"),
        default=False,
        help_text=_("Otherwise the next manager above decides in their place."),
    )
    state = models.CharField(
        _("status"), max_length=10, choices=PolicyState.choices, default=PolicyState.DRAFT, editable=False
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

    objects: ClassVar[Any] = PolicyQuerySet.as_manager()
    scope = Reference("policies are the company's rules; the page needs the permission")
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                PolicyState.DRAFT: [PolicyState.PUBLISHED, PolicyState.RETIRED],
                PolicyState.PUBLISHED: [PolicyState.RETIRED],
            }
        ),
    )

    class Meta:
        verbose_name = _("approval policy")
        verbose_name_plural = _("approval policies")
        ordering = ["document", "priority", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="policy_ends_after_start",
                violation_error_message=_("The last day must not be before the first day."),
            ),
        ]
        indexes = [models.Index(fields=["document", "state", "priority"], name="policy_document")]

    def __str__(self) -> str:
        return self.name

    @property
    def declared(self) -> Any:
        """The kind of document as it was registered; None when the app that had it is gone."""
        return declared_document(self.document)


def declared_document(key: str) -> Any:
    """A registered kind of document; None when there is none of that key."""
    try:
        return extension_points.approval_documents.get(key)
    except KeyError:
        return None


class ApprovalPolicyStateChange(StateChange, BaseModel):
    """A move of a policy."""

    record = models.ForeignKey(ApprovalPolicy, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=10, choices=PolicyState.choices)
    target = models.CharField(max_length=10, choices=PolicyState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of an approval policy")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ApprovalCondition(BaseModel):
    """A condition of a policy: a fact of the document compared with one value, or with several of which one must be met."""

    policy = models.ForeignKey(ApprovalPolicy, on_delete=models.CASCADE, related_name="conditions")
    fact = models.CharField(pgettext_lazy("approval", "fact"), max_length=60)
    operator = models.CharField(pgettext_lazy("approval", "comparison"), max_length=3, choices=Operator.choices)
    values = ArrayField(models.CharField(max_length=100), verbose_name=_("values"))

    scope = ViaParent("policy")

    class Meta:
        verbose_name = _("condition of an approval policy")
        verbose_name_plural = _("conditions of approval policies")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "fact", "operator"],
                name="condition_once",
                violation_error_message=_("A policy compares a fact in the same way only once."),
            ),
            models.CheckConstraint(condition=Q(values__len__gte=1), name="condition_has_a_value"),
        ]

    def __str__(self) -> str:
        return f"{self.fact} {self.operator} {self.values}"


class StepRule(BaseModel):
    """What a step of a policy and a step of a request have in common: who decides, and by when they are reminded.

    Steps of the same `order` run side by side. Hours are working hours; empty: never.
    """

    order = models.PositiveSmallIntegerField(pgettext_lazy("approval", "step"), default=1)
    approver = models.CharField(_("decided by"), max_length=10, choices=Approver.choices, default=Approver.MANAGER)
    level = models.PositiveSmallIntegerField(_("levels up"), default=1)
    role = models.ForeignKey(
        "crm.Role", verbose_name=_("role"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    within = models.CharField(
        pgettext_lazy("approval", "sought"), max_length=10, choices=Within.choices, default=Within.UNIT
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    rule = models.CharField(_("must approve"), max_length=3, choices=Rule.choices, default=Rule.ANY)
    remind_after = models.PositiveSmallIntegerField(_("remind after (working hours)"), null=True, blank=True)
    escalate_after = models.PositiveSmallIntegerField(_("escalate after (working hours)"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        """Who decides it, in words."""
        if self.approver == Approver.ROLE and self.role is not None:
            return self.role.label
        if self.approver == Approver.PERSON and self.person is not None:
            return self.person.label
        if self.approver == Approver.UNIT_HEAD:
            return gettext("Head of the business unit")
        if self.level > 1:
            return ngettext("Manager, %(n)d level up", "Manager, %(n)d levels up", self.level) % {"n": self.level}
        return pgettext("approver", "Manager")


def step_constraints(prefix: str) -> list[models.BaseConstraint]:
    """What must hold for steps of policies and of requests."""
    return [
        models.CheckConstraint(
            condition=~Q(approver=Approver.ROLE) | Q(role__isnull=False),
            name=f"{prefix}_has_its_role",
            violation_error_message=_("Choose the role that decides."),
        ),
        models.CheckConstraint(
            condition=~Q(approver=Approver.PERSON) | Q(person__isnull=False),
            name=f"{prefix}_has_its_person",
            violation_error_message=_("Choose the person who decides."),
        ),
        models.CheckConstraint(
            condition=Q(order__gte=1) & Q(level__gte=1),
            name=f"{prefix}_counts_from_one",
            violation_error_message=_("Steps and levels count from 1."),
        ),
    ]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ApprovalStep(StepRule):
    """A step of a policy."""

    policy = models.ForeignKey(ApprovalPolicy, on_delete=models.CASCADE, related_name="steps")

    scope = ViaParent("policy")

    class Meta:
        verbose_name = _("step of an approval policy")
        verbose_name_plural = _("steps of approval policies")
        ordering = ["order", "pk"]
        constraints = step_constraints("policy_step")

    def __str__(self) -> str:
        return self.title
