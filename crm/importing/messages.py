"""What can be wrong with a cell.

Rows keep the kind of error and its values; the words are made when they are read, in the reader's language.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class ErrorKind:
    """`title` names the kind in the overview, `text` says in the cell what to do; it may use the error's values."""

    title: Any
    text: Any


KINDS: dict[str, ErrorKind] = {
    "required": ErrorKind(_("A required field is empty"), _("Required: fill this in.")),
    "too_long": ErrorKind(_("Text too long"), _("%(length)s characters; at most %(limit)s fit.")),
    "choice": ErrorKind(_("Value not in the list"), _("Must be one of: %(allowed)s.")),
    "number": ErrorKind(_("Number format"), _("Not a number.")),
    "unit": ErrorKind(_("Number format"), _("Unknown unit “%(unit)s”.")),
    "whole": ErrorKind(_("Number format"), _("Must be a whole number.")),
    "too_small": ErrorKind(_("Number out of range"), _("Must be at least %(limit)s.")),
    "too_large": ErrorKind(_("Number out of range"), _("Must be at most %(limit)s.")),
    "date": ErrorKind(_("Date format"), _("Not a date; write it like 2026-11-23.")),
    "day": ErrorKind(_("Date out of range"), _("Must be a date from %(first)s to %(last)s.")),
    "email": ErrorKind(_("E-mail format"), _("Not an e-mail address.")),
    "phone": ErrorKind(_("Phone format"), _("Not a phone number.")),
    "person_unknown": ErrorKind(_("Person unknown or deactivated"), _("Nobody has this name.")),
    "person_inactive": ErrorKind(_("Person unknown or deactivated"), _("This account is deactivated.")),
    "person_ambiguous": ErrorKind(
        _("Person unknown or deactivated"), _("%(count)s people have this name: give the user name (%(names)s).")
    ),
    "frozen": ErrorKind(_("Record waits for approval"), _("It waits for approval and cannot be changed until then.")),
    "reference_unknown": ErrorKind(_("Value not in the list"), _("There is none of this name or code.")),
    "reference_ambiguous": ErrorKind(_("Value not in the list"), _("%(count)s have this name: give the code.")),
}


def message_of(resource: Any, error: dict[str, Any]) -> str:
    """The words of a stored error, in the active language."""
    kind = kind_of(resource, error["code"])
    column = resource.column(error["key"]) if error.get("key") else None
    values = {**(column.parser.message_values() if column else {}), **error.get("params", {})}
    return str(kind.text) % values


def kind_of(resource: Any, code: str) -> ErrorKind:
    """The kind of an error: the resource's own, or one of the general ones."""
    own: dict[str, ErrorKind] = resource.error_kinds
    return own.get(code) or KINDS[code]
