"""Requests for approval: what is asked, who has to decide, and everything that was done about it."""

from typing import Any, ClassVar, Self

import pghistory
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm import extension_points
from crm.base.models import BaseModel, RecordModel, StateChange, search_index
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import ViaParent
from crm.records.references import may_open, reference_of
from crm.transitions import Transitions, moves
from crm.workflow.models.approval_policy import ApprovalPolicy, StepRule, declared_document, step_constraints

SEE_ALL = "crm.view_all_approvals"
DECIDE = "crm.decide_approval"


class RequestState(models.TextChoices):
    """Where a request stands."""

    PENDING = "pending", pgettext_lazy("approval", "pending")
    APPROVED = "approved", pgettext_lazy("approval", "approved")
    REJECTED = "rejected", pgettext_lazy("approval", "rejected")
    RETURNED = "returned", pgettext_lazy("approval", "returned for change")
    WITHDRAWN = "withdrawn", pgettext_lazy("approval", "withdrawn")


class Outcome(models.TextChoices):
    """How somebody's part in a step ended."""

    APPROVED = "approved", pgettext_lazy("approval", "approved")
    REJECTED = "rejected", pgettext_lazy("approval", "rejected")
    RETURNED = "returned", pgettext_lazy("approval", "returned for change")
    DELEGATED = "delegated", pgettext_lazy("approval", "given to somebody else")
    ESCALATED = "escalated", pgettext_lazy("approval", "passed on to the manager")
    DROPPED = "dropped", pgettext_lazy("approval", "not needed any more")


class EventKind(models.TextChoices):
    """What was done about a request."""

    REQUESTED = "requested", pgettext_lazy("approval", "asked for approval")
    APPROVED = "approved", pgettext_lazy("approval", "approved")
    REJECTED = "rejected", pgettext_lazy("approval", "rejected")
    RETURNED = "returned", pgettext_lazy("approval", "returned for change")
    WITHDRAWN = "withdrawn", pgettext_lazy("approval", "withdrew the request")
    DELEGATED = "delegated", pgettext_lazy("approval", "gave the decision to somebody else")
    REMINDED = "reminded", pgettext_lazy("approval", "reminded")
    ESCALATED = "escalated", pgettext_lazy("approval", "passed on, the time being over")
    FREE = "free", pgettext_lazy("approval", "approved at once: no policy asks for a decision")


DECISIONS = (EventKind.APPROVED, EventKind.REJECTED, EventKind.RETURNED)


def deciding_as(user: Any) -> list[int]:
    """The keys of the user and of the absent people the user stands in for today."""
    return [user.pk, *(sight.user_id for sight in user.access.principals)]


class ApprovalScope:
    """Seen by who asked, who has or had to decide, who decided for somebody, everybody who sees the document, and those who
    may see all requests. A deputy sees what the absent person sees."""

    def condition(self, user: Any, model: type[models.Model], *, write: bool = False) -> Q | None:
        if user.has_perm(SEE_ALL):
            return None
        people = deciding_as(user)
        asked = ApprovalAssignment._base_manager.filter(request=OuterRef("pk"), user__in=people)
        did = ApprovalEvent._base_manager.filter(request=OuterRef("pk"), actor=user.pk)
        found = Q(requester__in=people) | Q(Exists(asked)) | Q(Exists(did))
        for label in sorted({document.model for document in extension_points.approval_documents.all()}):
            found |= self._of_documents(user, apps.get_model(label))
        return found

    @staticmethod
    def _of_documents(user: Any, model: Any) -> Q:
        """Requests about records of that kind that the user sees: asked row by row, because the documents may be many."""
        if not may_open(user, model):
            return Q()
        kind = ContentType.objects.get_for_model(model)
        seen = model.objects.visible_to(user).filter(pk=OuterRef("object_id")).order_by()
        return Q(content_type=kind.pk) & Q(Exists(seen))


class RequestQuerySet(ScopedQuerySet):
    """Requests by whose turn it is."""

    def visible_to(self, user: Any, *, of: models.Model | None = None, write: bool = False) -> Self:
        """Of a document that the reader has found by visible_to() all requests, without asking for each of them whether it is
        about a document in reach; of a record that is no document those that the reader sees by themselves."""
        if of is None:
            return super().visible_to(user, write=write)
        rows = self.filter(**reference_of(of))
        documents = {document.model for document in extension_points.approval_documents.all()}
        if of._meta.label in documents and may_open(user, type(of)):
            return rows
        return rows.visible_to(user, write=write)

    def waiting_for(self, user: Any) -> Self:
        """Pending, and this user or somebody the user stands in for has to decide now."""
        mine = ApprovalAssignment._base_manager.filter(request=OuterRef("pk"), user__in=deciding_as(user), is_open=True)
        return self.filter(Exists(mine), state=RequestState.PENDING)

    def decided_by(self, user: Any) -> Self:
        """Those about which this user decided something."""
        done = ApprovalEvent._base_manager.filter(request=OuterRef("pk"), actor=user, kind__in=DECISIONS)
        return self.filter(Exists(done))


