"""The log of personal data, for those who may read it."""

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from crm.formats import moment_html, num
from crm.generic.entity import Entity, Preset
from crm.generic.layout import RecordPage
from crm.personal.filters import EntryFilter
from crm.personal.models import PersonalDataEntry
from crm.personal.tables import EntryTable, actor_of, what


def keys_of(entry: PersonalDataEntry) -> str:
    """The keys of the records, by kind."""
    found = entry.records or ({entry.record_kind: [entry.record_id]} if entry.record_kind else {})
    return "; ".join(f"{label}: {', '.join(map(str, keys))}" for label, keys in found.items())


entry_entity = Entity(
    model=PersonalDataEntry,
    table=EntryTable,
    dossier=False,
    filterset=EntryFilter,
    namespace="personal",
    nav="settings",
    icon="eye",
    subtitle=_("Who looked at masked contact data, exported or erased personal data, and why"),
    empty_text=_("As soon as somebody looks at masked contact data, it stands here."),
    presets=(
        Preset("all", _("All")),
        Preset("revealed", _("Looked at"), "deed=revealed"),
        Preset("erased", _("Erased"), "deed=erased"),
    ),
    page=RecordPage(
        title=lambda entry: f"{entry.get_deed_display()}: {what(entry)}",
        meta=lambda entry: [("user", escape(actor_of(entry))), ("clock", moment_html(entry.at))],
        select=("actor",),
        attributes=(
            "deed",
            (_("time"), lambda entry: moment_html(entry.at)),
            (_("done by"), actor_of),
            (_("records"), keys_of),
            (_("rows"), lambda entry: num(entry.rows)),
            "requested_by",
            "reason",
        ),
    ),
)
