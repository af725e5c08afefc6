"""The pages of sync runs and of rejected rows."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm import markup
from crm.formats import moment_html, num
from crm.generic.entity import BulkAction, Entity, Preset
from crm.generic.forms import ReasonForm
from crm.generic.layout import RecordPage
from crm.generic.views.step import Step, step_actions
from integrations.domain.reconcile import queue_repair
from integrations.domain.rejections import ignore_rows, reopen_rows, retry_rows
from integrations.domain.retrying import queue_retry
from integrations.enums import RejectionState
from integrations.filters import ReconciliationFilter, RejectedRowFilter, SyncRunFilter
from integrations.models import Reconciliation, RejectedRow, SyncRun
from integrations.tables import (
    REJECTION_TONES,
    RUN_TONES,
    ReconciliationTable,
    RejectedRowTable,
    SyncRunTable,
    difference_badge,
    entity_label,
    period_text,
)

VIEW = "integrations.view_syncrun"
RUN = "integrations.run_sync"


class SyncEntity(Entity):
    """Runs and rejected rows are shown to whoever may see the sync."""

    def permission(self, action: str) -> str:
        """One right for all of it."""
        return VIEW


run_entity = SyncEntity(
    model=SyncRun,
    table=SyncRunTable,
    filterset=SyncRunFilter,
    dossier=False,
    nav="sync",
    icon="refresh",
    page=RecordPage(
        title=lambda run: entity_label(run.entity_set),
        code=lambda run: str(run.pk),
        badges=lambda run: [markup.badge(RUN_TONES[run.state], run.get_state_display())],
        meta=lambda run: [("clock", moment_html(run.started_at))],
        attributes=(
            "entity_set",
            (_("started"), lambda run: moment_html(run.started_at)),
            (_("finished"), lambda run: moment_html(run.finished_at) if run.finished_at else "—"),
            (_("what was read"), lambda run: run.get_kind_display()),
            (_("read"), lambda run: num(run.read)),
            (_("written"), lambda run: num(run.written)),
            (_("unchanged"), lambda run: num(run.unchanged)),
            (_("rejected"), lambda run: num(run.rejected)),
            (_("no longer there"), lambda run: num(run.gone)),
            (_("message"), lambda run: run.said),
        ),
    ),
    presets=(
        Preset("all", _("All")),
        Preset("failed", _("Failed"), "state=failed"),
    ),
    empty_text=_("Runs are listed here once the sync has run."),
)


REJECTION_STEPS = (
    Step(
        "retry",
        _("Try again"),
        "refresh",
        RUN,
        lambda row, **values: retry_rows([row], **values),
        lambda row: row.state != RejectionState.RESOLVED,
        primary=True,
    ),
    Step(
        "ignore",
        _("Ignore"),
        "eye-off",
        RUN,
        lambda row, **values: ignore_rows([row], **values),
        lambda row: row.state == RejectionState.OPEN,
        form=ReasonForm,
    ),
    Step(
        "reopen",
        _("No longer ignore"),
        "arrow-back-up",
        RUN,
        lambda row, **values: reopen_rows([row], **values),
        lambda row: row.state == RejectionState.IGNORED,
    ),
)

rejected_entity = SyncEntity(
    model=RejectedRow,
    table=RejectedRowTable,
    filterset=RejectedRowFilter,
    dossier=False,
    nav="sync",
    icon="alert-triangle",
    subtitle=_("Kept until a later run can take them"),
    page=RecordPage(
        title=lambda row: row.external_id,
        code=lambda row: row.entity_set,
        badges=lambda row: [markup.badge(REJECTION_TONES[row.state], row.get_state_display())],
        meta=lambda row: [("clock", moment_html(row.at))],
        select=("decided_by",),
        actions=step_actions("integrations:rejectedrow", REJECTION_STEPS),
        attributes=(
            (_("entity set"), lambda row: entity_label(row.entity_set)),
            (_("key there"), lambda row: row.external_id),
            (_("note"), lambda row: str(_("The ERP no longer has it.")) if row.is_gone else row.note),
            (_("ignored by"), lambda row: row.decided_by.label if row.decided_by else "—"),
        ),
    ),
    presets=(
        Preset("all", _("All")),
        Preset("open", pgettext_lazy("rejected row", "Open"), "state=open"),
        Preset("ignored", _("Ignored"), "state=ignored"),
    ),
    bulk_actions=(
        BulkAction(
            "retry",
            _("Try again"),
            "refresh",
            RUN,
            queue_retry,
            None,
            _("%(count)d rows are being tried again. The job says what came of it."),
        ),
        BulkAction("ignore", _("Ignore"), "eye-off", RUN, ignore_rows, ReasonForm, _("%(count)d rows are ignored.")),
        BulkAction(
            "reopen",
            _("No longer ignore"),
            "arrow-back-up",
            RUN,
            reopen_rows,
            None,
            _("%(count)d rows are open again."),
        ),
    ),
    empty_text=_("Rows that cannot be taken are kept here with their reason."),
)

COMPARISON_STEPS = (
    Step(
        "repair",
        _("Repair"),
        "wand",
        RUN,
        queue_repair,
        lambda found: found.differing > 0,
        primary=True,
    ),
)

reconciliation_entity = SyncEntity(
    model=Reconciliation,
    table=ReconciliationTable,
    filterset=ReconciliationFilter,
    dossier=False,
    nav="sync",
    icon="scale",
    subtitle=_("Counts and sums of both sides, document by document; made every night"),
    page=RecordPage(
        title=lambda found: entity_label(found.entity_set),
        code=lambda found: str(found.pk),
        badges=lambda found: [difference_badge(found)],
        meta=lambda found: [("clock", moment_html(found.at)), ("calendar", period_text(found))],
        actions=step_actions("integrations:reconciliation", COMPARISON_STEPS),
        attributes=(
            "entity_set",
            (_("Days"), period_text),
            (_("documents compared"), lambda found: num(found.compared)),
            (_("documents that differ"), lambda found: num(found.differing)),
        ),
    ),
    presets=(
        Preset("all", _("All")),
        Preset("different", _("With differences"), "differs=yes"),
    ),
    empty_text=_("Every night both sides are compared; what was found is listed here."),
)
