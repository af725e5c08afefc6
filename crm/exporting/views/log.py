"""The log of exports, for those who may read it."""

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from crm.exporting.filters import ExportLogFilter
from crm.exporting.models import ExportLog
from crm.exporting.tables import ExportLogTable, name_of
from crm.formats import enumerated, moment_html, num
from crm.generic.entity import Entity
from crm.generic.layout import RecordPage
from crm.generic.lists import column_names

export_log_entity = Entity(
    model=ExportLog,
    table=ExportLogTable,
    filterset=ExportLogFilter,
    namespace="exporting",
    dossier=False,
    nav="settings",
    icon="file-export",
    subtitle=_("What was taken out of the lists, by whom and when"),
    empty_text=_("As soon as somebody exports a list, it stands here."),
    page=RecordPage(
        title=name_of,
        meta=lambda log: [("user", log.created_by.label), ("clock", moment_html(log.created_at))],
        select=("created_by",),
        attributes=(
            (_("person"), lambda log: escape(log.created_by.label)),
            (_("time"), lambda log: moment_html(log.created_at)),
            (_("rows"), lambda log: num(log.rows)),
            "form",
            "filters",
            (_("columns"), lambda log: escape(enumerated(column_names(log.list_key, log.columns)))),
            "query",
        ),
    ),
)