@pghistory.track(exclude=["search_text", "reminded_at"])
class ApprovalRequest(RecordModel):
    """One request for approval of a document, or of changes to it.

    It keeps what it was made with: the steps of its policy, the facts that chose the policy, and what was shown. `facts` maps a
    fact's name to its value as text. `shown` holds the fields with their values: {"name", "label", "old", "new", "in"}, `old`
    only where `is_change`; "in" has label and values in each language of the site, for readers of another. Changes have "was" and
    "key" too: what was stored and what is asked for, as plain values.
    """

    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    document = models.CharField(_("kind of document"), max_length=60, editable=False)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, editable=False, related_name="+")
    object_id = models.PositiveBigIntegerField(editable=False)
    title = models.CharField(pgettext_lazy("approval", "document"), max_length=200, editable=False)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("requester"), on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True)
    team = models.ForeignKey(
        "crm.Team", verbose_name=_("team"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    business_unit = models.ForeignKey(
        "crm.BusinessUnit",
        verbose_name=_("business unit"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    policy = models.ForeignKey(
        ApprovalPolicy,
        verbose_name=pgettext_lazy("approval", "policy"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    own_allowed = models.BooleanField(default=False, editable=False)
    facts = models.JSONField(default=dict, editable=False)
    shown = models.JSONField(default=list, editable=False)
    is_change = models.BooleanField(default=False, editable=False)
    state = models.CharField(
        _("status"), max_length=10, choices=RequestState.choices, default=RequestState.PENDING, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects: ClassVar[Any] = RequestQuerySet.as_manager()
    scope = ApprovalScope()
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                RequestState.PENDING: [
                    RequestState.APPROVED,
                    RequestState.REJECTED,
                    RequestState.RETURNED,
                    RequestState.WITHDRAWN,
                ]
            }
        ),
        needs_reason=lambda source, target: target in (RequestState.REJECTED, RequestState.RETURNED),
    )

    class Meta:
        verbose_name = _("approval request")
        verbose_name_plural = _("approval requests")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("decide_approval", _("Decide requests")),
            ("view_all_approvals", _("See the requests of everybody")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(state="pending"),
                name="approval_one_pending",
                violation_error_message=_("This document waits for approval already."),
            )
        ]
        indexes = [
            search_index("approval_search"),
            models.Index(fields=["created_at", "id"], name="approval_created"),
            models.Index(fields=["requester", "state", "created_at", "id"], name="approval_requester"),
            models.Index(fields=["state", "created_at", "id"], name="approval_state"),
            models.Index(fields=["content_type", "object_id"], name="approval_record"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def declared(self) -> Any:
        """The kind of document as it was registered; None when the app that had it is gone."""
        return declared_document(self.document)

    @property
    def document_label(self) -> str:
        """The kind of document in words."""
        declared = self.declared
        return str(declared.label) if declared else self.document

    @property
    def headline(self) -> str:
        """What it is about, in a line."""
        declared = self.declared
        return declared.headline(self) if declared else ""

    @property
    def reference(self) -> tuple[int, int]:
        """The document."""
        return self.content_type_id, self.object_id

    def new_values(self) -> dict[str, str]:
        """The values asked for, as text, of a request that is about changes; of what is another row its key."""
        return {row["name"]: row.get("key", row["new"]) for row in self.shown} if self.is_change else {}


class ApprovalRequestStateChange(StateChange, BaseModel):
    """A move of a request."""

    record = models.ForeignKey(ApprovalRequest, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=10, choices=RequestState.choices)
    target = models.CharField(max_length=10, choices=RequestState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of an approval request")


class ApprovalRequestStep(StepRule):
    """A step of a request, copied from the policy it started with. Open between `opened_at` and `closed_at`."""

    request = models.ForeignKey(ApprovalRequest, on_delete=models.CASCADE, related_name="steps")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    scope = ViaParent("request")

    class Meta:
        verbose_name = _("step of an approval request")
        verbose_name_plural = _("steps of approval requests")
        ordering = ["order", "pk"]
        constraints = step_constraints("request_step")

    def __str__(self) -> str:
        return self.title


class ApprovalAssignment(BaseModel):
    """Somebody who has, had or will have to decide a step. `given_by` passed it on, by hand or because time was over."""

    request = models.ForeignKey(ApprovalRequest, on_delete=models.CASCADE, related_name="assignments")
    step = models.ForeignKey(ApprovalRequestStep, on_delete=models.CASCADE, related_name="assignments")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("approver"), on_delete=models.PROTECT, related_name="+"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("given by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    is_open = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    escalate_at = models.DateTimeField(null=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    closed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    scope = ViaParent("request")

    class Meta:
        verbose_name = _("approver of a request")
        verbose_name_plural = _("approvers of requests")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "user"],
                condition=Q(closed_at__isnull=True),
                name="assignment_once",
                violation_error_message=_("This colleague has to decide this step already."),
            ),
            models.CheckConstraint(
                condition=Q(is_open=False) | Q(closed_at__isnull=True, opened_at__isnull=False),
                name="assignment_open_or_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "request"], condition=Q(is_open=True), name="assignment_open"),
            models.Index(fields=["request", "user"], name="assignment_request"),
            models.Index(
                fields=["remind_at"], condition=Q(is_open=True, reminded_at__isnull=True), name="assignment_to_remind"
            ),
            models.Index(fields=["escalate_at"], condition=Q(is_open=True), name="assignment_to_escalate"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.step_id}: {self.user_id}"


class ApprovalEvent(BaseModel):
    """Something that was done about a request: by whom, for whom, why. Rows are only ever added."""

    request = models.ForeignKey(ApprovalRequest, on_delete=models.CASCADE, related_name="log")
    step = models.ForeignKey(ApprovalRequestStep, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=EventKind.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    for_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("in place of"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("given to"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("time"))

    scope = ViaParent("request")

    class Meta:
        verbose_name = _("event of an approval request")
        verbose_name_plural = _("events of approval requests")
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["request", "at"], name="approval_event_request"),
            models.Index(fields=["actor", "request"], name="approval_event_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.kind}"
