"""The list of tags."""

from html import escape
from typing import ClassVar

from django.apps import apps
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.formats import enumerated
from crm.generic.tables import Column, Table, record_address
from crm.markup import badge
from crm.records.models import Tag


def tag_url(tag: Tag) -> str:
    """The address of a tag's page."""
    return record_address("dossier:tag_record", tag.pk)


def tag_cell(tag: Tag) -> str:
    """The tag as it looks on records."""
    return format_html('<a class="ttl" href="{}">{}</a>', tag_url(tag), badge(tag.colour, tag.name))


def kinds_text(tag: Tag) -> str:
    """The kinds of record it is for, in words."""
    names = [apps.get_model(label)._meta.verbose_name_plural for label in tag.kinds]
    return enumerated(capfirst(name) for name in names) or _now("All kinds of record")


class TagTable(Table):
    """Columns of the list of tags."""

    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "name"
    columns: ClassVar = [
        Column("name", _("Tag"), tag_cell, sort="name", phone="", value="name"),
        Column("kinds", _("Only for"), lambda tag: escape(kinds_text(tag)), phone="", value=kinds_text),
        Column(
            "records",
            _("Tagged records"),
            lambda tag: str(tag.number),
            css="num",
            phone=_("Tagged records"),
            value="number",
        ),
        Column(
            "state",
            _("Status"),
            lambda tag: badge("ok", _now("In use"), True) if tag.is_active else badge("", _now("Archived")),
            phone="",
            value=lambda tag: _now("In use") if tag.is_active else _now("Archived"),
        ),
    ]
