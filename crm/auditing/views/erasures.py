"""What was taken out of the audit trail, and why; for those who may read the trail."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.auditing.entity import TrailEntity, switch
from crm.auditing.filters import ErasureFilter
from crm.auditing.tables import ErasureTable, by_text, fields_text, what_text
from crm.formats import day, moment_html, num
from crm.generic.layout import RecordPage
from crm.personal.models import PersonalDataEntry
from crm.records.models import TrailErasure
from crm.records.trail import kinds
from crm.workflow.links import address_of, seen_records

MOST_RECORDS = 100


def records_panel(request: HttpRequest, record: TrailErasure) -> dict[str, Any] | None:
    """The records whose past was emptied, with links to those that are in the reader's reach."""
    kind = kinds().get(record.kind)
    if kind is None:
        return None
    content_type = ContentType.objects.get_for_model(kind.model).pk
    keys = record.records[:MOST_RECORDS]
    seen = seen_records(request.user, [(content_type, key) for key in keys])
    rows = []
    for key in keys:
        found = seen.get((content_type, key))
        rows.append({"key": key, "name": str(found or ""), "url": address_of(found) if found is not None else ""})
    return {"rows": rows, "kind": kind.model._meta.verbose_name, "more": max(len(record.records) - MOST_RECORDS, 0)}


def log_panel(request: HttpRequest, record: TrailErasure) -> dict[str, Any] | None:
    """The entries of the log of personal data about the same records: they say who asked for it."""
    kind = kinds().get(record.kind)
    if kind is None:
        return None
    rows = PersonalDataEntry.objects.visible_to(request.user).filter(
        records__contains={kind.model._meta.label: record.records}
    )
    lines = [
        {
            "label": entry.get_deed_display(),
            "sub": " · ".join(filter(None, (day(entry.at), entry.requested_by))),
            "url": reverse("personal:personaldataentry_record", args=[entry.pk]),
        }
        for entry in rows.order_by("-at", "-pk")[:10]
    ]
    return {"rows": lines, "title": _("Log of personal data"), "id": "personal-log"} if lines else None


erasure_entity = TrailEntity(
    model=TrailErasure,
    table=ErasureTable,
    dossier=False,
    filterset=ErasureFilter,
    namespace="auditing",
    nav="trail",
    icon="history",
    subtitle=gettext_lazy("What was taken out of the audit trail, by whom and why"),
    empty_text=gettext_lazy("Nothing has been taken out of the audit trail."),
    list_switch=switch("trailerasure"),
    page=RecordPage(
        title=what_text,
        meta=lambda row: [("user", escape(by_text(row))), ("clock", moment_html(row.at))],
        select=("by",),
        attributes=(
            (pgettext_lazy("audit trail", "person"), by_text),
            (gettext_lazy("time"), lambda row: moment_html(row.at)),
            (gettext_lazy("erased fields"), fields_text),
            (gettext_lazy("older than"), lambda row: day(row.before) if row.before else None),
            (gettext_lazy("entries"), lambda row: num(row.rows)),
            "reason",
        ),
    ),
)
