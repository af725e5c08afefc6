"""The pages of sync runs and of rejected rows."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import moment_html, num
from crm.generic.entity import Entity, Preset
from crm.generic.layout import Action, RecordPage
from integrations.filters import RejectedRowFilter, SyncRunFilter
from integrations.models import RejectedRow, SyncRun
from integrations.tables import REJECTION_TONES, RUN_TONES, RejectedRowTable, SyncRunTable, entity_label

VIEW = "integrations.view_syncrun"


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
            (_("full load"), lambda run: _("yes") if run.full else _("no")),
            (_("read"), lambda run: num(run.read)),
            (_("written"), lambda run: num(run.written)),
            (_("unchanged"), lambda run: num(run.unchanged)),
            (_("rejected"), lambda run: num(run.rejected)),
            "message",
        ),
    ),
    presets=(
        Preset("all", _("All")),
        Preset("failed", _("Failed"), "state=failed"),
    ),
    empty_text=_("Runs are listed here once the sync has run."),
)


def _retry_url(row: Any) -> str:
    return f"{reverse('integrations:sync_start')}?entity_set={row.entity_set}"


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
        actions=(
            Action(
                label=_("Try again"),
                url=_retry_url,
                icon="refresh",
                permission="integrations.run_sync",
                primary=True,
                post=True,
                when=lambda row: row.state == "open",
            ),
        ),
        attributes=(
            (_("entity set"), lambda row: entity_label(row.entity_set)),
            (_("key there"), lambda row: row.external_id),
        ),
    ),
    presets=(
        Preset("all", _("All")),
        Preset("open", _("Open"), "state=open"),
    ),
    empty_text=_("Rows that cannot be taken are kept here with their reason."),
)
