"""The log of personal data as a table."""

from html import escape
from typing import Any, ClassVar

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.formats import moment_html, num
from crm.generic.tables import Column, Table, choice_cell, exported, link_cell, record_address
from crm.personal.models.entry import Deed

TONES = {Deed.REVEALED: "info", Deed.EXPORTED: "warn", Deed.ERASED: "bad", Deed.RETENTION: ""}


def entry_url(entry: Any) -> str:
    """The address of an entry's page."""
    return record_address("personal:personaldataentry_record", entry.pk)


def kind_name(label: str) -> str:
    """A kind of record in words; its label when a later release no longer has it."""
    try:
        return str(capfirst(apps.get_model(label)._meta.verbose_name_plural))
    except (LookupError, ValueError):
        return label


def what(entry: Any) -> str:
    """Which records it was about."""
    if not entry.record_kind:
        return " · ".join(f"{kind_name(label)} {len(keys)}" for label, keys in entry.records.items())
    try:
        field = apps.get_model(entry.record_kind)._meta.get_field(entry.field).verbose_name
    except LookupError:
        field = entry.field
    return f"{kind_name(entry.record_kind)} {entry.record_id} · {field}"


def actor_of(entry: Any) -> str:
    """Who did it; the nightly job is nobody."""
    return entry.actor.label if entry.actor else _("System")


def _time(entry: Any) -> str:
    return str(moment_html(entry.at))


def _actor(entry: Any) -> str:
    return escape(actor_of(entry))


class EntryTable(Table):
    """The log."""

    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "-at"
    columns: ClassVar = [
        Column("what", pgettext_lazy("log of personal data", "Data"), link_cell(entry_url, what), phone=""),
        Column("deed", gettext_lazy("Event"), choice_cell("deed", TONES), css="nw", phone=gettext_lazy("Event")),
        Column(
            "at",
            gettext_lazy("Time"),
            exported(_time, "at"),
            sort="at",
            css="nw",
            phone=gettext_lazy("Time"),
            descending=True,
        ),
        Column(
            "actor",
            gettext_lazy("Done by"),
            exported(_actor, actor_of),
            select=("actor",),
            css="nw",
            phone=gettext_lazy("Done by"),
        ),
        Column(
            "requested_by",
            gettext_lazy("Requested by"),
            exported(lambda entry: escape(entry.requested_by) or "—", "requested_by"),
        ),
        Column("rows", gettext_lazy("Rows"), exported(lambda entry: num(entry.rows), "rows"), css="num"),
    ]
