"""Runs of the sync, how far each entity set has been read, and the rows that were not taken."""

from django.conf import settings
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import Reference
from integrations.enums import RejectionState, RunKind, RunState

# The customer's number as the field maps read it, without the zeros that pad it, as norm_id() has it; what is no number stays.
_PARTNER = RawSQL(
    "regexp_replace(btrim(coalesce(nullif(payload ->> 'SoldToParty', ''), nullif(payload ->> 'ShipToParty', ''),"
    " nullif(payload ->> 'PayerParty', ''), payload ->> 'Customer', '')), '^0+(?=[0-9]+$)', '')",
    (),
)
_MATERIALS = RawSQL(
    "jsonb_path_query_array(payload, '$.*[*].Material') || jsonb_path_query_array(payload, '$.Product')", ()
)
_ADMINISTRATION = Reference("administrators only; the page needs the permission")


class SyncState(BaseModel):
    """Per entity set: the source's own newest stamp seen (`watermark`), where a broken run stopped (`cursor`), and when its
    documents were last handed in without the ERP, by a sheet or by the API."""

    entity_set = models.CharField(_("entity set"), max_length=60, primary_key=True)
    watermark = models.CharField(_("newest change read"), max_length=60, blank=True)
    cursor = models.JSONField(_("position"), default=dict, blank=True)
    last_success_at = models.DateTimeField(_("last success"), null=True)
    handed_in_at = models.DateTimeField(_("last handed in"), null=True)

    scope = _ADMINISTRATION

    class Meta:
        verbose_name = _("state of the sync")

    def __str__(self) -> str:
        return self.entity_set


class SyncRun(BaseModel):
    """One run over one entity set, with its counts and control sums (count and signed amount per currency).

    `message` is what stopped it, in the site's language; `messages` has it in each, by its code.
    """

    entity_set = models.CharField(_("entity set"), max_length=60)
    kind = models.CharField(_("read"), max_length=10, choices=RunKind.choices, default=RunKind.CHANGES)
    state = models.CharField(_("state"), max_length=10, choices=RunState.choices, default=RunState.RUNNING)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    read = models.PositiveIntegerField(_("read"), default=0)
    written = models.PositiveIntegerField(_("written"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    gone = models.PositiveIntegerField(_("no longer there"), default=0)
    control_sums = models.JSONField(_("control sums"), default=dict, blank=True)
    message = models.TextField(_("message"), blank=True)
    messages = models.JSONField(_("message in each language"), default=dict, blank=True)

    scope = _ADMINISTRATION

    class Meta:
        verbose_name = _("sync run")
        verbose_name_plural = _("sync runs")
        ordering = ["-started_at", "-pk"]
        permissions = [
            ("run_sync", _("Can start the sync")),
            ("refresh_document", _("Can have a document read from the ERP at once")),
        ]
        indexes = [models.Index(fields=["entity_set", "-started_at"], name="sync_run_entity_set")]

    def __str__(self) -> str:
        return f"{self.entity_set} {localtime(self.started_at):%Y-%m-%d %H:%M}"

    @property
    def said(self) -> str:
        """What stopped it, in the reader's language where it is kept in it."""
        return str(self.messages.get(get_language() or "") or self.message)


class ReadRequest(BaseModel):
    """A document that the next run reads by its number, whatever its stamp says."""

    entity_set = models.CharField(_("entity set"), max_length=60)
    number = models.CharField(_("number"), max_length=80)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)

    scope = _ADMINISTRATION

    class Meta:
        verbose_name = _("document to be read")
        constraints = [models.UniqueConstraint(fields=["entity_set", "number"], name="read_request_once")]

    def __str__(self) -> str:
        return f"{self.entity_set} {self.number}"


class RejectedRow(BaseModel):
    """A row of the source that could not be taken, with the reason and the row itself, until a later run takes it.

    `reason` is in the site's language, so that rows of one reason are found together; `reasons` has it in each, by its code.
    An ignored one is not tried again until the row there changes; `note` says why. One that `is_gone` is not in the source any
    more. `partner` is the number of the customer that the row names, `materials` are those of its products; `tried_by` is the job
    that tried it last.
    """

    run = models.ForeignKey(SyncRun, on_delete=models.CASCADE, related_name="rejections")
    entity_set = models.CharField(_("entity set"), max_length=60)
    external_id = models.CharField(_("key there"), max_length=80)
    reason = models.TextField(_("reason"))
    reasons = models.JSONField(_("reason in each language"), default=dict)
    payload = models.JSONField(_("row"))
    state = models.CharField(_("state"), max_length=10, choices=RejectionState.choices, default=RejectionState.OPEN)
    at = models.DateTimeField(_("time"), auto_now_add=True)
    note = models.TextField(_("note"), blank=True, db_default="")
    is_gone = models.BooleanField(_("no longer in the source"), db_default=False, default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("ignored by"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    partner = models.GeneratedField(expression=_PARTNER, output_field=models.TextField(), db_persist=True)
    materials = models.GeneratedField(expression=_MATERIALS, output_field=models.JSONField(), db_persist=True)
    tried_by = models.ForeignKey(
        "crm.Job", verbose_name=_("tried by"), on_delete=models.SET_NULL, null=True, related_name="+"
    )

    scope = _ADMINISTRATION

    class Meta:
        verbose_name = _("rejected row")
        verbose_name_plural = _("rejected rows")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity_set", "external_id"],
                condition=~models.Q(state="resolved"),
                name="rejected_row_once",
            )
        ]
        indexes = [models.Index(fields=["partner"], condition=models.Q(state="open"), name="rejected_row_partner")]

    def __str__(self) -> str:
        return f"{self.entity_set} {self.external_id}"

    @property
    def why(self) -> str:
        """The reason in the reader's language; rows that were kept before have it in the site's only."""
        return str(self.reasons.get(get_language() or "") or self.reason)
