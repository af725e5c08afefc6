"""Up to when the data of other systems has been read: shown beside the records and figures that are made of it."""

import datetime as dt
from typing import NamedTuple

from django.core.cache import cache
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crm.datasource import DataSource
from crm.extension_points import Label, data_sources
from crm.formats import moment_html

REMEMBERED = 30  # seconds


class Fresh(NamedTuple):
    """A source of data, up to when it has been read, and whether that is longer ago than it should be."""

    label: Label
    at: dt.datetime
    late: bool


def fresh() -> list[Fresh]:
    """The sources that have been read, as of half a minute ago."""
    found = []
    for source in data_sources.all():
        at, late = cache.get_or_set(f"fresh:{source.key}", lambda one=source: _looked(one), REMEMBERED)  # type: ignore[misc]
        if at:
            found.append(Fresh(source.label, at, late))
    return found


def _looked(source: DataSource) -> tuple[dt.datetime | None, bool]:
    at = source.as_of()
    return at, at is not None and source.is_late(at)


def data_as_of() -> SafeString:
    """ "ERP data as of 15:05", for each source; empty while nothing has been read."""
    return format_html_join(" · ", '<span class="{}">{} {}</span>', (_said(one) for one in fresh()))


def _said(one: Fresh) -> tuple[str, str, str]:
    words = _("%(source)s data as of")
    return "warn" if one.late else "", words % {"source": one.label}, moment_html(one.at)
